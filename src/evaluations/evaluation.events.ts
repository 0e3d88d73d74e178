import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';
import { judgingEvents, standings } from './judging.events.js';
import { SampledFigureChecked } from './sample-check.events.js';
import { scaleColours } from './scales.js';

export const evaluationStream = (plan: string, id: string) => streamName('evaluation', plan, id);

const closed = { additionalProperties: false } as const;
const number = Type.Integer({ minimum: 1 });
const literals = <Value extends string>(values: readonly Value[]) =>
  Type.Union(values.map((value) => Type.Literal(value)));

const scale = Type.Object(
  {
    code: Type.String(),
    label: Type.String(),
    steps: Type.Array(
      Type.Object(
        {
          code: Type.String(),
          word: Type.String(),
          colour: literals(scaleColours),
          from: Type.Optional(Type.String({ description: 'On a scale of points: its lowest number of points' })),
        },
        closed,
      ),
      { description: 'From the lowest to the highest' },
    ),
    upTo: Type.Optional(Type.String({ description: 'On a scale of points: the highest number of points' })),
  },
  closed,
);

/** 年度监测 · 中期评估 · 总结评估 */
export const evaluationKinds = ['annual', 'midterm', 'final'] as const;
export type EvaluationKind = (typeof evaluationKinds)[number];
export const severities = ['low', 'medium', 'high'] as const;

export const EvaluationOpened = defineEvent({
  name: 'EvaluationOpened',
  label: '建立评估',
  version: 2,
  meaning: 'An evaluation was opened with its scheme: purpose, basis, standard, method, time, participants, scales',
  schema: Type.Object(
    {
      kind: literals(evaluationKinds),
      period: Type.String(),
      title: Type.String(),
      purpose: Type.Optional(Type.String()),
      standard: Type.Optional(Type.String()),
      method: Type.Optional(Type.String()),
      evaluator: Type.Optional(Type.String()),
      window: Type.Optional(Type.String()),
      basis: Type.Optional(Type.String()),
      asOf: Type.Optional(Type.String({ description: 'The cut-off that is meant: a day, or an instant' })),
      participants: Type.Optional(
        Type.Array(Type.Object({ standing: literals(standings), name: Type.String() }, closed)),
      ),
      lead: Type.Optional(Type.String({ description: 'The person who alone concludes on items' })),
      scales: Type.Optional(Type.Array(scale, { description: 'Scales of its own' })),
      useScales: Type.Optional(Type.Array(Type.String(), { description: 'The scales that it uses; all if absent' })),
    },
    closed,
  ),
  example: { kind: 'midterm', period: '2022', title: '中期评估（2022）', evaluator: '第三方评估机构' },
  // Version 1 has no basis, cut-off, participants, lead and scales.
  upcasts: { 1: (data) => data },
});

export const SnapshotTaken = defineEvent({
  name: 'SnapshotTaken',
  label: '生成存档',
  version: 3,
  meaning:
    'A snapshot of the overview was frozen: cut-offs, rules version, method, summary, and SHA-256 of its canonical JSON (RFC 8785)',
  schema: Type.Object(
    {
      number,
      period: Type.String(),
      asOf: Type.String({ description: 'Known time of the cut-off, an instant in UTC (ISO 8601)' }),
      position: Type.String({ description: 'Position of the log’s last event when the snapshot was taken' }),
      lastEvent: Type.Optional(
        Type.Object(
          { stream: Type.String(), revision: Type.Integer({ minimum: 0 }) },
          {
            ...closed,
            description:
              'The event at that position; it identifies the cut-off in a copy of the log, whose positions differ',
          },
        ),
      ),
      rulesVersion: Type.Integer({ minimum: 0 }),
      method: Type.Integer({ minimum: 1, description: 'The method by which it was computed' }),
      contentHash: Type.String(),
      size: Type.Integer({ minimum: 1, description: 'Size of the canonical JSON in bytes' }),
      summary: Type.Object(
        {
          index: Type.Optional(Type.String()),
          coverage: Type.String(),
          statuses: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
        },
        closed,
      ),
    },
    closed,
  ),
  example: {
    number: 1,
    period: '2022',
    asOf: '2023-06-30T15:59:59.999Z',
    position: '812',
    lastEvent: { stream: 'figure-lishui-civil-affairs-2021-2025.05.331102.2022', revision: 0 },
    rulesVersion: 0,
    method: 2,
    contentHash: '0'.repeat(64),
    size: 48211,
    summary: { index: '96.2', coverage: '100', statuses: { ahead: 4, behind: 1 } },
  },
  // Version 1 has no `lastEvent`: its position is valid only in the log in which the snapshot was taken.
  // Version 2 has no `method`: there was only one.
  upcasts: { 1: (data) => data, 2: (data) => ({ ...data, method: 1 }) },
});

