import { MomentQuery } from '../http/moment.js';
import { invalid } from '../kernel/errors.js';
import { thresholds, type Threshold } from '../plans/thresholds.js';
import { Identifier, ListOf, OneOf, PeriodText, Text, Whole } from '../slice/field.js';

/** What can be supposed, with its Chinese name. */
export const kindWords = {
  withdraw: '撤回数据',
  value: '假设数值',
  target: '假设目标',
  'target-version': '恢复目标的旧版',
  weight: '假设权重',
  threshold: '假设阈值',
  rules: '采用另一版评估规则',
} as const;
export type ChangeKind = keyof typeof kindWords;

/** One thing that is supposed to be otherwise. Which fields it has depends on its kind, see `assertFields`. */
export class SupposedChange {
  @OneOf(Object.keys(kindWords), {
    label: '假设种类',
    description: Object.entries(kindWords)
      .map(([kind, word]) => `${kind} ${word}`)
      .join('，'),
    example: 'value',
  })
  kind: ChangeKind;

  @Identifier({ label: '指标代码', optional: true, example: '02' })
  code?: string;

  @Identifier({ label: '单位代码', optional: true, example: '331102' })
  unit?: string;

  @PeriodText({ label: '期间', optional: true, example: '2022' })
  period?: string;

  @Text({ label: '假设值', description: '数值、目标、权重或阈值', max: 500, optional: true, example: '55.0' })
  value?: string;

  @Text({ label: '分子', max: 40, optional: true })
  numerator?: string;

  @Text({ label: '分母', max: 40, optional: true })
  denominator?: string;

  @OneOf(thresholds, { label: '阈值', optional: true })
  threshold?: Threshold;

  @Whole({
    label: '版本',
    description: '目标或评估规则的版本；规则的 0 即默认规则',
    min: 0,
    max: 10_000,
    optional: true,
  })
  version?: number;
}

export class WhatIfQuestion extends MomentQuery {
  @PeriodText({ label: '期间', description: '不填即届时有数据的最近一期', optional: true, example: '2022' })
  period?: string;

  @ListOf(() => SupposedChange, { label: '假设', max: 50 })
  changes: SupposedChange[];
}

type Field = Exclude<keyof SupposedChange, 'kind'>;

const figure: readonly Field[] = ['code', 'unit', 'period'];
const needed: Readonly<Record<ChangeKind, readonly Field[]>> = {
  withdraw: figure,
  value: [...figure, 'value'],
  target: [...figure, 'value'],
  'target-version': [...figure, 'version'],
  weight: ['code', 'value'],
  threshold: ['threshold', 'value'],
  rules: ['version'],
};
const ofRatio: readonly Field[] = [...figure, 'numerator', 'denominator'];

const fieldWords: Readonly<Record<Field, string>> = {
  code: '指标代码（code）',
  unit: '单位代码（unit）',
  period: '期间（period）',
  value: '假设值（value）',
  numerator: '分子（numerator）',
  denominator: '分母（denominator）',
  threshold: '阈值（threshold）',
  version: '版本（version）',
};

/**
 * A change has all fields of its kind and no others. A value is given whole, or as numerator and denominator.
 * @throws {DomainError} `what-if.field-missing`, `what-if.field-unused`
 */
export function assertFields(change: SupposedChange): void {
  const isRatio = change.kind === 'value' && (change.numerator !== undefined || change.denominator !== undefined);
  const fields = isRatio ? ofRatio : needed[change.kind];
  const word = kindWords[change.kind];
  for (const field of fields) {
    if (change[field] === undefined) {
      throw invalid('what-if.field-missing', `“${word}”须写明${fieldWords[field]}`, field);
    }
  }
  for (const field of Object.keys(fieldWords) as Field[]) {
    if (change[field] !== undefined && !fields.includes(field)) {
      throw invalid('what-if.field-unused', `“${word}”不用${fieldWords[field]}：请删去`, field);
    }
  }
}
