import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';

export const submissionStream = (plan: string, id: string) => streamName('submission', plan, id);

const closed = { additionalProperties: false } as const;

const placeSchema = Type.Object(
  {
    file: Type.Optional(Type.String()),
    row: Type.Optional(Type.Integer({ minimum: 1, description: 'Line of the file' })),
    field: Type.Optional(Type.String()),
    standing: Type.Optional(Type.String({ description: 'What the plan had before' })),
  },
  closed,
);

const warningSchema = Type.Object(
  {
    id: Type.String({ description: 'code:subject' }),
    code: Type.String(),
    message: Type.String(),
    places: Type.Array(placeSchema),
  },
  closed,
);

export const SubmissionReceived = defineEvent({
  name: 'SubmissionReceived',
  label: '收到报送',
  version: 3,
  meaning: 'A submission (a plan folder, a table) was validated whole and is about to be applied',
  schema: Type.Object(
    {
      title: Type.String(),
      kind: Type.Union([Type.Literal('folder'), Type.Literal('rows')], {
        description: 'A plan folder, or rows of a report: a workbook, a table',
      }),
      contentHash: Type.String({ description: 'SHA-256 of its files, kept in the file store' }),
      commands: Type.Integer({ minimum: 0 }),
      events: Type.Integer({ minimum: 0 }),
      warnings: Type.Array(warningSchema, {
        description: 'What is implausible in it; the actor of the event accepted each by name',
      }),
    },
    closed,
  ),
  example: {
    title: '丽水市民政事业发展“十四五”规划',
    kind: 'folder',
    contentHash: '0'.repeat(64),
    commands: 68,
    events: 68,
    warnings: [
      {
        id: 'project.investment:P67',
        code: 'project.investment',
        message: '项目 P67 总投资 206800000 万元，是其他项目中位数的 40000 倍：请核对单位',
        places: [{ file: 'projects.csv', row: 68, field: 'investment' }],
      },
    ],
  },
  upcasts: {
    // Version 1 came before warnings: there were none to accept.
    1: (data) => ({ ...data, warnings: [] }),
    // Version 3 came with rows: before, every submission was a folder.
    2: (data) => ({ ...data, kind: 'folder' }),
  },
});

export const SubmissionRefused = defineEvent({
  name: 'SubmissionRefused',
  label: '报送被拒',
  meaning: 'A received submission could not be finished: what it rests on changed since it was validated',
  schema: Type.Object(
    {
      standing: Type.Integer({ minimum: 0, description: 'Its events that had been appended before that' }),
      problems: Type.Array(Type.Object({ code: Type.String(), message: Type.String() }, closed), { maxItems: 100 }),
    },
    closed,
  ),
  example: { standing: 0, problems: [{ code: 'figure.already-reported', message: '该数据已由他人上报' }] },
});

export const SubmissionApplied = defineEvent({
  name: 'SubmissionApplied',
  label: '报送完成',
  meaning: 'All of the submission is in the log',
  schema: Type.Object({ events: Type.Integer({ minimum: 0 }) }, closed),
  example: { events: 68 },
});

export const SubmissionWithdrawalReceived = defineEvent({
  name: 'SubmissionWithdrawalReceived',
  label: '收到撤回报送',
  meaning: 'An applied submission is about to be withdrawn for the reason in metadata; was validated whole',
  schema: Type.Object(
    {
      events: Type.Integer({ minimum: 0, description: 'Events that undo what it brought' }),
      left: Type.Array(Type.String(), {
        description: 'Keys of the rows that stay, because others changed them since or they cannot be undone',
      }),
    },
    closed,
  ),
  example: { events: 12, left: ['figure/02/331102/2022'] },
});

export const SubmissionWithdrawn = defineEvent({
  name: 'SubmissionWithdrawn',
  label: '撤回报送',
  meaning: 'What the submission brought was undone, but for the rows that were left',
  schema: Type.Object({ events: Type.Integer({ minimum: 0 }) }, closed),
  example: { events: 12 },
});

export const submissionEvents = [
  SubmissionReceived,
  SubmissionRefused,
  SubmissionApplied,
  SubmissionWithdrawalReceived,
  SubmissionWithdrawn,
] as const;
export type SubmissionEvent = EventOf<typeof submissionEvents>;
