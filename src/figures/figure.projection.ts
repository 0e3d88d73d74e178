import type { Evidence, RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Explanation } from '../quality/marks.js';
import type { ApprovalLevel } from '../plans/reporting-rules.js';
import type { Standing } from './figure.state.js';
import type { FigureEvent, FigureId, MissingReason, Reported } from './figure.events.js';

/** A reported or corrected value with reporter, known time, reason and evidence. */
export interface Measurement {
  readonly reported: Reported;
  readonly definitionVersion: number;
  readonly eventId: string;
  readonly knownAt: string;
  readonly by: { readonly id: string; readonly name: string; readonly unit?: string };
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  readonly exception?: string;
  /** How the reporter explains what rules of data quality mark. */
  readonly explanations?: readonly Explanation[];
  /** 补录: the known time is earlier than the recorded time. */
  readonly backfilled: boolean;
  readonly demo: boolean;
}

/** A value of a figure, with the number of corrections that led to it. */
export interface Entered extends Measurement {
  readonly corrections: number;
}

/** An approval, at a level where the plan names levels. */
export interface LevelApproval {
  readonly level?: ApprovalLevel;
  readonly by: { readonly id: string; readonly name: string; readonly unit?: string };
  readonly knownAt: string;
}

/** Read model of a figure: one document per figure, keyed by `plan/code/period/unit`. */
export interface FigureDocument extends FigureId {
  readonly standing: Exclude<Standing, 'none'>;
  readonly first?: Entered;
  /** The last reported or corrected value, which may have been returned; absent while missing or withdrawn. */
  readonly latest?: Entered;
  /** The last approved value; it stays in use while a correction waits for approval, and when it was returned. */
  readonly approved?: Entered;
  /** Who approved the approved value last; absent where the plan has nobody approve. */
  readonly approval?: { readonly by: { readonly id: string; readonly name: string }; readonly knownAt: string };
  /** Who approved the latest value so far, level by level. Absent while nobody did. */
  readonly approvals?: readonly LevelApproval[];
  /** Of an approved value that nobody had to approve. */
  readonly byRule?: true;
  /** Values that were entered since the last approval; 0 also where there was none. */
  readonly changesSinceApproval: number;
  readonly because?: MissingReason;
  /** Reason of the last return, withdrawal or declaration of missing data. */
  readonly note?: string;
  /** All corrections that were entered, those that wait or were returned included. */
  readonly corrections: number;
  /** Stream revision; a client that relies on this document sends it as `If-Match`. */
  readonly revision: number;
  readonly demo: boolean;
}

export const figureKey = ({ plan, code, period, unit }: FigureId) => `${plan}/${code}/${period}/${unit}`;

/** The measurement in use: the approved one, otherwise the latest one unless it was returned. */
export function inUse(figure: FigureDocument | undefined): Entered | undefined {
  if (!figure) return undefined;
  return figure.approved ?? (figure.standing === 'returned' ? undefined : figure.latest);
}

/**
 * The ids of the events that concern the value in use, given all events of a figure. A correction that waits or was
 * returned does not, and neither does its return.
 */
export function eventsInUse(events: readonly RecordedEvent[]): ReadonlySet<string> {
  let figure: FigureDocument | undefined;
  const used = new Set<string>();
  for (const event of events) {
    const before = inUse(figure);
    figure = figureProjection.evolve(figure, event);
    const now = inUse(figure);
    const changed = now?.eventId !== before?.eventId;
    // The event of a value counts once the value is in use, which may be later.
    if (now) used.add(now.eventId);
    const isValue = figure.latest?.eventId === event.id;
    // Of a correction that waits for further levels.
    if (event.type === 'MeasurementPassed' && before?.eventId !== figure.latest?.eventId) continue;
    if (!isValue && (changed || event.type !== 'MeasurementReturned')) used.add(event.id);
  }
  return used;
}

/** A figure after all of its events; undefined if there is none. */
export const figureAfter = (events: readonly RecordedEvent[]): FigureDocument | undefined =>
  events.reduce<FigureDocument | undefined>((figure, event) => figureProjection.evolve(figure, event), undefined);

