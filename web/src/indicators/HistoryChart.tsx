import { useCallback } from 'react';
import type { History, IndicatorForecast } from '../api/types';
import { t } from '../shared/i18n';
import { chartOption } from './chart-option';
import { SvgChart } from './SvgChart';

interface Props {
  readonly history: History;
  readonly momentText: string;
  /** Its chosen method is drawn as a fan. */
  readonly forecast?: IndicatorForecast | undefined;
}

/**
 * Chart of first reported values, values as known, targets and required values. `PointsTable` contains the same
 * numbers.
 */
export function HistoryChart({ history, momentText, forecast }: Props) {
  const option = useCallback(
    (isNarrow: boolean) => chartOption({ history, momentText, forecast }, isNarrow),
    [history, momentText, forecast],
  );
  return <SvgChart option={option} label={t('{{name}}历年走势', { name: history.name })} testId="chart" />;
}
