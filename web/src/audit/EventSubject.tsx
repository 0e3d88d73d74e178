import { Link } from '@tanstack/react-router';
import type { TrailEntry } from '../api/types';
import { IndicatorLink, ThingLink, UnitLink } from '../app/links';
import { resourceOf } from '../programme/things';
import { t } from '../shared/i18n';
import { unitLabel, usePlanHere } from '../state/scope';

/** What an event is about, as a link to its page where it has one. */
export function EventSubject({ entry }: { readonly entry: TrailEntry }) {
  const plan = usePlanHere();
  const { code, unit, period, id } = entry.subject;
  const resource = resourceOf(entry.category);
  if (resource !== undefined && id !== undefined) return <ThingLink thing={{ resource, id }}>{id}</ThingLink>;
  if (entry.category === 'evaluation' && id !== undefined) {
    return (
      <Link to="/p/$plan/evaluations/$id" params={{ plan: plan.plan, id }}>
        {t('评估 {{id}}', { id })}
      </Link>
    );
  }
  if (entry.category === 'plan' && id !== undefined && plan.units.some((each) => each.code === id)) {
    return <UnitLink unit={id}>{unitLabel(plan.units, id)}</UnitLink>;
  }
  if (entry.category === 'submission') return <span className="muted">{t('报送')}</span>;
  if (code === undefined) return <span className="muted">{entry.category === 'plan' ? t('规划') : entry.stream}</span>;
  return (
    <IndicatorLink code={code} unit={unit} trail={period}>
      {[code, unit === undefined ? undefined : unitLabel(plan.units, unit), period].filter(Boolean).join(' · ')}
    </IndicatorLink>
  );
}
