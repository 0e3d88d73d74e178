import type { Actor } from '../../src/kernel/event.js';
import { toInstant } from '../../src/kernel/time.js';
import type { Chance } from '../support/chance.js';
import { allNotReady } from '../support/not-ready.js';
import { loader, reviewer, someone } from '../support/recorded.js';
import { cityUnit, counties, plan } from './plan.js';

export const actors = { reporter: someone, reviewer, loader } as const satisfies Record<string, Actor>;

/** A command as a client sends it. It is plain data, so that a step can be printed and sent again. */
export interface Request {
  readonly id: string;
  readonly actor: keyof typeof actors;
  /** Name of the command class. */
  readonly type: string;
  /** Fields of the command. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Sends `If-Match` with the current revision of the stream, or with the previous one. */
  readonly basedOn?: 'current' | 'earlier';
}

type CommandInput = Pick<Request, 'type' | 'input'>;

/** When a command is generated. Names of things depend on the step, so that there are always new things. */
interface Moment {
  readonly step: number;
  /** Time of the virtual clock in milliseconds since 1970. In a shrunk scenario the clock may differ from it. */
  readonly now: number;
}

const years = ['2020', '2021', '2022', '2023', '2024', '2025'];
const days = ['2022-01-15', '2022-06-30', '2022-12-31', '2023-06-30', '2023-02-29', '2024-02-01'];

const figure = (chance: Chance) => ({
  code: chance.of(['02', '03']),
  unit: chance.of([cityUnit, ...counties]),
  period: chance.of(years),
});

function reported(chance: Chance, { code, unit }: { code: string; unit: string }): object {
  if (code === '03') return { value: chance.of(['0', '1', '2', '7', '7.0', '2.5', '40']) };
  if (unit === cityUnit && chance.oneIn(2)) return { value: chance.of(['40', '55.5']) };
  return { numerator: chance.of(['1', '3', '12']), denominator: chance.of(['12', '20', '0']) };
}

const onFigure = (type: string, more: (chance: Chance) => object = () => ({})) =>
  ((chance) => ({ type, input: { ...figure(chance), ...more(chance) } })) satisfies Maker;
const withValue =
  (type: string): Maker =>
  (chance) => {
    const about = figure(chance);
    return { type, input: { ...about, ...reported(chance, about) } };
  };

/** The id of one of the two most recent things of a kind. */
const recentId = (chance: Chance, { step }: Moment, letter: string) =>
  `${letter}${Math.floor(step / 150) + chance.below(2)}`;

const about =
  (letter: string, type: string, more: (chance: Chance) => object = () => ({})): Maker =>
  (chance, moment) => ({ type, input: { id: recentId(chance, moment, letter), ...more(chance) } });

/** Generates a random command of one type. */
type Maker = (chance: Chance, moment: Moment) => CommandInput;

const on = (chance: Chance) => ({ on: chance.of(days) });
const report = (chance: Chance) => ({ ...on(chance), text: chance.of(['已办', '在办']) });
const amount = (chance: Chance) => ({ ...on(chance), amount: chance.of(['-1', '1000', '5000', '9000', '12000']) });
const target = (chance: Chance) => ({
  ...{ code: chance.of(['02', '03']), unit: chance.of([cityUnit, ...counties]) },
  ...{ period: chance.of(['2022', '2025']), value: chance.of(['40', '60', '100']) },
});
const definition = {
  ...{ text: '年末护理型床位占比', unitOfMeasure: '%', valueType: 'percentage', aggregation: 'ratio-of-sums' },
  measurement: {
    ...{ type: 'ratio', scale: '100' },
    numerator: { name: '护理型床位', unit: '张' },
    denominator: { name: '床位', unit: '张' },
  },
};

