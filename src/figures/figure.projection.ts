import type { Evidence, RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Standing } from './figure.decider.js';
import type { FigureEvent, FigureId, MissingReason, Reported } from './figure.events.js';

/** What was reported, by whom, known since when, on what grounds. */
export interface Measurement {
  readonly reported: Reported;
  readonly definitionVersion: number;
  readonly eventId: string;
  readonly knownAt: string;
  readonly by: { readonly id: string; readonly name: string; readonly unit?: string };
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  readonly exception?: string;
  /** 补录: known before it was recorded here. */
  readonly backfilled: boolean;
  readonly demo: boolean;
}

/** A figure as it stood: one document a figure, under `plan/code/period/unit`. */
export interface FigureDocument extends FigureId {
  readonly standing: Exclude<Standing, 'none'>;
  readonly first?: Measurement;
  /** The last reported or corrected; absent while missing or withdrawn. */
  readonly latest?: Measurement;
  /** The last approved: stays in use and in sight while a correction waits. */
  readonly approved?: Measurement;
  readonly approval?: { readonly by: { readonly id: string; readonly name: string }; readonly knownAt: string };
  readonly because?: MissingReason;
  /** Why it stands as it does: the reason of the last return, withdrawal or declaration. */
  readonly note?: string;
  readonly corrections: number;
  /** Of its stream: what a command that relies on this document gives as `If-Match`. */
  readonly revision: number;
  readonly demo: boolean;
}

export const figureKey = ({ plan, code, period, unit }: FigureId) => `${plan}/${code}/${period}/${unit}`;

/** The measurement that counts: the approved one, else what was reported and not sent back. */
export function inUse(figure: FigureDocument | undefined): Measurement | undefined {
  if (!figure) return undefined;
  return figure.approved ?? (figure.standing === 'returned' ? undefined : figure.latest);
}

export const figureProjection: Projection<FigureDocument> = {
  name: 'figures',
  version: 2,
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
      ...(before ?? { plan, code, unit, period, corrections: 0 }),
      revision: recorded.revision,
      demo: (before?.demo ?? false) || (recorded.metadata.demo ?? false),
    };
    const note = reason === undefined ? undefined : { note: reason };
    switch (event.type) {
      case 'IndicatorMeasured': {
        const latest = measurement(recorded, event.data.reported, event.data);
        return {
          ...without(document, 'because', 'note'),
          standing: 'reported',
          first: document.first ?? latest,
          latest,
        };
      }
      case 'MeasurementCorrected': {
        const latest = measurement(recorded, event.data.to, event.data);
        return { ...without(document, 'note'), standing: 'reported', latest, corrections: document.corrections + 1 };
      }
      case 'MeasurementApproved': {
        const approval = { by: { id: actor.id, name: actor.name }, knownAt: recorded.knownAt };
        return { ...document, standing: 'approved', approved: document.latest, approval };
      }
      case 'MeasurementReturned':
        return { ...document, standing: 'returned', ...note };
      case 'MeasurementDeclaredMissing':
        return { ...emptied(document), standing: 'missing', because: event.data.because, ...note };
      case 'MeasurementWithdrawn':
        return { ...emptied(document), standing: 'withdrawn', ...note };
    }
  },
};

function measurement(
  { id, knownAt, metadata }: RecordedEvent,
  reported: Reported,
  { definitionVersion, exception }: { definitionVersion: number; exception?: string },
): Measurement {
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
    backfilled: metadata.knownAt !== undefined,
    demo,
  };
}

function without<T extends object, K extends keyof T>(document: T, ...keys: K[]): Omit<T, K> {
  const copy = { ...document };
  for (const key of keys) delete copy[key];
  return copy;
}

/** There is no figure now: what was approved is no longer in use. */
const emptied = (document: Omit<FigureDocument, 'standing'>) =>
  without(document, 'latest', 'approved', 'approval', 'because', 'note');
