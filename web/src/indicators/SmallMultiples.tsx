import { Skeleton } from 'antd';
import { IndicatorLink } from '../app/links';
import { useHistory } from '../api/queries';
import type { UnitIndicator } from '../api/types';
import { ProblemAlert } from '../shared/ProblemAlert';
import { StatusTag } from '../shared/StatusTag';
import { useScope } from '../state/scope';
import { HistoryChart } from './HistoryChart';

/** The charts of all indicators of a unit, side by side. */
export function SmallMultiples({ indicators }: { readonly indicators: readonly UnitIndicator[] }) {
  return (
    <ul className="small-multiples">
      {indicators.map((indicator) => (
        <li key={indicator.code} className="card">
          <SmallChart indicator={indicator} />
        </li>
      ))}
    </ul>
  );
}

function SmallChart({ indicator: { code, name, cell } }: { readonly indicator: UnitIndicator }) {
  const { plan, unit, moment, momentText } = useScope();
  const { data, error, refetch } = useHistory(plan.plan, code, unit.code, moment);
  return (
    <>
      <h2>
        <IndicatorLink code={code}>
          <span className="code">{code}</span>
          {name}
        </IndicatorLink>
        <StatusTag {...cell.assessment} />
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