const projects: readonly Maker[] = [
  about('P', 'RegisterProject', (chance) => ({
    ...{ name: '项目', class: 'implementing', plannedStart: '2022', plannedEnd: '2023' },
    ...{ unit: chance.of(counties), investment: chance.of(['10000', '20000']) },
  })),
  about('P', 'StartProject', on),
  about('P', 'ReportProjectProgress', (chance) => ({ ...on(chance), percent: chance.of(['10', '60', '101']) })),
  about('P', 'ReportInvestment', amount),
  about('P', 'CorrectInvestment', amount),
  about('P', 'RescheduleProject', (chance) => ({ plannedEnd: chance.of(['2024', '2025-06']) })),
  about('P', 'SuspendProject', on),
  about('P', 'ResumeProject', on),
  about('P', 'CompleteProject', on),
];
const policies: readonly Maker[] = [
  about('R', 'PlanPolicy', (chance) => ({ name: '办法', intent: 'new', to: chance.of(years) })),
  about('R', 'DraftPolicy', on),
  about('R', 'IssuePolicy', (chance) => ({ ...on(chance), documentNumber: '示例1号' })),
  about('R', 'RevisePolicy', (chance) => ({ ...on(chance), documentNumber: '示例2号', revises: '示例1号' })),
  about('R', 'PostponePolicy', (chance) => ({ to: chance.of(years) })),
  about('R', 'RepealPolicy', on),
];
const tasks: readonly Maker[] = [
  about('D', 'AssignTask', (chance) => ({ title: '编制清单', due: chance.of(years) })),
  about('D', 'ReportTaskProgress', report),
  about('D', 'CompleteTask', report),
  about('D', 'ReopenTask', on),
  about('T', 'RecordPromise', () => ({ statement: '承诺', indicator: '03', commitment: 'firm' })),
];
const findings: readonly Maker[] = [
  about('I', 'RaiseFinding', () => ({ severity: 'low', subjectType: 'plan', title: '附表无合计' })),
  about('I', 'AnswerFinding', report),
  about('I', 'CloseFinding', report),
  about('I', 'AssignFinding', (chance) => ({ ...on(chance), owner: chance.of(counties), dueOn: '2025-12-31' })),
  about('I', 'ReportMeasures', (chance) => ({ ...report(chance), evidence: [{ title: '附表' }] })),
  about('I', 'AcceptMeasures', on),
];
const evaluations: readonly Maker[] = [
  about('E', 'OpenEvaluation', (chance) => ({ kind: 'annual', period: chance.of(['2021', '2022']) })),
  about('E', 'TakeSnapshot'),
  about('E', 'TakeSnapshot', (chance) => ({ asOf: chance.of(['2023-06-30', '2026-01-31']) })),
  (chance, moment) => ({
    type: 'TakeSnapshot',
    input: { id: recentId(chance, moment, 'E'), asOf: toInstant(moment.now - chance.of([0, 60_000])) },
  }),
  about('E', 'RecordFinding', (chance) => ({ severity: 'high', subject: '03', text: chance.of(['滞后', '未报']) })),
  about('E', 'MakeRecommendation', (chance) => ({ text: '加快', unit: chance.of(counties) })),
  about('E', 'ReportRectification', (chance) => ({ recommendation: 1, text: '已改', finished: chance.oneIn(2) })),
  (_, { step }) => ({
    type: 'PublishEvaluation',
    input: { id: `E${Math.floor(step / 150)}`, snapshot: 1, acceptWarnings: allNotReady },
  }),
];
const figures: readonly Maker[] = [
  ...Array<Maker>(4).fill(withValue('MeasureIndicator')),
  ...Array<Maker>(5).fill(withValue('CorrectMeasurement')),
  ...Array<Maker>(3).fill(onFigure('ApproveMeasurement')),
  onFigure('ReturnMeasurement'),
  onFigure('WithdrawMeasurement'),
  onFigure('DeclareMissing', (chance) => ({ because: chance.of(['not-due', 'under-verification']) })),
];
const targets: readonly Maker[] = [
  (chance) => ({ type: 'SetTarget', input: target(chance) }),
  (chance) => ({ type: 'ReviseTarget', input: target(chance) }),
  (chance) => ({ type: 'RedefineIndicator', input: { code: '02', definition, comparable: chance.oneIn(2) } }),
];
const kinds = [figures, figures, figures, figures, projects, policies, tasks, findings, evaluations, targets];

export function request(chance: Chance, id: string, moment: Moment): Request {
  const { type, input } = chance.of(chance.of(kinds))(chance, moment);
  const backfilled = chance.oneIn(12);
  const knownAt = chance.oneIn(2)
    ? chance.of(['2022-03-01', '2023-03-01', '2024-03-01'])
    : toInstant(moment.now - chance.of([0, 1, 60_000, 1_800_000]));
  return {
    id,
    actor: backfilled ? 'loader' : chance.of(['reporter', 'reporter', 'reviewer', 'loader'] as const),
    type,
    input: {
      ...{ plan, ...input },
      ...(!chance.oneIn(10) && { reason: chance.of(['复核', '更正笔误']) }),
      ...(backfilled && { knownAt }),
      ...(chance.oneIn(40) && { demo: true }),
    },
    ...(chance.oneIn(12) && { basedOn: chance.of(['current', 'earlier'] as const) }),
  };
}
