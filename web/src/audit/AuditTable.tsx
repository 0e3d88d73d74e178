import { Link } from '@tanstack/react-router';
import type { TrailEntry } from '../api/types';
import { moment } from '../format';
import { isChange } from '../indicators/TrailTable';
import { DemoTag } from '../shared/DemoTag';
import { t } from '../shared/i18n';
import { unitName, usePlanHere } from '../state/scope';
import { EventSubject } from './EventSubject';
import { said } from '../shared/said';

interface Props {
  readonly entries: readonly TrailEntry[];
  /** By which time they are listed. */
  readonly sort: string;
}

/** Entries of the audit trail; each opens whole. */
export function AuditTable({ entries, sort }: Props) {
  const plan = usePlanHere();
  const isByKnown = sort.endsWith('known');
  const order = (isOwn: boolean) => (isOwn ? (sort.startsWith('-') ? 'descending' : 'ascending') : undefined);
  return (
    <div className="wide-table">
      <table className="plain-table trail cards" aria-label={t('系统记录')}>
        <thead>
          <tr>
            <th scope="col">{t('序号')}</th>
            <th scope="col" aria-sort={order(!isByKnown)}>
              {t('录入时间')}
            </th>
            <th scope="col" aria-sort={order(isByKnown)}>
              {t('掌握时间')}
            </th>
            <th scope="col">{t('动作')}</th>
            <th scope="col">{t('对象')}</th>
            <th scope="col">{t('由 → 改为')}</th>
            <th scope="col">{t('经办人')}</th>
            <th scope="col">{t('事由与依据')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const { position, recordedAt, knownAt, backfilled, label, from, to, actor, reason, evidence = [] } = entry;
            return (
              <tr key={position} data-event={entry.type} className={isChange(entry) ? 'change-row' : undefined}>
                <td data-label={t('序号')}>
                  <Link
                    to="/p/$plan/audit/event/$position"
                    params={{ plan: plan.plan, position }}
                    className="number"
                    title={t('打开这一条记录')}
                  >
                    {position}
                  </Link>
                </td>
                <td data-label={t('录入时间')} className="number">
                  {moment(recordedAt, plan.timeZone)}
                </td>
                <td data-label={t('掌握时间')} className="number">
                  {moment(knownAt, plan.timeZone)}
                  {backfilled && <span className="backfilled">{t('补录')}</span>}
                </td>
                <td data-label={t('动作')}>
                  <b className={isChange(entry) ? 'emphasised' : undefined}>{t(label)}</b>
                </td>
                <td data-label={t('对象')}>
                  <EventSubject entry={entry} />
                </td>
                <td data-label={t('由 → 改为')} className="from-to">
                  {from !== undefined && <span className="muted">{said(from)} →</span>}
                  <span>{to === undefined ? '—' : said(to)}</span>
                </td>
                <td data-label={t('经办人')}>
                  <Link to="/p/$plan/audit" params={{ plan: plan.plan }} search={{ person: actor.id }}>
                    {actor.name}
                  </Link>
                  {actor.unit !== undefined && <small className="muted">{unitName(plan.units, actor.unit)}</small>}
                </td>
                <td data-label={t('事由与依据')}>
                  {reason === undefined ? <span className="none">{t('未填事由')}</span> : reason}
                  {entry.demo && <DemoTag />}
                  {evidence.map(({ title, locator }) => (
                    <small className="muted" key={`${title} ${locator ?? ''}`}>
                      {t('依据：{{text}}', { text: [title, locator].filter(Boolean).join(' ') })}
                    </small>
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
