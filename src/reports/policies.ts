import type { PolicyNow, Timeliness } from '../overview/programme/policies.js';
import { policyTimelinessWords } from '../overview/programme/words.js';
import { policyWords } from '../policies/policy.decider.js';
import {
  beside,
  heading,
  joined,
  lineBreak,
  paragraph,
  row,
  strong,
  table,
  type Blocks,
  type Column,
  type Line,
  type Table,
} from './model.js';
import { demoMark, lightChip } from './marks.js';
import { intentWords, linesWords, share, untilWords } from './programme-words.js';
import type { Light } from '../assessment/judgement.js';
import { unitOwner, type Subject } from './subject.js';
import { none, periodWords } from './words.js';

/** 政策改革: planned and issued policies. */
export function policies(subject: Subject): Blocks {
  const { list } = subject.overview.programme.policies;
  if (list.length === 0) return undefined;
  return [
    paragraph(summary(subject), demoMark(list.some(({ demo }) => demo))),
    heading('计划与印发'),
    counts(subject),
    paragraph('各项情况见附件“政策和制度逐项情况”。'),
  ];
}

/** 政策和制度逐项情况. */
export const policyTable = (subject: Subject): Blocks =>
  subject.overview.programme.policies.list.length > 0 && each(subject);

function summary(subject: Subject): string {
  const { list, counts: of } = subject.overview.programme.policies;
  if (list.every(({ standing: at }) => at === 'planned')) {
    return `规划提出制定、修订的政策和制度 ${list.length} 项。${untilWords(subject)}，没有收到任何一项起草、印发的报告：“未出台”“逾期未出”指没有报告，不等于实际没有印发。`;
  }
  const undated = list.filter(({ timeliness }) => timeliness === 'undated');
  const undatedIssued = undated.filter(({ issuedOn }) => issuedOn !== undefined).length;
  const repealed = list.filter(({ standing }) => standing === 'repealed').length;
  const issued = [
    `按期 ${of.early + of['on-time']} 项${of.early > 0 ? `（含提前 ${of.early} 项）` : ''}`,
    `逾期印发 ${of.late} 项`,
    ...(undatedIssued > 0 ? [`规划没有写明时间的 ${undatedIssued} 项`] : []),
  ];
  const undatedOpen = undated.length - undatedIssued;
  const open = (
    [
      ['逾期未出', of.overdue],
      ['未到期', of.pending],
      ['规划没有写明时间的', undatedOpen],
      ['不再制定', of.dropped],
    ] as const
  ).filter(([, count]) => count > 0);
  const notIssued = list.length - of.issued;
  const others =
    notIssued === 0
      ? ''
      : `；尚未印发 ${notIssued} 项，其中${open.map(([word, count]) => `${word} ${count} 项`).join('，')}`;
  const rest = [
    ...(of.postponed > 0 ? [`曾经延期的 ${of.postponed} 项`] : []),
    ...(repealed > 0 ? [`印发后又废止的 ${repealed} 项`] : []),
  ];
  return `规划提出制定、修订的政策和制度 ${list.length} 项。${untilWords(subject)}，已印发 ${of.issued} 项（${share(of.issued, list.length)}）${of.issued > 0 ? `，其中${issued.join('，')}` : ''}${others}。${rest.length > 0 ? `${rest.join('，')}。` : ''}`;
}

const timelinessOrder: readonly Timeliness[] = ['early', 'on-time', 'late', 'overdue', 'pending', 'undated', 'dropped'];