export const FindingRecorded = defineEvent({
  name: 'FindingRecorded',
  label: '记录问题',
  meaning: 'The evaluation recorded a problem with its severity and subject',
  schema: Type.Object({ number, severity: literals(severities), subject: Type.String(), text: Type.String() }, closed),
  example: { number: 1, severity: 'medium', subject: '05', text: '联办率严重滞后于序时进度' },
});

export const RecommendationMade = defineEvent({
  name: 'RecommendationMade',
  label: '提出建议',
  meaning: 'The evaluation made a recommendation, optionally with a responsible unit and a deadline',
  schema: Type.Object(
    { number, text: Type.String(), unit: Type.Optional(Type.String()), dueOn: Type.Optional(Type.String()) },
    closed,
  ),
  example: { number: 1, text: '加快“一件事”联办事项接入', unit: '331126', dueOn: '2023-12-31' },
});

export const RectificationReported = defineEvent({
  name: 'RectificationReported',
  label: '报告整改',
  meaning: 'The rectification (整改) of a recommendation was reported, and whether it is finished',
  schema: Type.Object({ recommendation: number, text: Type.String(), finished: Type.Boolean() }, closed),
  example: { recommendation: 1, text: '已全部接入', finished: true },
});

export const EvaluationPublished = defineEvent({
  name: 'EvaluationPublished',
  label: '发布评估',
  version: 2,
  meaning: 'The evaluation was published with one of its snapshots; apart from rectifications it changes no more',
  schema: Type.Object(
    {
      snapshot: number,
      accepted: Type.Optional(Type.Array(Type.String(), { description: 'What was open and accepted, by name' })),
    },
    closed,
  ),
  example: { snapshot: 1, accepted: ['readiness:unreported'] },
  // Version 1 has no `accepted`: nothing was asked.
  upcasts: { 1: (data) => data },
});

export const AppraisalFrozen = defineEvent({
  name: 'AppraisalFrozen',
  label: '考核表定稿',
  meaning:
    'With the publication of the annual evaluation the 考核 sheets of all units for its year were stored as they were at that moment; they change no more',
  schema: Type.Object(
    {
      period: Type.String({ description: 'The year' }),
      asOf: Type.String({ description: 'The moment as of which they were computed, an instant in UTC (ISO 8601)' }),
      rulesVersion: Type.Integer({ minimum: 0, description: '0: Tongjian’s default rules' }),
      contentHash: Type.String({ description: 'SHA-256 of the sheets as canonical JSON (RFC 8785)' }),
      size: Type.Integer({ minimum: 1, description: 'Size of the canonical JSON in bytes' }),
    },
    closed,
  ),
  example: {
    ...{ period: '2022', asOf: '2023-03-20T01:00:00.000Z', rulesVersion: 1 },
    ...{ contentHash: '0'.repeat(64), size: 48_211 },
  },
});

export const EvaluationSuperseded = defineEvent({
  name: 'EvaluationSuperseded',
  label: '评估被接替',
  meaning: 'A later evaluation replaced this one, which stays readable',
  schema: Type.Object({ by: Type.String() }, closed),
  example: { by: 'midterm-2022-revised' },
});

export const evaluationEvents = [
  EvaluationOpened,
  SnapshotTaken,
  FindingRecorded,
  RecommendationMade,
  RectificationReported,
  EvaluationPublished,
  AppraisalFrozen,
  EvaluationSuperseded,
  ...judgingEvents,
  SampledFigureChecked,
] as const;
export type EvaluationEvent = EventOf<typeof evaluationEvents>;
