import { Type, type Static } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import type { JsonObject } from '../kernel/json.js';
import { streamName } from '../kernel/stream-name.js';
import { approvalLevels } from '../plans/reporting-rules.js';

/** Identity of a figure: one indicator, one unit, one period. Each figure has its own stream and document. */
export interface FigureId {
  readonly plan: string;
  readonly code: string;
  readonly unit: string;
  readonly period: string;
}

export const figureStream = ({ plan, code, unit, period }: FigureId) => streamName('figure', plan, code, unit, period);

const closed = { additionalProperties: false } as const;
const version = Type.Integer({ minimum: 1 });

const ofPart = {
  breakdown: Type.String({ description: 'Code of a breakdown of the definition' }),
  part: Type.String({ description: 'Code of one of its parts' }),
};
const partSchema = Type.Union([
  Type.Object({ ...ofPart, value: Type.String() }, closed),
  Type.Object({ ...ofPart, numerator: Type.String(), denominator: Type.String() }, closed),
]);
/** The number of one part of a breakdown, in the form of the whole. */
export type Part = Static<typeof partSchema>;

const parts = Type.Optional(
  Type.Array(partSchema, {
    minItems: 2,
    description: 'Every part of the breakdowns that were reported, in the order of the definition',
  }),
);

/**
 * The reported numbers, digit by digit as entered: a value, or the two components of a ratio; and the same of the parts.
 */
export const reportedSchema = Type.Union([
  Type.Object({ value: Type.String(), parts }, closed),
  Type.Object({ numerator: Type.String(), denominator: Type.String(), parts }, closed),
]);
export type Reported = Static<typeof reportedSchema>;

/** Every event with a reported number got its parts in version 2, and nothing else. */
const withParts = { version: 2, upcasts: { 1: (data: JsonObject) => data } };

const explanations = Type.Optional(
  Type.Array(Type.Object({ rule: Type.String(), text: Type.String() }, closed), {
    description: 'How the reporter explains what rules of data quality mark; by the rules’ ids',
  }),
);
/** A report and a correction got the explanations of their marks in version 3, and nothing else. */
const withExplanations = { version: 3, upcasts: { ...withParts.upcasts, 2: (data: JsonObject) => data } };

export const missingReasons = ['not-due', 'not-collected', 'not-applicable', 'under-verification'] as const;
export type MissingReason = (typeof missingReasons)[number];

export const IndicatorMeasured = defineEvent({
  name: 'IndicatorMeasured',
  label: '上报',
  ...withExplanations,
  meaning: 'A figure was reported for the first time, or again after it was returned, declared missing or withdrawn',
  schema: Type.Object(
    {
      reported: reportedSchema,
      definitionVersion: version,
      exception: Type.Optional(
        Type.String({
          description:
            'Why the figure is reported although its period is outside the plan or after the retirement of the indicator',
        }),
      ),
      explanations,
    },
    closed,
  ),
  example: {
    reported: {
      numerator: '10600',
      denominator: '19300',
      parts: [
        { breakdown: 'area', part: 'u', numerator: '7100', denominator: '12000' },
        { breakdown: 'area', part: 'r', numerator: '3500', denominator: '7300' },
      ],
    },
    definitionVersion: 1,
  },
});

export const MeasurementDeclaredMissing = defineEvent({
  name: 'MeasurementDeclaredMissing',
  label: '登记缺报',
  meaning: 'The figure has no value, for the given reason; a missing value is never counted as zero',
  schema: Type.Object({ because: Type.Union(missingReasons.map((reason) => Type.Literal(reason))) }, closed),
  example: { because: 'not-collected' },
});

const level = Type.Union(approvalLevels.map((each) => Type.Literal(each)));

export const MeasurementPassed = defineEvent({
  name: 'MeasurementPassed',
  label: '逐级审核通过',
  meaning: 'The unit of a level approved the reported or corrected value, and a higher level has to follow',
  schema: Type.Object({ reported: reportedSchema, level }, closed),
  example: { reported: { numerator: '10600', denominator: '19300' }, level: 'county' },
});

export const MeasurementApproved = defineEvent({
  name: 'MeasurementApproved',
  label: '审核通过',
  version: 3,
  meaning:
    'A second person approved the reported or corrected value, at the last of the plan’s levels where it names levels: it is in use and locked',
  schema: Type.Object({ reported: reportedSchema, level: Type.Optional(level) }, closed),
  example: { reported: { numerator: '10600', denominator: '19300' }, level: 'city' },
  upcasts: {
    ...withParts.upcasts,
    // Version 3 only added the level.
    2: (data) => data,
  },
});

export const MeasurementAccepted = defineEvent({
  name: 'MeasurementAccepted',
  label: '免审生效',
  meaning: 'The plan has nobody approve: the reported or corrected value is in use at once, and not locked',
  schema: Type.Object({ reported: reportedSchema }, closed),
  example: { reported: { value: '41' } },
});

export const MeasurementReturned = defineEvent({
  name: 'MeasurementReturned',
  label: '退回',
  ...withParts,
  meaning: 'The reported value was returned to the reporter with a reason; an approved value stays in use',
  schema: Type.Object({ reported: reportedSchema }, closed),
  example: { reported: { value: '41' } },
});

export const MeasurementCorrected = defineEvent({
  name: 'MeasurementCorrected',
  label: '更正',
  ...withExplanations,
  meaning: 'A reported figure was corrected; records the old value, the new value and (in metadata) the reason',
  schema: Type.Object({ from: reportedSchema, to: reportedSchema, definitionVersion: version, explanations }, closed),
  example: {
    from: { numerator: '10600', denominator: '19300' },
    to: { numerator: '10570', denominator: '19300' },
    definitionVersion: 1,
  },
});

export const MeasurementWithdrawn = defineEvent({
  name: 'MeasurementWithdrawn',
  label: '撤回',
  ...withParts,
  meaning: 'The figure was withdrawn with a reason (in metadata) and has no value any more',
  schema: Type.Object({ reported: Type.Optional(reportedSchema) }, closed),
  example: { reported: { value: '41' } },
});

export const figureEvents = [
  IndicatorMeasured,
  MeasurementDeclaredMissing,
  MeasurementPassed,
  MeasurementApproved,
  MeasurementAccepted,
  MeasurementReturned,
  MeasurementCorrected,
  MeasurementWithdrawn,
] as const;
export type FigureEvent = EventOf<typeof figureEvents>;
