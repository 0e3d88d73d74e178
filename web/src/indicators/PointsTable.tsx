import { isMeasured, type History, type HistoryPoint } from '../api/types';
import { figure, moment, rangeText, tidy } from '../format';
import { FigureValue } from '../figures/FigureValue';
import { DemoTag } from '../shared/DemoTag';
import { StatusTag } from '../shared/StatusTag';
import { useScope } from '../state/scope';
import { absenceText, isStatus, lightOfStatus } from '../words';
import { t } from '../shared/i18n';

interface Props {
  readonly history: History;
  /** The period whose audit trail is shown. */
  readonly chosen: string;
  readonly choose: (period: string) => void;
}

export function PointsTable({ history, chosen, choose }: Props) {
  return (
    <section>
      <h2>{t('历年数值')}</h2>
      <table className="plain-table points cards">
        <thead>
          <tr>
            <th scope="col">{t('期间')}</th>
            <th scope="col" className="number">
              {t('首次上报')}
            </th>
            <th scope="col">{t('此后更改')}</th>
            <th scope="col" className="number">
              {t('现值')}
            </th>
            <th scope="col" className="number">
              {t('目标')}
            </th>
            <th scope="col" className="number">
              {t('序时要求')}
            </th>
            <th scope="col">{t('判断')}</th>
            <th scope="col">{t('轨迹')}</th>
          </tr>
        </thead>
        <tbody>
          {history.points.map((point) => (
            <PointLine
              key={point.period}
              history={history}
              point={point}
              chosen={point.period === chosen}
              choose={() => choose(point.period)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface LineProps {
  readonly history: History;
  readonly point: HistoryPoint;
  readonly chosen: boolean;
  readonly choose: () => void;
}

function PointLine({ history, point, chosen, choose }: LineProps) {
  const { plan } = useScope();
  const { period, unitName, value, target, required, range, status, changes } = point;
  const { code, name, unitOfMeasure } = history;
  const [first, ...since] = changes;
  return (
    <tr className={chosen ? 'chosen' : undefined}>
      <th scope="row">
        {period}
        {unitName !== undefined && <small className="muted"> {unitName}</small>}
      </th>
      <td className="number" data-label={t('首次上报')}>
        {first ? (
          <>
            {first.shown === undefined ? t('无') : figure(first.shown)}
            <small className="muted"> {moment(first.knownAt, plan.timeZone)}</small>
          </>
        ) : (
          <span className="none">—</span>
        )}
      </td>
      <td data-label={t('此后更改')}>
        {since.length === 0 ? (
          <span className="none">{first ? t('无') : '—'}</span>
        ) : (
          since.map(({ knownAt, shown }) => (
            <span className="change number" key={knownAt}>
              → {shown === undefined ? t('无') : figure(shown)}
              <small className="muted"> {moment(knownAt, plan.timeZone)}</small>
            </span>
          ))
        )}
      </td>
      <td className="number" data-label={t('现值')}>
        <FigureValue
          figure={{
            ...{ code, name, unit: history.unit, period, unitOfMeasure },
            shown: isMeasured(value) ? figure(value.shown) : absenceText(value),
          }}
        >
          {isMeasured(value) ? (
            <strong>{figure(value.shown)}</strong>
          ) : (
            <span className="absent">{absenceText(value)}</span>
          )}
        </FigureValue>
        {!isMeasured(value) && value.partial && (
          <small className="muted"> {t('部分 {{shown}}', { shown: figure(value.partial.shown) })}</small>
        )}
        {value.demo && <DemoTag />}
      </td>
      <td className="number" data-label={t('目标')}>
        {target === undefined ? <span className="none">—</span> : figure(target)}
      </td>
      <td className="number" data-label={t('序时要求')}>
        {range ? rangeText(range) : required === undefined ? <span className="none">—</span> : tidy(required)}
      </td>
      <td data-label={t('判断')}>{isStatus(status) && <StatusTag status={status} light={lightOfStatus(status)} />}</td>
      <td data-label={t('轨迹')}>
        <button type="button" className="link" aria-pressed={chosen} onClick={choose}>
          {chosen ? t('见下') : t('查看')}
        </button>
      </td>
    </tr>
  );
}
