import { Button, Skeleton } from 'antd';
import { useHistory, useTrail } from '../api/queries';
import type { ReviewItem } from '../api/types';
import { IndicatorLink } from '../app/links';
import { figure, moment, rangeText } from '../format';
import { TrailTable } from '../indicators/TrailTable';
import { DemoTag } from '../shared/DemoTag';
import { EvidenceList } from '../shared/EvidenceList';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { unitName as nameOfUnit, usePlanHere } from '../state/scope';
import { lockText, unlockText } from './lock-words';
import { levelWords, meansWords, stepText } from './review-words';
import { said } from '../shared/said';

interface Props {
  readonly item: ReviewItem;
  readonly isBusy: boolean;
  readonly onApprove: () => void;
  /** Absent where the person may not return figures. */
  readonly onReturn?: () => void;
}

/** A figure that waits, beside what it is compared with. */
export function ReviewDetail({ item, isBusy, onApprove, onReturn }: Props) {
  const { code, name, unit, unitName, period, shown, unitOfMeasure, waitsFor, latest, marks, approvals } = item;
  const plan = usePlanHere();
  const trail = useTrail({ plan: plan.plan, code, unit, period }, {});
  const means = trail.data?.find(({ eventId }) => eventId === latest.eventId)?.actor.means;
  return (
    <article className="review-detail card" data-testid="review-detail" aria-label={t('打开的数据')}>
      <header>
        <h2>
          {unitName} {period} <IndicatorLink code={code} unit={unit} trail={period}>{`${code} ${name}`}</IndicatorLink>
        </h2>
        <p className="review-value number">
          {figure(shown)} <small>{unitOfMeasure}</small>
          {latest.demo && <DemoTag />}
        </p>
        <p className="muted">
          {t('等待：{{step}}', { step: stepText(waitsFor) })}
          {waitsFor.unit !== undefined && t('（{{unit}}）', { unit: nameOfUnit(plan.units, waitsFor.unit) })}
          {item.lock && ` · ${lockText(item.lock, plan.timeZone)}`}
          {item.unlock && ` · ${unlockText(item.unlock)}`}
        </p>
        <div className="review-actions">
          <Button type="primary" loading={isBusy} onClick={onApprove}>
            {t('审核通过（a）')}
          </Button>
          {onReturn && <Button onClick={onReturn}>{t('退回（r）')}</Button>}
        </div>
      </header>
      <Marks marks={marks} />
      <Compared item={item} />
      <section>
        <h3>{t('填报')}</h3>
        <dl className="facts">
          <dt>{t('填报人')}</dt>
          <dd>
            {latest.by.name}
            {latest.by.unit !== undefined && t('（{{unit}}）', { unit: nameOfUnit(plan.units, latest.by.unit) })}
          </dd>
          <dt>{t('掌握时间')}</dt>
          <dd className="number">
            {moment(latest.knownAt, plan.timeZone)}
            {latest.backfilled && t('（补录）')}
          </dd>
          <dt>{t('方式')}</dt>
          <dd>{means === undefined ? t('没有记载') : (meansWords[means] ?? means)}</dd>
          <dt>{t('事由')}</dt>
          <dd>{latest.reason ?? <span className="none">{t('未填事由')}</span>}</dd>
          {latest.exception !== undefined && (
            <>
              <dt>{t('例外说明')}</dt>
              <dd>{latest.exception}</dd>
            </>
          )}
          <dt>{t('依据')}</dt>
          <dd>
            <EvidenceList plan={plan.plan} evidence={latest.evidence} />
          </dd>
          {approvals.length > 0 && (
            <>
              <dt>{t('已经审核')}</dt>
              <dd>
                {approvals.map(({ level, by, knownAt }) => (
                  <span key={`${by.id} ${knownAt}`} className="review-approval">
                    {level !== undefined && (levelWords[level] ?? level)} {by.name}{' '}
                    <span className="number">{moment(knownAt, plan.timeZone)}</span>
                  </span>
                ))}
              </dd>
            </>
          )}
        </dl>
      </section>
      <section>
        <h3>{t('变更轨迹')}</h3>
        {trail.error ? (
          <ProblemAlert error={trail.error} retry={() => void trail.refetch()} />
        ) : trail.data ? (
          <div className="wide-table">
            <TrailTable entries={trail.data} />
          </div>
        ) : (
          <Skeleton active paragraph={{ rows: 3 }} title={false} />
        )}
      </section>
    </article>
  );
}

