import type { Undoing } from '../slice/slice.js';
import type { FigureCommand } from './figure.commands.js';
import type { FigureEvent } from './figure.events.js';

type EventName = FigureEvent['type'];

const reports: readonly string[] = ['IndicatorMeasured', 'MeasurementCorrected'] satisfies EventName[];
const waiting: readonly string[] = [...reports, ...(['MeasurementPassed'] satisfies EventName[])];
const undoable: readonly string[] = [
  ...waiting,
  ...(['MeasurementApproved', 'MeasurementAccepted', 'MeasurementDeclaredMissing'] satisfies EventName[]),
];

const eventOf: Readonly<Record<FigureCommand['type'], EventName>> = {
  MeasureIndicator: 'IndicatorMeasured',
  CorrectMeasurement: 'MeasurementCorrected',
  DeclareMissing: 'MeasurementDeclaredMissing',
  ApproveMeasurement: 'MeasurementApproved',
  ReturnMeasurement: 'MeasurementReturned',
  WithdrawMeasurement: 'MeasurementWithdrawn',
};

/**
 * A withdrawal undoes all that was said of the figure before. A return undoes the reports since the last approval, and what
 * the levels before it approved.
 */
export const figureUndoing: Undoing = {
  undoable,
  eventOf,
  undoneBy(types, at) {
    if (!undoable.includes(types[at]!)) return undefined;
    for (let later = at + 1, waits = waiting.includes(types[at]!); later < types.length; later++) {
      if (types[later] === 'MeasurementWithdrawn') return later;
      if (types[later] === 'MeasurementReturned' && waits) return later;
      if (isFinal(types, later)) waits = false;
    }
    return undefined;
  },
};

/** Whether a value is in use by it. A folder does not tell the approvals of levels: one before a return was not the last. */
function isFinal(types: readonly string[], at: number): boolean {
  if (types[at] === 'MeasurementAccepted') return true;
  return types[at] === 'MeasurementApproved' && types[at + 1] !== 'MeasurementReturned';
}
