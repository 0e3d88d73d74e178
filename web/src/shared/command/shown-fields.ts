/** Fields that only go with some values of a field beside them, by field and by the field that decides. */
const decidedBy: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  numerator: { type: ['ratio'] },
  denominator: { type: ['ratio'] },
  scale: { type: ['ratio'] },
  formula: { type: ['formula'], kind: ['formula'] },
  minimum: { kind: ['range', 'formula'] },
  maximum: { kind: ['range', 'formula'] },
  percent: { kind: ['jump'] },
  points: { kind: ['jump'] },
  days: { kind: ['overdue'] },
  margin: { kind: ['just-past-threshold'] },
  moment: { role: ['external-evaluator'] },
  evaluations: { role: ['external-evaluator'] },
};

export interface Deciding {
  readonly field: string;
  readonly values: readonly string[];
}

/** Which of the fields beside it decides whether a field is asked; undefined if it always is. */
export function decidingField(field: string, beside: readonly string[]): Deciding | undefined {
  const [found] = Object.entries(decidedBy[field] ?? {}).filter(([each]) => beside.includes(each));
  return found && { field: found[0], values: found[1] };
}
