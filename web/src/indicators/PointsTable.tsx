import { isMeasured, type History, type HistoryPoint } from '../api/types';
import { figure, moment, rangeText, tidy } from '../format';
import { DemoTag } from '../shared/DemoTag';
import { StatusTag } from '../shared/StatusTag';
import { useScope } from '../state/scope';
import { absenceText, isStatus, lightOfStatus } from '../words';

interface Props {
  readonly history: History;
  /** The period whose audit trail is shown. */
  readonly chosen: string;
  readonly choose: (period: string) => void;
}

export function PointsTable({ history, chosen, choose }: Props) {
  return (
    <section>
      <h3>历年数值</h3>
      <table className="plain-table points cards">
        <thead>
          <tr>
            <th scope="col">期间</th>
            <th scope="col" className="number">
              首次上报
            </th>
            <th scope="col">此后更改</th>
            <th scope="col" className="number">
              现值
            </th>
            <th scope="col" className="number">
              目标
            </th>
            <th scope="col" className="number">
              序时要求
            </th>
            <th scope="col">判断</th>
            <th scope="col">轨迹</th>
          </tr>
        </thead>
        <tbody>
          {history.points.map((point) => (
            <PointLine
              key={point.period}
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
  readonly point: HistoryPoint;
  readonly chosen: boolean;
  readonly choose: () => void;
}

function PointLine({ point, chosen, choose }: LineProps) {
  const { plan } = useScope();
  const { period, unitName, value, target, required, range, status, changes } = point;
  const [first, ...since] = changes;
  return (
    <tr className={chosen ? 'chosen' : undefined}>
      <th scope="row">
        {period}
        {unitName !== undefined && <small className="muted"> {unitName}</small>}
      </th>
      <td className="number" data-label="首次上报">
        {first ? (
          <>
            {first.shown === undefined ? '无' : figure(first.shown)}
            <small className="muted"> {moment(first.knownAt, plan.timeZone)}</small>
          </>
        ) : (
          <span className="none">—</span>
        )}
      </td>
      <td data-label="此后更改">
        {since.length === 0 ? (
          <span className="none">{first ? '无' : '—'}</span>
        ) : (
          since.map(({ knownAt, shown }) => (
            <span className="change number" key={knownAt}>
              → {shown === undefined ? '无' : figure(shown)}
              <small className="muted"> {moment(knownAt, plan.timeZone)}</small>
            </span>
          ))
        )}
      </td>
      <td className="number" data-label="现值">
        {isMeasured(value) ? (
          <strong>{figure(value.shown)}</strong>
        ) : (
          <span className="absent">{absenceText(value)}</span>
        )}
        {!isMeasured(value) && value.partial && <small className="muted"> 部分 {figure(value.partial.shown)}</small>}
        {value.demo && <DemoTag />}
      </td>
      <td className="number" data-label="目标">
        {target === undefined ? <span className="none">—</span> : figure(target)}
      </td>
      <td className="number" data-label="序时要求">
        {range ? rangeText(range) : required === undefined ? <span className="none">—</span> : tidy(required)}
      </td>
      <td data-label="判断">{isStatus(status) && <StatusTag status={status} light={lightOfStatus(status)} />}</td>
      <td data-label="轨迹">
        <button type="button" className="link" aria-pressed={chosen} onClick={choose}>
          {chosen ? '见下' : '查看'}
        </button>
      </td>
    </tr>
  );
}
