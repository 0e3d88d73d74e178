import { Drawer, Select, Skeleton } from 'antd';
import { isCode } from '../api/client';
import { useHistory, useIndicator } from '../api/queries';
import type { Overview } from '../api/types';
import { cellOf } from '../overview/reading';
import { ProblemAlert } from '../shared/ProblemAlert';
import { translated } from '../shared/translated';
import { go, usePageState } from '../state/page-state';
import { judgedUnits, unitLabel, useScope } from '../state/scope';
import { attributeWords } from '../words';
import { BreakdownSection } from './BreakdownSection';
import { DefinitionSection } from './DefinitionSection';
import { HistoryChart } from './HistoryChart';
import { PointsTable } from './PointsTable';
import { StandingStrip } from './StandingStrip';
import { TargetsSection } from './TargetsSection';
import { TrailSection } from './TrailSection';

interface Props {
  readonly code: string;
  readonly overview: Overview | undefined;
}

const closed = { indicator: undefined, of: undefined, trail: undefined };

/** Detail of one indicator at one unit: history, targets, definition and audit trail. */
export default function Detail({ code, overview }: Props) {
  const { plan, unit: pageUnit, period, moment, momentText } = useScope();
  const state = usePageState();
  const unit = state.of ?? pageUnit.code;
  const indicator = useIndicator(plan.plan, code, moment);
  const history = useHistory(plan.plan, code, unit, moment);
  const row = overview?.indicators.find((entry) => entry.code === code);
  const cell = row && cellOf(row, unit);
  const error = indicator.error ?? history.error;
  const chosen = state.trail ?? row?.period ?? period;
  const named = indicator.data ?? row;
  const chosenPoint = history.data?.points.find((point) => point.period === chosen);
  return (
    <Drawer
      open
      size="min(1120px, 100vw)"
      rootClassName="detail"
      onClose={() => go(closed)}
      title={
        <span className="detail-title">
          <span className="code">{code}</span> <span title={named && translated(named)}>{named?.name}</span>
          {indicator.data && (
            <small className={indicator.data.attribute === 'binding' ? 'binding' : 'muted'}>
              {attributeWords[indicator.data.attribute]}
            </small>
          )}
        </span>
      }
      extra={
        <Select
          aria-label="明细单位"
          value={unit}
          popupMatchSelectWidth={false}
          options={judgedUnits(plan.units).map(({ code: value }) => ({ value, label: unitLabel(plan.units, value) }))}
          onChange={(value) => go({ of: value === pageUnit.code ? undefined : value })}
        />
      }
    >
      {error ? (
        <ProblemAlert
          error={error}
          wayOut={
            isCode(error, 'unit.unknown')
              ? { text: `看${unitLabel(plan.units, pageUnit.code)}`, change: { of: undefined } }
              : isCode(error, 'indicator.unknown')
                ? { text: '关闭', change: closed }
                : undefined
          }
        />
      ) : indicator.data && history.data ? (
        <div className="detail-body">
          <p className="muted detail-scope">
            {unitLabel(plan.units, unit)} · 截至 {momentText}
            {history.data.demo && <span className="demo-tag">含示例数据</span>}
          </p>
          {cell && <StandingStrip cell={cell} unitOfMeasure={history.data.unitOfMeasure} />}
          <HistoryChart history={history.data} momentText={momentText} />
          <PointsTable history={history.data} chosen={chosen} />
          <BreakdownSection point={chosenPoint} unitOfMeasure={history.data.unitOfMeasure} />
          <TrailSection key={`${unit} ${chosen}`} code={code} unit={unit} period={chosen} point={chosenPoint} />
          <TargetsSection targets={history.data.targets} unitOfMeasure={history.data.unitOfMeasure} />
          <DefinitionSection indicator={indicator.data} />
        </div>
      ) : (
        <Skeleton active paragraph={{ rows: 12 }} />
      )}
    </Drawer>
  );
}
