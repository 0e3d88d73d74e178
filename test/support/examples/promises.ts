import { PromiseAmended, PromiseRecorded, PromiseWithdrawn } from '../../../src/promises/promise.events.js';

type Recorded = (typeof PromiseRecorded)['example'];

/** A promise that is tracked by indicator 03, due by the end of 2025. */
export const promiseRecorded = (different: Partial<Recorded> = {}) =>
  PromiseRecorded.of({
    statement: '到2025年康养联合体达到100个',
    indicator: '03',
    period: '2025',
    comparator: '>=',
    value: '100',
    unitOfMeasure: '个',
    commitment: 'firm',
    repeats: false,
    ...different,
  });

export const promiseAmended = (different: Partial<Recorded> = {}) => PromiseAmended.of(promiseRecorded(different).data);
export const promiseWithdrawn = PromiseWithdrawn.of({});
