import type { Undoing } from '../slice/slice.js';
import type { FigureCommand } from './figure.commands.js';
import type { FigureEvent } from './figure.events.js';

type EventName = FigureEvent['type'];

const reports: readonly string[] = ['IndicatorMeasured', 'MeasurementCorrected'] satisfies EventName[];
const undoable: readonly string[] = [
  ...reports,
  ...(['MeasurementApproved', 'MeasurementDeclaredMissing'] satisfies EventName[]),
];

const eventOf: Readonly<Record<FigureCommand['type'], EventName>> = {
  MeasureIndicator: 'IndicatorMeasured',
  CorrectMeasurement: 'MeasurementCorrected',
  DeclareMissing: 'MeasurementDeclaredMissing',
  ApproveMeasurement: 'MeasurementApproved',
  ReturnMeasurement: 'MeasurementReturned',
  WithdrawMeasurement: 'MeasurementWithdrawn',
};

/** A withdrawal undoes all that was said of the figure before. A return undoes the reports since the last approval. */
export const figureUndoing: Undoing = {
  undoable,
  eventOf,
  undoneBy(types, at) {
    if (!undoable.includes(types[at]!)) return undefined;
    for (let later = at + 1, waits = reports.includes(types[at]!); later < types.length; later++) {
      if (types[later] === 'MeasurementWithdrawn') return later;
      if (types[later] === 'MeasurementReturned' && waits) return later;
      if (types[later] === 'MeasurementApproved') waits = false;
    }
    return undefined;
  },
};
