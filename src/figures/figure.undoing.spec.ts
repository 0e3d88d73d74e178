import fc from 'fast-check';
import {
  approved,
  beds2107,
  corrected,
  measured,
  missing,
  returned,
  withdrawn,
} from '../../test/support/examples/figures.js';
import { stateOf } from '../../test/support/decider-spec.js';
import { figureDecider } from './figure.decider.js';
import type { FigureEvent } from './figure.events.js';
import { figureUndoing } from './figure.undoing.js';

const undoneBy = (...types: FigureEvent['type'][]) => types.map((_, at) => figureUndoing.undoneBy(types, at));
const [none, M, C, A, R, W, N] = [
  ...[undefined, 'IndicatorMeasured', 'MeasurementCorrected', 'MeasurementApproved', 'MeasurementReturned'],
  ...['MeasurementWithdrawn', 'MeasurementDeclaredMissing'],
] as const;

describe('what undoes an event of a figure', () => {
  it('is a withdrawal: of everything that was said before', () => {
    expect(undoneBy(M, A, C, A, W)).toEqual([4, 4, 4, 4, none]);
    expect(undoneBy(N, W)).toEqual([1, none]);
    expect(undoneBy(M, W, M, W)).toEqual([1, none, 3, none]);
  });

  it('is a return: of the reports that waited, not of what was approved before', () => {
    expect(undoneBy(M, R)).toEqual([1, none]);
    expect(undoneBy(M, C, R)).toEqual([2, 2, none]);
    expect(undoneBy(M, A, C, R)).toEqual([none, none, 3, none]);
    expect(undoneBy(M, R, M, A)).toEqual([1, none, none, none]);
  });

  it('is not a correction or a new report: they replace what they find', () => {
    expect(undoneBy(M, C, A)).toEqual([none, none, none]);
    expect(undoneBy(N, M)).toEqual([none, none]);
  });

  it('leaves a value exactly where one is in use', () => {
    const events = [
      ...[measured(beds2107), corrected(beds2107, beds2107), approved(beds2107), returned(beds2107)],
      ...[withdrawn(beds2107), missing('not-due')],
    ];
    /** What the decider lets follow: a return of what waits, an approval of what waits, and so on. */
    const possible = (before: readonly FigureEvent[], { type }: FigureEvent): boolean => {
      const { standing } = stateOf(figureDecider, ...before);
      switch (type) {
        case 'IndicatorMeasured':
        case 'MeasurementDeclaredMissing':
          return standing !== 'reported' && standing !== 'approved';
        case 'MeasurementCorrected':
          return standing === 'reported' || standing === 'approved';
        case 'MeasurementPassed':
        case 'MeasurementApproved':
        case 'MeasurementAccepted':
        case 'MeasurementReturned':
          return standing === 'reported';
        case 'MeasurementWithdrawn':
          return standing !== 'none' && standing !== 'withdrawn';
      }
    };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 12 }), (drawn) => {
        const stream = drawn.reduce<FigureEvent[]>(
          (before, event) => (possible(before, event) ? [...before, event] : before),
          [],
        );
        const { standing, approved: inUse } = stateOf(figureDecider, ...stream);
        const types = stream.map(({ type }) => type);
        const lastMissing = types.lastIndexOf(N);
        const holds = types.some(
          (type, at) =>
            (type === M || type === C) && at > lastMissing && figureUndoing.undoneBy(types, at) === undefined,
        );
        expect(holds).toBe(standing === 'reported' || standing === 'approved' || inUse !== undefined);
      }),
    );
  });
});
