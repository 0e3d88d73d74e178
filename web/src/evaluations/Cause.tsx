import { Link } from '@tanstack/react-router';
import type { TrailEntry } from '../api/types';
import { moment } from '../format';
import { DemoTag } from '../shared/DemoTag';
import { t } from '../shared/i18n';
import { unitLabel, usePlanHere } from '../state/scope';
import { useMay } from '../state/session';

/** An event behind a difference: what was done, when, by whom, why and on what ground. */
export function Cause({ entry }: { readonly entry: TrailEntry }) {
  const plan = usePlanHere();
  const mayAudit = useMay('audit.read', plan.plan);
  const { label, subject, knownAt, actor, from, to, reason, evidence, position, eventId, demo } = entry;
  return (
    <div className="event-cause">
      <b>{label}</b> {subject.unit !== undefined && unitLabel(plan.units, subject.unit)}{' '}
      {[from, to].filter(Boolean).join(' → ')}
      {demo && <DemoTag />}
      <small className="muted">
        {moment(knownAt, plan.timeZone)} · {actor.name} ·{' '}
        {mayAudit ? (
          <Link to="/p/$plan/audit/event/$position" params={{ plan: plan.plan, position }}>
            {t('系统记录序号 {{at}}', { at: position })}
          </Link>
        ) : (
          t('系统记录序号 {{at}}', { at: position })
        )}{' '}
        · <code title={eventId}>{eventId.slice(0, 8)}</code>
      </small>
      {reason !== undefined && <span>{t('事由：{{reason}}', { reason })}</span>}
      {evidence?.map(({ title, locator }) => (
        <small className="muted" key={title}>
          {t('依据：{{evidence}}', { evidence: [title, locator].filter(Boolean).join(t('，')) })}
        </small>
      ))}
    </div>
  );
}
