import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';

/** A stream for each feed of a plan: its settings, and what became of each fetch. */
export const feedStream = (plan: string, id: string) => streamName('feed', plan, id);

export const feedFormats = ['csv', 'json'] as const;
export type FeedFormat = (typeof feedFormats)[number];

const closed = { additionalProperties: false } as const;
const count = Type.Integer({ minimum: 0 });
const attempt = Type.Integer({ minimum: 1 });
const next = Type.String({ description: 'From when on it is fetched again' });
const sha256 = Type.String({ description: 'Of the bytes that were received, which are in the file store' });

const column = Type.Object(
  {
    column: Type.Optional(Type.String({ description: 'The column of the source' })),
    is: Type.Optional(Type.String({ description: 'In place of a column: the same code for all rows' })),
    names: Type.Optional(
      Type.Array(Type.Object({ from: Type.String(), to: Type.String() }, closed), {
        description: 'What the source writes, and the code that it means',
      }),
    ),
    others: Type.Optional(Type.Literal('skip', { description: 'Rows with other names are passed over, not refused' })),
  },
  closed,
);

export const FeedSet = defineEvent({
  name: 'FeedSet',
  label: '设定数据源',
  meaning: 'Figures are fetched from a source from now on, or its settings were stated anew',
  schema: Type.Object(
    {
      name: Type.String(),
      address: Type.Optional(Type.String({ description: 'A URL' })),
      folder: Type.Optional(
        Type.String({ description: 'In place of an address: a folder of the machine’s feed folder' }),
      ),
      format: Type.Union(feedFormats.map((format) => Type.Literal(format))),
      pointer: Type.Optional(Type.String({ description: 'JSON Pointer (RFC 6901) to the list of rows' })),
      unit: Type.String({ description: 'It reports for this unit and those below it' }),
      title: Type.String({ description: 'Of the evidence that its values name' }),
      mapping: Type.Object(
        {
          unit: column,
          period: column,
          figures: Type.Array(
            Type.Object(
              {
                code: column,
                value: Type.Optional(Type.String({ description: 'A column' })),
                numerator: Type.Optional(Type.String({ description: 'A column' })),
                denominator: Type.Optional(Type.String({ description: 'A column' })),
              },
              closed,
            ),
            { minItems: 1, description: 'What figures each row of the source has' },
          ),
        },
        closed,
      ),
      schedule: Type.Object(
        {
          everyHours: Type.Optional(Type.Integer({ minimum: 1 })),
          dailyAt: Type.Optional(Type.String({ description: 'HH:MM in the time zone of the plan' })),
        },
        closed,
      ),
    },
    closed,
  ),
  example: {
    name: '省养老服务平台月报',
    address: 'https://data.example/elderly.csv',
    format: 'csv',
    unit: '331100',
    title: '省养老服务平台导出数据',
    mapping: {
      unit: { column: '地区', names: [{ from: '莲都', to: '331102' }], others: 'skip' },
      period: { column: '年份' },
      figures: [{ code: { is: '03' }, value: '康养联合体' }],
    },
    schedule: { dailyAt: '06:30' },
  },
});
export type FeedSettings = (typeof FeedSet)['example'];

export const FeedPaused = defineEvent({
  name: 'FeedPaused',
  label: '停用数据源',
  meaning: 'The source is not fetched until the feed is resumed',
  schema: Type.Object({}, closed),
  example: {},
});

export const FeedResumed = defineEvent({
  name: 'FeedResumed',
  label: '恢复数据源',
  meaning: 'The source is fetched again by its schedule',
  schema: Type.Object({}, closed),
  example: {},
});

export const FeedRemoved = defineEvent({
  name: 'FeedRemoved',
  label: '删除数据源',
  meaning: 'The source is not fetched any more; what it reported stays',
  schema: Type.Object({}, closed),
  example: {},
});

export const FeedFetchBegun = defineEvent({
  name: 'FeedFetchBegun',
  label: '开始获取数据',
  meaning: 'A process is about to fetch the source; no other does so meanwhile',
  schema: Type.Object({ attempt }, closed),
  example: { attempt: 1 },
});

