import { isDeepStrictEqual } from 'node:util';
import { Option, type Command } from 'commander';
import type { CommandAnswer } from '../http/api-models.js';
import { fieldsOf, type FieldNote } from '../slice/field.js';
import type { CommandClass } from '../slice/command.js';
import { slices } from '../slices.js';
import { path } from './connection.js';
import { callGroups, figureCalls, type Call } from './decided.js';
import { fileContent } from './option-file.js';
import { UsageError, withConnection, type Session } from './session.js';

const routes = new Map(
  slices.flatMap(({ deciding }) => deciding?.commands ?? []).map((route) => [route.type as CommandClass, route]),
);

/** Fields of every command; their options are said once for all. */
const circumstances = ['reason', 'evidence', 'knownAt', 'demo'];

/** One command line for each command of the deciders: operands and options are made from its class and its route. */
export function decidedCommands(program: Command): void {
  for (const [name, call] of Object.entries(figureCalls)) addCall(program, name, callOf(call));
  for (const [name, { description, calls }] of Object.entries(callGroups)) {
    const group = program.command(name).description(description);
    for (const [action, call] of Object.entries(calls)) addCall(group, action, callOf(call));
  }
}

const callOf = (call: CommandClass | Call): Call => (typeof call === 'function' ? { type: call } : call);

/** A field as the command line takes it. */
interface Taken {
  readonly field: string;
  readonly note: FieldNote;
}

function addCall(parent: Command, name: string, call: Call): void {
  const { type, operands: further = [], options: renamed = {}, words: inWords = {} } = call;
  const route = routes.get(type)!;
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, field]) => field!);
  // A day is no name of a thing: it is an option, also where it is part of the path.
  const operands = [...inPath.filter((field) => field !== 'plan' && field !== 'on'), ...further];
  const fields = [...fieldsOf(type)].map(([field, note]): Taken => ({ field, note }));
  const taken = new Map(fields.map((each) => [each.field, each]));
  const command = parent.command(name).description(route.summary);
  for (const operand of operands) {
    const { label, optional } = taken.get(operand)!.note;
    command.argument(optional ? `[${label}]` : `<${label}>`, aboutOf(taken.get(operand)!.note, false));
  }
  const optional = fields.filter(
    ({ field }) => field !== 'plan' && !operands.includes(field) && !circumstances.includes(field),
  );
  for (const { field, note } of optional) {
    if (inWords[field]) addRepeated(command, renamed[field] ?? field, note);
    else addOption(command, renamed[field] ?? field, note);
  }
  const plan = taken.get('plan')?.note;
  const needsPlan = plan !== undefined && !plan.optional;
  if (plan && !operands.includes('plan')) {
    command.option('--plan <规划>', needsPlan ? '规划代码；只有一个规划时可省' : aboutOf(plan, true));
  }
  command
    .option('--reason <事由>')
    .option('--evidence <依据>', '所依据的文件名称')
    .option('--evidence-sha256 <SHA-256>', '所依据的已留存文件（见 evidence keep）；须同时写明 --evidence')
    .option('--known-at <日期>', '补录：当时的掌握日期')
    .option('--demo', '标为示例数据');

  command.action(
    withConnection<Record<string, unknown>>(async (session, options, ...words) => {
      const input: Record<string, unknown> = {};
      operands.forEach((field, at) => (input[field] = valueOf(taken.get(field)!.note, words[at])));
      for (const { field, note } of optional) {
        const typed = options[renamed[field] ?? field];
        const word = inWords[field];
        input[field] = word ? typed && word(typed as string[]) : valueOf(note, typed);
      }
      const { reason, evidence, evidenceSha256: sha256, knownAt, demo } = options;
      if (sha256 !== undefined && evidence === undefined)
        throw new UsageError('有 --evidence-sha256 的，请写明 --evidence（文件名称）');
      Object.assign(input, {
        reason,
        knownAt,
        demo,
        ...(evidence !== undefined && { evidence: [{ title: evidence, ...(sha256 !== undefined && { sha256 }) }] }),
      });
      // Only what is about one plan has one by default.
      if (needsPlan) input.plan ??= await session.planOf(options.plan as string | undefined);
      else input.plan = options.plan;
      await carryOut(session, route.path, input);
    }),
  );
}

function addOption(command: Command, field: string, note: FieldNote): void {
  const option = `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const about = aboutOf(note, true);
  if (note.shape === 'object') command.option(`${option} <文件>`, `${about}；YAML 或 JSON 文件`);
  else if (note.shape !== 'flag') {
    const made = new Option(`${option} <${note.label}${note.list ? '...' : ''}>`, about);
    // The library finds the dots only behind a Latin letter.
    made.variadic = note.list;
    command.addOption(made);
  } else {
    command.option(option, about);
    // Where an answer is required or may be missing, silence is none.
    if (!note.optional || note.open) command.option(option.replace('--', '--no-'), `${note.label}：否`);
  }
}

/** One word for each item: behind an option that takes several, it would swallow the operands. */
function addRepeated(command: Command, name: string, note: FieldNote): void {
  const option = new Option(`--${name} <${note.label}>`, `${note.description}；可重复`);
  command.addOption(option.argParser((word: string, before: readonly string[] = []) => [...before, word]));
}

/** The word for an empty list of choices: an option takes at least one word. */
const noChoice = '无';

function aboutOf(
  { label, description, example, choices, optional, shape, list }: FieldNote,
  isOption: boolean,
): string {
  return [
    ...(isOption && !optional ? ['必填'] : []),
    ...(isOption && (shape === 'object' || shape === 'flag') ? [label] : []),
    ...(description === undefined ? [] : [description]),
    ...(choices && !choices.every((choice) => description?.includes(choice)) ? [`可用 ${choices.join('、')}`] : []),
    ...(choices && list ? [`“${noChoice}”即空`] : []),
    ...(typeof example === 'string' ? [`如 ${example}`] : []),
  ].join('；');
}

/** What was typed, as the class wants it; what does not fit is left as it is, for the server to refuse by its field. */
function valueOf({ shape, list, choices }: FieldNote, typed: unknown): unknown {
  if (typed === undefined) return undefined;
  if (list && choices && isDeepStrictEqual(typed, [noChoice])) return [];
  if (shape === 'object') return fileContent(typed as string);
  if (shape !== 'number') return typed;
  const number = (text: unknown) => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text);
  return list ? (typed as unknown[]).map(number) : number(typed);
}

async function carryOut({ api, print }: Session, route: string, input: Record<string, unknown>): Promise<void> {
  const body = { ...input };
  const parts = route.split('/').map((part) => {
    if (!part.startsWith(':')) return part;
    const field = part.slice(1);
    const value = body[field];
    delete body[field];
    if (typeof value !== 'string' && typeof value !== 'number') throw new UsageError(`请写明 --${field}`);
    return String(value);
  });
  const answer = await api.post<CommandAnswer>(path(...parts), body);
  print(answer, () => answerText(answer));
}

function answerText({ events, position = '', revision, snapshot }: CommandAnswer): string {
  const of = snapshot === undefined ? '' : `；快照 ${snapshot.evaluation}/${snapshot.number}`;
  return events.length === 0
    ? `没有变化：与库中已有的相同${of}`
    : `已记录（系统记录序号 ${position}，修订号 ${revision}）${of}`;
}
