import { Skeleton } from 'antd';
import { IndicatorLink } from '../app/links';
import { useHistory } from '../api/queries';
import type { Overview, Row } from '../api/types';
import { cellOf } from '../overview/reading';
import { ProblemAlert } from '../shared/ProblemAlert';
import { StatusTag } from '../shared/StatusTag';
import { useScope } from '../state/scope';
import { HistoryChart } from './HistoryChart';

/** The charts of all indicators of a unit, side by side. */
export function SmallMultiples({ overview }: { readonly overview: Overview }) {
  return (
    <ul className="small-multiples">
      {overview.indicators.map((row) => (
        <li key={row.code} className="card">
          <SmallChart row={row} />
        </li>
      ))}
    </ul>
  );
}

function SmallChart({ row }: { readonly row: Row }) {
  const { plan, unit, moment, momentText } = useScope();
  const { data, error, refetch } = useHistory(plan.plan, row.code, unit.code, moment);
  const cell = cellOf(row, unit.code);
  return (
    <>
      <h2>
        <IndicatorLink code={row.code}>
          <span className="code">{row.code}</span>
          {row.name}
        </IndicatorLink>
        {cell && <StatusTag {...cell.assessment} />}
      </h2>
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : data ? (
        <HistoryChart history={data} momentText={momentText} />
      ) : (
        <Skeleton active paragraph={{ rows: 4 }} title={false} />
      )}
    </>
  );
}