function Marks({ marks }: Pick<ReviewItem, 'marks'>) {
  return (
    <section className={marks.length > 0 ? 'review-marks some' : 'review-marks'} aria-label={t('数据质量标记')}>
      <h3>{t('数据质量标记')}</h3>
      {marks.length === 0 ? (
        <p className="muted">{t('没有规则作标记')}</p>
      ) : (
        <ul className="plain-list">
          {marks.map(({ rule, message, required, explanation }) => (
            <li key={rule}>
              <b>{said(message)}</b> <code>{rule}</code>
              <small className={explanation === undefined ? 'none' : 'muted'}>
                {explanation === undefined
                  ? required
                    ? t('须说明，填报人没有说明')
                    : t('填报人没有说明')
                  : t('填报人的说明：{{text}}', { text: explanation })}
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The value beside the last one, the target, the path, and the other units. */
function Compared({ item }: { readonly item: ReviewItem }) {
  const { code, unit, period, inUse, previous, target, others, shown, unitOfMeasure } = item;
  const plan = usePlanHere();
  const history = useHistory(plan.plan, code, unit, {});
  const point = history.data?.points.find((each) => each.period === period);
  const path = point?.range ? rangeText(point.range) : point?.required && figure(point.required);
  return (
    <section>
      <h3>
        {t('对照')} <small className="muted">{unitOfMeasure}</small>
      </h3>
      <div className="review-compared">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('什么')}</th>
              <th scope="col" className="number">
                {t('数值')}
              </th>
              <th scope="col">{t('说明')}</th>
            </tr>
          </thead>
          <tbody>
            <Line what={t('本次上报')} value={figure(shown)} note={period} isOwn />
            <Line
              what={t('现在使用')}
              value={inUse && figure(inUse.shown)}
              note={inUse ? t('本次通过后由上报的数替换') : t('本期还没有在用的数')}
            />
            <Line
              what={t('上期')}
              value={previous && figure(previous.shown)}
              note={previous ? approvedText(previous) : t('没有更早期间的数')}
            />
            <Line
              what={t('目标')}
              value={target && figure(target.value)}
              note={target ? t('{{period}} 的目标', { period: target.period }) : t('没有设定目标')}
            />
            <Line
              what={t('序时要求')}
              value={path}
              note={history.isPending ? t('正在取') : path === undefined ? t('这一期没有序时要求') : t('到期末应达到')}
            />
          </tbody>
        </table>
        <table className="plain-table">
          <caption>{t('同级其他单位，{{period}}', { period })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('单位')}</th>
              <th scope="col" className="number">
                {t('数值')}
              </th>
              <th scope="col">{t('说明')}</th>
            </tr>
          </thead>
          <tbody>
            {others.length === 0 && (
              <tr>
                <td colSpan={3} className="muted">
                  {t('同级单位都还没有这一期的数')}
                </td>
              </tr>
            )}
            {others.map((other) => (
              <tr key={other.unit}>
                <th scope="row">{other.unitName}</th>
                <td className="number">{figure(other.shown)}</td>
                <td className="muted">{other.approved ? t('已审核') : t('待审核')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const approvedText = ({ period, approved }: { readonly period: string; readonly approved: boolean }): string =>
  approved ? t('{{period}}，已审核', { period }) : t('{{period}}，待审核', { period });

interface LineProps {
  readonly what: string;
  readonly value: string | undefined;
  readonly note: string;
  readonly isOwn?: boolean;
}

const Line = ({ what, value, note, isOwn = false }: LineProps) => (
  <tr className={isOwn ? 'own' : undefined}>
    <th scope="row">{what}</th>
    <td className="number">{value ?? '—'}</td>
    <td className="muted">{note}</td>
  </tr>
);