export const FeedFetched = defineEvent({
  name: 'FeedFetched',
  label: '数据已获取',
  meaning: 'Content that was not there before is kept in the file store, and is about to be reported',
  schema: Type.Object(
    {
      attempt,
      sha256,
      size: Type.Integer({ minimum: 0, description: 'Bytes' }),
      file: Type.Optional(Type.String({ description: 'Its name in the folder' })),
      etag: Type.Optional(Type.String()),
    },
    closed,
  ),
  example: { attempt: 1, sha256: '0'.repeat(64), size: 1_824, etag: '"5f2c"' },
});

export const FeedUnchanged = defineEvent({
  name: 'FeedUnchanged',
  label: '数据没有变化',
  meaning: 'The source has what was taken last',
  schema: Type.Object({ attempt, next }, closed),
  example: { attempt: 2, next: '2024-03-03T22:30:00.000Z' },
});

export const FeedTaken = defineEvent({
  name: 'FeedTaken',
  label: '数据已报送',
  meaning: 'The content was reported whole: what was new waits for approval, what differs was left as it stood',
  schema: Type.Object(
    {
      attempt,
      sha256,
      next,
      columns: Type.Array(Type.String()),
      gained: Type.Array(Type.String(), { description: 'Columns that the content before did not have' }),
      lost: Type.Array(Type.String(), { description: 'Columns that only the content before had; none is mapped' }),
      rows: Type.Integer({ minimum: 0, description: 'Of the source' }),
      skipped: Type.Integer({ minimum: 0, description: 'Rows of other names, and figures without a number' }),
      counts: Type.Object({ new: count, unchanged: count, differing: count }, closed),
      warnings: Type.Integer({ minimum: 0, description: 'What is implausible in it; listed in the submission' }),
      submission: Type.Optional(Type.String({ description: 'Absent where nothing was new' })),
      differences: Type.Array(
        Type.Object(
          {
            key: Type.String({ description: 'figure/code/unit/period' }),
            name: Type.String(),
            standing: Type.String({ description: 'As it stood in the plan' }),
            offered: Type.String({ description: 'As the source has it' }),
          },
          closed,
        ),
        { maxItems: 200, description: 'What the source has otherwise than the plan' },
      ),
    },
    closed,
  ),
  example: {
    attempt: 1,
    sha256: '0'.repeat(64),
    next: '2024-03-02T22:30:00.000Z',
    columns: ['地区', '年份', '康养联合体'],
    gained: [],
    lost: [],
    rows: 9,
    skipped: 0,
    counts: { new: 7, unchanged: 1, differing: 1 },
    warnings: 0,
    submission: '0'.repeat(16),
    differences: [{ key: 'figure/03/331102/2022', name: '康养联合体数', standing: '8', offered: '9' }],
  },
});

export const FeedFailed = defineEvent({
  name: 'FeedFailed',
  label: '数据获取失败',
  meaning: 'The source could not be fetched, read or reported; nothing of it was reported',
  schema: Type.Object(
    {
      attempt,
      next,
      code: Type.String(),
      message: Type.String(),
      problems: Type.Array(
        Type.Object(
          {
            code: Type.String(),
            message: Type.String(),
            field: Type.Optional(Type.String()),
            row: Type.Optional(Type.Integer()),
          },
          closed,
        ),
        { maxItems: 100 },
      ),
    },
    closed,
  ),
  example: {
    attempt: 3,
    next: '2024-03-03T22:35:00.000Z',
    code: 'feed.columns-changed',
    message: '数据源缺少列“康养联合体”；多出列“联合体”',
    problems: [],
  },
});

export const feedEvents = [
  FeedSet,
  FeedPaused,
  FeedResumed,
  FeedRemoved,
  FeedFetchBegun,
  FeedFetched,
  FeedUnchanged,
  FeedTaken,
  FeedFailed,
] as const;
export type FeedEvent = EventOf<typeof feedEvents>;