export const figureProjection: Projection<FigureDocument> = {
  name: 'figures',
  version: 4,
  category: 'figure',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    const [code = '', unit = '', period = ''] = parts;
    return [figureKey({ plan, code, unit, period })];
  },

  evolve(before, recorded) {
    const event = recorded as RecordedEvent & FigureEvent;
    const { plan, parts } = parseStreamName(recorded.stream);
    const [code = '', unit = '', period = ''] = parts;
    const { actor, reason } = recorded.metadata;
    const document: Omit<FigureDocument, 'standing'> = {
      ...(before ?? { plan, code, unit, period, corrections: 0, changesSinceApproval: 0 }),
      revision: recorded.revision,
      demo: (before?.demo ?? false) || (recorded.metadata.demo ?? false),
    };
    const note = reason === undefined ? undefined : { note: reason };
    switch (event.type) {
      case 'IndicatorMeasured': {
        const latest = entered(recorded, event.data.reported, event.data, document.approved?.corrections ?? 0);
        return {
          ...without(document, 'because', 'note', 'approvals'),
          ...changedSince(document),
          standing: 'reported',
          first: document.first ?? latest,
          latest,
        };
      }
      case 'MeasurementCorrected': {
        const corrected = document.latest && before?.standing !== 'returned' ? document.latest : document.approved;
        const latest = entered(recorded, event.data.to, event.data, (corrected?.corrections ?? 0) + 1);
        return {
          ...without(document, 'note', 'approvals'),
          ...changedSince(document),
          standing: 'reported',
          latest,
          corrections: document.corrections + 1,
        };
      }
      case 'MeasurementPassed':
        return { ...document, standing: 'reported', approvals: approvalsWith(document, recorded, event.data) };
      case 'MeasurementApproved': {
        const approval = { by: { id: actor.id, name: actor.name }, knownAt: recorded.knownAt };
        return {
          ...without(document, 'byRule'),
          ...{ standing: 'approved', approved: document.latest, approval },
          approvals: approvalsWith(document, recorded, event.data),
          changesSinceApproval: 0,
        };
      }
      case 'MeasurementAccepted':
        return {
          ...without(document, 'approval'),
          ...{ standing: 'approved', approved: document.latest, byRule: true, changesSinceApproval: 0 },
        };
      case 'MeasurementReturned':
        return { ...without(document, 'approvals'), standing: 'returned', ...note };
      case 'MeasurementDeclaredMissing':
        return { ...withoutValues(document), standing: 'missing', because: event.data.because, ...note };
      case 'MeasurementWithdrawn':
        return { ...withoutValues(document), standing: 'withdrawn', ...note };
    }
  },
};

function entered(
  { id, knownAt, metadata }: RecordedEvent,
  reported: Reported,
  {
    definitionVersion,
    exception,
    explanations,
  }: { definitionVersion: number; exception?: string; explanations?: readonly Explanation[] },
  corrections: number,
): Entered {
  const { actor, reason, evidence, demo = false } = metadata;
  return {
    reported,
    definitionVersion,
    eventId: id,
    knownAt,
    by: { id: actor.id, name: actor.name, ...(actor.unit !== undefined && { unit: actor.unit }) },
    ...(reason !== undefined && { reason }),
    ...(evidence !== undefined && { evidence }),
    ...(exception !== undefined && { exception }),
    ...(explanations && { explanations }),
    backfilled: metadata.knownAt !== undefined,
    demo,
    corrections,
  };
}

function without<T extends object, K extends keyof T>(document: T, ...keys: K[]): Omit<T, K> {
  const copy = { ...document };
  for (const key of keys) delete copy[key];
  return copy;
}

function approvalsWith(
  { approvals = [] }: Pick<FigureDocument, 'approvals'>,
  { knownAt, metadata: { actor } }: RecordedEvent,
  { level }: { readonly level?: ApprovalLevel },
): readonly LevelApproval[] {
  const { id, name, unit } = actor;
  return [...approvals, { ...(level && { level }), by: { id, name, ...(unit !== undefined && { unit }) }, knownAt }];
}

/** One more value since the approval of the one in use. */
const changedSince = ({ approved, changesSinceApproval }: Omit<FigureDocument, 'standing'>) => ({
  changesSinceApproval: approved ? changesSinceApproval + 1 : 0,
});

/** Removes every value and reason: the figure has no value in use any more, not even an approved one. */
const withoutValues = (document: Omit<FigureDocument, 'standing'>) => ({
  ...without(document, 'latest', 'approved', 'approval', 'approvals', 'byRule', 'because', 'note'),
  changesSinceApproval: 0,
});
