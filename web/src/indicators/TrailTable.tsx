import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { IndicatorLink, ThingLink } from '../app/links';
import { t } from '../shared/i18n';
import type { TrailEntry } from '../api/types';
import { moment as momentOf } from '../format';
import { resourceOf } from '../programme/things';
import { DemoTag } from '../shared/DemoTag';
import { unitLabel, usePlanHere } from '../state/scope';
import { useMay } from '../state/session';
import { said } from '../shared/said';

interface Props {
  readonly entries: readonly TrailEntry[];
  /** Whether to show the subject of each entry, because the entries belong to different figures. */
  readonly withSubject?: boolean;
  /** What can be done about an entry. */
  readonly act?: (entry: TrailEntry) => ReactNode;
}

export function TrailTable({ entries, withSubject = false, act }: Props) {
  return (
    <table className="plain-table trail cards">
      <thead>
        <tr>
          <th scope="col">{t('掌握日期')}</th>
          <th scope="col">{t('动作')}</th>
          <th scope="col">{t('由 → 改为')}</th>
          <th scope="col">{t('经办人')}</th>
          <th scope="col">{t('事由与依据')}</th>
          <th scope="col">{t('录入日期与序号')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <TrailLine key={entry.eventId} entry={entry} withSubject={withSubject} act={act?.(entry)} />
        ))}
      </tbody>
    </table>
  );
}

const changes = new Set([
  ...['MeasurementCorrected', 'MeasurementWithdrawn', 'MeasurementReturned'],
  ...['InvestmentCorrected', 'ProjectRescheduled', 'ProjectSuspended', 'ProjectCancelled'],
  ...['PolicyPostponed', 'PolicyDropped', 'PolicyRepealed', 'TaskReopened', 'TaskDropped'],
  ...['PromiseWithdrawn', 'FindingWithdrawn', 'ProjectAmended', 'PolicyAmended', 'CitedPolicyAmended'],
  ...['TaskAmended', 'PromiseAmended', 'FindingAmended'],
  ...['ProjectReportWithdrawn', 'PolicyReportWithdrawn', 'TaskReportWithdrawn'],
]);

/** Whether the event revises an earlier one: a correction, amendment, return, withdrawal, postponement and so on. */
export const isChange = ({ type }: TrailEntry): boolean => changes.has(type);

interface LineProps {
  readonly entry: TrailEntry;
  readonly withSubject: boolean;
  readonly act: ReactNode;
}

function TrailLine({ entry, withSubject, act }: LineProps) {
  const plan = usePlanHere();
  const mayAudit = useMay('audit.read', plan.plan);
  const { actor, evidence, reason, subject } = entry;
  const actorUnit = actor.unit === undefined ? '' : unitLabel(plan.units, actor.unit);
  return (
    <tr data-event={entry.type} className={isChange(entry) ? 'change-row' : undefined}>
      <td data-label={t('掌握日期')} className="known">
        <span className="number">{momentOf(entry.knownAt, plan.timeZone)}</span>
        {entry.backfilled && (
          <span className="backfilled" title={t('补录：录入晚于掌握，掌握日期取自来源文件')}>
            {t('补录')}
          </span>
        )}
      </td>
      <td data-label={t('动作')}>
        <b className={isChange(entry) ? 'emphasised' : undefined}>{t(entry.label)}</b>
        {subject.unit !== undefined && <small className="muted">{unitLabel(plan.units, subject.unit)}</small>}
        {withSubject && <Subject entry={entry} />}
        {act && <div>{act}</div>}
      </td>
      <td data-label={t('由 → 改为')} className="from-to">
        {entry.from !== undefined && <span className="muted">{said(entry.from)} →</span>}
        <span>{entry.to === undefined ? '—' : said(entry.to)}</span>
      </td>
      <td data-label={t('经办人')}>
        {mayAudit ? (
          <Link
            to="/p/$plan/audit"
            params={{ plan: plan.plan }}
            search={{ person: actor.id }}
            title={t('看此人经办的全部事件')}
          >
            {actor.name}
          </Link>
        ) : (
          actor.name
        )}
        <small className="muted">{[actorUnit, actor.id].filter(Boolean).join(' · ')}</small>
      </td>
      <td data-label={t('事由与依据')}>
        {reason === undefined ? <span className="none">{t('未填事由')}</span> : reason}
        {entry.demo && <DemoTag />}
        {evidence?.map(({ title, locator }) => (
          <small className="muted" key={`${title} ${locator ?? ''}`}>
            {t('依据：{{title}}', { title })}
            {locator !== undefined && `${t('，')}${locator}`}
          </small>
        ))}
      </td>
      <td data-label={t('录入日期与序号')} className="record">
        <span className="number">{momentOf(entry.recordedAt, plan.timeZone)}</span>
        <small>
          {t('序号')}{' '}
          {mayAudit ? (
            <Link
              to="/p/$plan/audit/event/$position"
              params={{ plan: plan.plan, position: entry.position }}
              className="number"
              title={t('打开这一条记录')}
            >
              {entry.position}
            </Link>
          ) : (
            <span className="number">{entry.position}</span>
          )}
        </small>
        <code title={t('事件编号 {{eventId}}', { eventId: entry.eventId })}>{entry.eventId}</code>
      </td>
    </tr>
  );
}

/** The subject of an event: a link to the figure or item, or otherwise the stream name. */
function Subject({ entry }: { readonly entry: TrailEntry }) {
  const { code, unit, period, id } = entry.subject;
  const resource = resourceOf(entry.category);
  if (resource !== undefined && id !== undefined) {
    return (
      <small>
        <ThingLink thing={{ resource, id }}>{id}</ThingLink>
      </small>
    );
  }
  if (code === undefined) return <small className="muted">{entry.stream}</small>;
  return (
    <small>
      <IndicatorLink code={code} unit={unit} trail={period}>
        {[code, period].filter(Boolean).join(' · ')}
      </IndicatorLink>
    </small>
  );
}
