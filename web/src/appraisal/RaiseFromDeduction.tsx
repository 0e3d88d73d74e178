import type { AppraisalSheet } from '../api/types';
import { RaiseFinding } from '../programme/RaiseFinding';
import { t } from '../shared/i18n';

type Lost = AppraisalSheet['items'][number]['lost'][number];

/** Raises a finding about what a deduction is about; nothing for a cap, or for a finding itself. */
export function RaiseFromDeduction({ lost: { about, text, position } }: { readonly lost: Lost }) {
  if (!about || about.kind === 'finding') return null;
  const { kind, id, unit = '', period = '' } = about;
  if (kind !== 'figure') {
    const finding = { subjectType: kind, subject: id, title: text, grounds: [`${kind}/${id}`] };
    return <RaiseFinding type="link" text={t('提出问题')} finding={finding} />;
  }
  // What was never reported is no figure that a finding could rest on.
  const grounds = position === undefined ? [] : [`figure/${id}/${unit}/${period}`];
  const finding = { subjectType: 'indicator', subject: id, title: text, grounds } as const;
  return <RaiseFinding type="link" text={t('提出问题')} finding={finding} />;
}
