import type { FindingNow } from '../api/types';
import { DemoTag } from '../shared/DemoTag';
import { EvidenceList } from '../shared/EvidenceList';
import { useScope } from '../state/scope';
import { bureauOf } from './reading';
import { t } from '../shared/i18n';

type Step = NonNullable<FindingNow['steps']>[number];

const stepWords: Readonly<Record<Step['what'], string>> = {
  assigned: t('交办整改'),
  'due-moved': t('调整整改期限'),
  reported: t('报送整改情况'),
  accepted: t('验收整改'),
  'sent-back': t('退回整改'),
};

/** Every step of a 整改 with its words, its reason and its evidence, in the order in which they happened. */
export function StepList({ steps }: { readonly steps: readonly Step[] }) {
  const { plan } = useScope();
  return (
    <ul className="answers" data-testid="steps">
      {steps.map(({ eventId, what, on, by, unit, owner, dueOn, text, reason, evidence, demo }) => (
        <li key={eventId}>
          <b>{stepWords[what]}</b> {owner !== undefined && bureauOf(plan.units, owner)}{' '}
          {dueOn !== undefined && t('期限 {{dueOn}}', { dueOn })} {text}
          {demo && <DemoTag />}
          {reason !== undefined && <small>{t('事由：{{reason}}', { reason })}</small>}
          {evidence !== undefined && <EvidenceList plan={plan.plan} evidence={evidence} />}
          <small className="muted">
            {[on, by, unit !== undefined && bureauOf(plan.units, unit)].filter(Boolean).join(' · ')}
          </small>
        </li>
      ))}
    </ul>
  );
}
