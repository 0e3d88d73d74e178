import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';

/** What was done about the sheets of a year. */
export const appraisalStream = (plan: string, period: string) => streamName('appraisal', plan, period);

const closed = { additionalProperties: false } as const;
const number = Type.Integer({ minimum: 1 });

export const AppraisalPutForth = defineEvent({
  name: 'AppraisalPutForth',
  label: '公示考核表',
  meaning:
    'The sheets of all units for the year were put forth: from then on a unit may object to deductions, up to a day; again, after the sheets were computed anew',
  schema: Type.Object(
    {
      round: Type.Integer({ minimum: 1, description: 'Counts how often the sheets of the year were put forth' }),
      asOf: Type.String({ description: 'The moment as of which they were computed, an instant in UTC (ISO 8601)' }),
      rulesVersion: Type.Integer({ minimum: 0, description: '0: Tongjian’s default rules' }),
      until: Type.String({ description: 'Last day on which a unit may object, YYYY-MM-DD' }),
      units: Type.Array(Type.String(), { description: 'The units that have a sheet' }),
      contentHash: Type.String({ description: 'SHA-256 of the stored sheets as canonical JSON (RFC 8785)' }),
      size: Type.Integer({ minimum: 1, description: 'Size of the canonical JSON in bytes' }),
    },
    closed,
  ),
  example: {
    ...{ round: 1, asOf: '2023-02-20T01:00:00.000Z', rulesVersion: 1, until: '2023-02-25' },
    ...{ units: ['331100', '331102'], contentHash: '0'.repeat(64), size: 48_211 },
  },
});

export const DeductionObjected = defineEvent({
  name: 'DeductionObjected',
  label: '提出考核申诉',
  meaning: 'A unit objected to a deduction of its sheet, for the reason in metadata',
  schema: Type.Object(
    {
      number,
      round: Type.Integer({ minimum: 1, description: 'Of the sheets to which it objects' }),
      unit: Type.String(),
      deduction: Type.String({ description: 'Id of the deduction in the sheet' }),
      text: Type.String({ description: 'What the sheet says of the deduction' }),
      points: Type.String({ description: 'What the deduction takes' }),
    },
    closed,
  ),
  example: {
    ...{ number: 1, round: 1, unit: '331102', deduction: 'timeliness/late/figure/05/331102/2022' },
    ...{ text: '05 联办率 2022：期限 2023-02-14，2023-02-16 上报，逾期 2 天', points: '1.25' },
  },
});

export const ObjectionWithdrawn = defineEvent({
  name: 'ObjectionWithdrawn',
  label: '撤回考核申诉',
  meaning:
    'The unit withdrew an objection that was not decided, for the reason in metadata; it may object to the deduction again',
  schema: Type.Object({ number }, closed),
  example: { number: 1 },
});

export const ObjectionDecided = defineEvent({
  name: 'ObjectionDecided',
  label: '裁定考核申诉',
  meaning:
    'Somebody of another unit accepted the objection, so that the deduction is withdrawn, or refused it; why is in metadata',
  schema: Type.Object({ number, accepted: Type.Boolean() }, closed),
  example: { number: 1, accepted: true },
});

export const appraisalEvents = [AppraisalPutForth, DeductionObjected, ObjectionWithdrawn, ObjectionDecided] as const;
export type AppraisalEvent = EventOf<typeof appraisalEvents>;
