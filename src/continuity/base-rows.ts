import { Decimal, shownWith } from '../assessment/decimals.js';
import { isMeasured, type Measured } from '../assessment/measured.js';
import type { SnapshotContent } from '../evaluations/snapshot.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { basePeriodOf } from '../overview/period-values.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { codeColumn, listColumns } from '../reporting/columns.js';

/** The bases of a plan's indicators as a report brings them, and what of the earlier plan is no base. */
export interface BaseRows {
  /** By the names of the columns of a report. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** Chinese: which indicator, and why. */
  readonly passedOver: readonly string[];
  /** Whether a value is 示例数据. */
  readonly demo: boolean;
}

/**
 * What the final evaluation of an earlier plan says of the indicators that this plan continues, as bases of this plan:
 * the values that were reported for each unit, times the stated factor. What is computed from the units below is not
 * reported: it is computed in this plan too.
 */
export function baseRows(
  plan: PlanDocument,
  indicators: readonly IndicatorDocument[],
  { overview }: SnapshotContent,
): BaseRows {
  const found = indicators.map((indicator) => rowsOf(plan, indicator, overview));
  return {
    rows: found.flatMap(({ rows }) => rows),
    passedOver: found.flatMap(({ why }) => (why === undefined ? [] : [why])),
    demo: found.some(({ demo }) => demo),
  };
}

interface Found extends Pick<BaseRows, 'rows' | 'demo'> {
  readonly why?: string;
}

function rowsOf(plan: PlanDocument, indicator: IndicatorDocument, overview: SnapshotContent['overview']): Found {
  const { continues, code, name } = indicator;
  const { definition, factor, indicator: former } = continues!;
  const passed = (why: string): Found => ({ rows: [], demo: false, why: `${code} ${name}：${why}` });
  const row = overview.indicators.find((each) => each.code === former);
  if (!row) return passed(`存档中没有原指标 ${former}`);
  if (definition === 'other' && factor === undefined) return passed('口径不同，没有折算系数');
  const { measurement } = currentDefinition(indicator).definition;
  if (measurement.type === 'formula') return passed('由公式计算，不用报基期');
  if (measurement.type === 'ratio' && row.definition.measurement.type !== 'ratio') {
    return passed('本规划由分子、分母计算，原规划没有分子、分母');
  }
  if (measurement.type === 'ratio' && factor !== undefined) return passed('折算系数不能用于分子、分母：请另行报基期');
  const period = basePeriodOf(plan, indicator.frequency);
  const values = row.cells.flatMap(({ unit, value }) =>
    isMeasured(value) && value.source === 'reported' && plan.units.some((each) => each.code === unit)
      ? [{ unit, value }]
      : [],
  );
  if (values.length === 0) return passed('存档中没有上报的数值');
  return {
    rows: values.map(({ unit, value }) => ({
      ...{ [codeColumn]: code, [listColumns.unit]: unit, [listColumns.period]: period },
      ...(measurement.type === 'ratio' && value.components
        ? { 分子: value.components.numerator, 分母: value.components.denominator }
        : { 数值: carried(value, factor, indicator.decimals) }),
    })),
    demo: values.some(({ value }) => value.demo),
  };
}

/** With all its digits under the same definition; otherwise rounded to the decimals that the indicator has. */
const carried = ({ exact }: Measured, factor: string | undefined, decimals: number): string =>
  factor === undefined && new Decimal(exact).decimalPlaces() <= decimals
    ? exact
    : shownWith(decimals, new Decimal(exact).times(factor ?? '1'));
