import { DomainError } from '../kernel/errors.js';

/**
 * How a state is computed from the documents, where released versions of this program differ. A snapshot names the method
 * with which it was taken, and is recomputed with it. A released method never changes. Whatever changes the content of an
 * overview gets a field here and a new method; docs/evaluation.md lists the methods.
 */
export interface Method {
  readonly number: number;
  /** `corrections` of a value: all that were entered, or those that led to it; a returned one is then told apart. */
  readonly corrections: 'entered' | 'in-use';
  /** After an incomparable redefinition: whether only values have to be restated, or also bases, sums and targets. */
  readonly restated: 'values' | 'everything';
  /** Progress and investment of a project that nobody reported: 0, or unknown. */
  readonly unreported: 'zero' | 'unknown';
  /** A unit to which an indicator does not apply (不适用): lacks in a sum, or is left out of it. */
  readonly notApplicable: 'lacking' | 'left-out';
  /** Digits of reported values and of their sums for computation: at most 20, or all. */
  readonly digits: 'twenty' | 'all';
  /** A report and what is computed from below are compared with all digits of the report, or as the report is shown. */
  readonly agreement: 'all-digits' | 'as-shown';
  /** Default rules: without or with margins of a limit. */
  readonly limits: 'sharp' | 'with-margin';
  /** Decimals of a sum, a rule and a promise's value for display: without zeros at the end, or those of the definition. */
  readonly decimals: 'shortest' | 'defined';
}

const first: Method = {
  number: 1,
  corrections: 'entered',
  restated: 'values',
  unreported: 'zero',
  notApplicable: 'lacking',
  digits: 'twenty',
  agreement: 'all-digits',
  limits: 'sharp',
  decimals: 'shortest',
};
const second: Method = {
  ...first,
  number: 2,
  corrections: 'in-use',
  restated: 'everything',
  unreported: 'unknown',
  decimals: 'defined',
};

const methods: readonly Method[] = [
  first,
  second,
  { ...second, number: 3, notApplicable: 'left-out', digits: 'all', agreement: 'as-shown', limits: 'with-margin' },
];

export const currentMethod: Method = methods.at(-1)!;

/** @throws {DomainError} `snapshot.unknown-method`: a newer version of the program took the snapshot */
export function methodNumbered(number: number): Method {
  const method = methods.find((each) => each.number === number);
  if (method) return method;
  throw new DomainError(
    'refused',
    'snapshot.unknown-method',
    `该快照按第 ${number} 版方法计算，本程序只有第 1 至 ${currentMethod.number} 版：请用较新版本的程序核验`,
  );
}