function counts({ overview }: Subject): Table {
  const { list } = overview.programme.policies;
  const demo = demoMark(list.some((policy) => policy.demo));
  const used = timelinessOrder.filter((timeliness) => list.some((policy) => policy.timeliness === timeliness));
  const columns: Column[] = [
    { head: '类别', width: '18%' },
    { head: '项数', number: true },
    { head: ['已印发', demo], number: true },
    ...used.map((timeliness) => ({ head: policyTimelinessWords[timeliness], number: true })),
  ];
  const line = (name: Line, of: readonly PolicyNow[]) =>
    row(
      name,
      of.length,
      of.filter(({ issuedOn }) => issuedOn !== undefined).length,
      ...used.map((timeliness) => of.filter((policy) => policy.timeliness === timeliness).length),
    );
  const intents = (Object.keys(intentWords) as PolicyNow['intent'][]).filter((intent) =>
    list.some((policy) => policy.intent === intent),
  );
  return table(
    '政策和制度计划与印发情况',
    columns,
    [
      ...intents.map((intent) =>
        line(
          intentWords[intent],
          list.filter((policy) => policy.intent === intent),
        ),
      ),
      ...(intents.length > 1 ? [line(strong('合计'), list)] : []),
    ],
    { unitOfMeasure: '项' },
  );
}

/** The responsible unit, if all policies have the same one. */
function sole(subject: Subject): string | undefined {
  const owners = new Set(subject.overview.programme.policies.list.map(({ owner }) => owner));
  const [owner] = owners;
  return owners.size === 1 && owner !== undefined ? unitOwner(subject, owner) : undefined;
}

function each(subject: Subject): Table {
  const { list, cited } = subject.overview.programme.policies;
  const columns: (Column & { of: (policy: PolicyNow) => Line })[] = [
    { head: '编号', width: '7%', of: ({ id }) => id },
    { head: '政策', width: '29%', of: ({ name, note }) => [name, note !== undefined && beside(note)] },
    { head: '类别', width: '12%', of: ({ intent }) => intentWords[intent] },
    ...(sole(subject)
      ? []
      : [{ head: '责任单位', width: '11%', of: ({ owner }: PolicyNow) => (owner ? unitOwner(subject, owner) : none) }]),
    { head: '计划时间', width: '12%', of: planned },
    { head: '印发与文号', of: issued },
    { head: '情况', width: '12%', of: standing },
    { head: '原文行', number: true, width: '7%', of: ({ line }) => linesWords(line === undefined ? [] : [line]) },
  ];
  return table(
    '政策和制度逐项情况',
    columns,
    list.map((policy) => row(...columns.map(({ of }) => of(policy)))),
    {
      note: [
        sole(subject) && `责任单位均为${sole(subject)}。`,
        '“计划时间”照规划原文；按期与否一律对照规划原定的时间，延期说明原因，不免除逾期。',
        '规划没有写明时间的，不判断是否按期。“原文行”为规划文本的行号。',
        cited.length > 0 && `规划另引用已有政策 ${cited.length} 件，见附件“规划引用的政策”。`,
      ],
    },
  );
}

function planned({ printedDate, due, firstDue, postponedBecause, demo }: PolicyNow): Line {
  const first = firstDue ?? due;
  return [
    printedDate ?? (first === undefined ? '没有写明' : periodWords(first)),
    firstDue !== undefined &&
      due !== undefined &&
      beside(`延至 ${periodWords(due)}`, postponedBecause !== undefined && `：${postponedBecause}`, demoMark(demo)),
  ];
}

function issued({ versions, draftedOn, standing: at, because, demo }: PolicyNow): Line {
  const lines: Line[] = [
    ...versions.map(({ on, documentNumber, revises }) =>
      revises === undefined ? `${on} ${documentNumber}` : `${on} 修订为 ${documentNumber}`,
    ),
    ...(versions.length === 0 && draftedOn !== undefined ? [`${draftedOn} 起草`] : []),
    ...(because === undefined ? [] : [`${policyWords[at]}：${because}`]),
  ];
  if (lines.length === 0) return none;
  return [joined(lines, lineBreak), demoMark(demo)];
}

const lights: Readonly<Partial<Record<Timeliness, Light>>> = {
  ...{ early: 'green', 'on-time': 'green', late: 'yellow', overdue: 'red' },
};

function standing({ timeliness, standing: at }: PolicyNow): Line {
  const light = lights[timeliness];
  const word = policyTimelinessWords[timeliness];
  const said = timeliness === 'dropped' ? undefined : policyWords[at];
  return [light ? lightChip(light, word) : word, said !== undefined && beside(said)];
}
