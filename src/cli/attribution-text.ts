import { outlookWords, statusWords, verdictWords } from '../assessment/words.js';
import type { Alone } from '../attribution/account.js';
import type { Attribution, CausedPart } from '../attribution/answer.js';
import type { VerdictMove } from '../attribution/moves.js';
import { conclusionWords, numberWords, partWords, placeText } from '../attribution/words.js';
import {
  findingStandingWords,
  policyTimelinessWords,
  promiseStateWords,
  taskStandingWords,
} from '../overview/programme/words.js';
import { table } from './output.js';

/** The causes of a difference, numbered from 1. */
export const causeLines = (parts: readonly CausedPart[]): string[] =>
  parts.map((part, at) => `${at + 1}　${partText(part)}`);

/** Conclusions that differ, each with the numbers of its causes. */
export function flipLines(verdicts: Attribution['verdicts']): string[] {
  const rows = verdicts.map((verdict) => [
    conclusionWords[verdict.of],
    placeText(verdict),
    verdictText(verdict, verdict.from),
    verdictText(verdict, verdict.to),
    named(verdict.by),
  ]);
  return rows.length > 0 ? [table(['结论', '对象', '由', '改为', '因第几项'], rows)] : [];
}

/** Numbers that a cause moves, each with the numbers of its causes. */
export function numberLines(numbers: Attribution['numbers']): string[] {
  const rows = numbers.map(({ from, to, change, by, ...number }) => [
    numberWords[number.of],
    placeText(number),
    from ?? '—',
    to ?? '—',
    change ?? '—',
    named(by),
  ]);
  return rows.length > 0 ? [table(['数', '对象', '由', '改为', '变动', '因第几项'], rows, ['由', '改为', '变动'])] : [];
}

const named = (by: readonly number[]) => by.map((at) => String(at + 1)).join('、');

function partText({ kind, entry, events, numbers, verdicts }: CausedPart): string {
  const told = numbers.filter(({ from, to }) => from !== to).length;
  const flips = verdicts.filter(({ from, to }) => from !== to).length;
  const moves = `改动 ${told} 个数、${flips} 项结论`;
  const together = [...numbers, ...verdicts].some((move: Alone) => move.together) ? '；与其他事件共同起作用' : '';
  if (!entry) return `${partWords[kind]}${events === undefined ? '' : ` ${events} 个`}　${moves}`;
  const { label, knownAt, actor, reason, subject } = entry;
  const about = Object.values(subject).join(' ');
  return `${knownAt.slice(0, 10)} ${label} ${about} ${actor.name}${reason === undefined ? '' : `：${reason}`}　${moves}${together}`;
}

function verdictText({ of, resource }: VerdictMove, text: string | undefined): string {
  if (text === undefined) return of === 'veto' ? '未否决' : '—';
  if (of === 'veto') return `否决：${text}`;
  const states: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    promise: promiseStateWords,
    policy: policyTimelinessWords,
    task: { ...taskStandingWords, overdue: '逾期' },
    finding: findingStandingWords,
  };
  if (of === 'state') return states[resource ?? '']?.[text] ?? text;
  const words: Readonly<Record<string, { zh: string }>> = { ...statusWords, ...outlookWords, ...verdictWords };
  return of === 'status' ? (words[text]?.zh ?? text) : { ...outlookWords, ...verdictWords }[text as 'completed'].zh;
}
