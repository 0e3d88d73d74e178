import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { FigureEvent, FigureId } from './figure.events.js';

const reports: readonly string[] = ['IndicatorMeasured', 'MeasurementCorrected'] satisfies FigureEvent['type'][];

/**
 * That a value of the figure names a file as evidence, at present or once: one document per file and figure, keyed by
 * `plan/sha256/code/period/unit`.
 */
export const supportProjection: Projection<FigureId> = {
  name: 'supports',
  version: 1,
  category: 'figure',

  keys({ stream, type, metadata: { evidence = [] } }) {
    if (!reports.includes(type)) return [];
    const { plan, code, unit, period } = figureOf({ stream });
    const files = new Set(evidence.flatMap(({ sha256 }) => sha256 ?? []));
    return [...files].map((sha256) => `${plan}/${sha256}/${code}/${period}/${unit}`);
  },

  evolve: (before, event) => before ?? figureOf(event),
};

function figureOf({ stream }: Pick<RecordedEvent, 'stream'>): FigureId {
  const { plan, parts } = parseStreamName(stream);
  const [code = '', unit = '', period = ''] = parts;
  return { plan, code, unit, period };
}
