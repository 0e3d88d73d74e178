import { Button } from 'antd';
import { useIndicators } from '../api/queries';
import type { CellMargin } from '../api/types';
import { IndicatorLink } from '../app/links';
import { t } from '../shared/i18n';
import { StatusTag } from '../shared/StatusTag';
import { named } from '../shared/translated';
import { unitLabel, useScope } from '../state/scope';
import { statusWords } from '../words';
import type { Change } from './changes';
import { basisWords } from './words';

interface Props {
  readonly cells: readonly CellMargin[];
  /** Supposes that a margin is used up. */
  readonly add: (change: Change) => void;
}

/** How little each verdict takes to become another one; what is computed is named without a margin. */
export function MarginsTable({ cells, add }: Props) {
  const { plan } = useScope();
  const indicators = useIndicators(plan.plan).data ?? [];
  const name = (code: string) => {
    const indicator = indicators.find((each) => each.code === code);
    return indicator ? named(indicator).name : '';
  };
  return (
    <table className="plain-table cards" data-testid="margins">
      <thead>
        <tr>
          <th scope="col">{t('指标')}</th>
          <th scope="col">{t('单位')}</th>
          <th scope="col" className="number">
            {t('本期值')}
          </th>
          <th scope="col">{t('判断')}</th>
          <th scope="col">{t('变动的数')}</th>
          <th scope="col">{t('增加多少即改判')}</th>
          <th scope="col">{t('减少多少即改判')}</th>
        </tr>
      </thead>
      <tbody>
        {cells.map((cell) => (
          <tr key={`${cell.indicator} ${cell.unit}`} data-row={`${cell.indicator} ${cell.unit}`}>
            <th scope="row">
              <IndicatorLink code={cell.indicator} unit={cell.unit}>
                <span className="code">{cell.indicator}</span> {name(cell.indicator)}
              </IndicatorLink>
            </th>
            <td data-label={t('单位')}>{unitLabel(plan.units, cell.unit)}</td>
            <td data-label={t('本期值')} className="number">
              {cell.shown}
            </td>
            <td data-label={t('判断')}>
              <StatusTag status={cell.status} light={cell.light} />
            </td>
            <td data-label={t('变动的数')}>
              {basisWords[cell.basis]} {cell.reported}
            </td>
            <td data-label={t('增加多少即改判')}>
              <Side cell={cell} side="up" add={add} />
            </td>
            <td data-label={t('减少多少即改判')}>
              <Side cell={cell} side="down" add={add} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({
  cell,
  side,
  add,
}: {
  readonly cell: CellMargin;
  readonly side: 'up' | 'down';
  readonly add: Props['add'];
}) {
  const margin = cell[side];
  if (!margin) return <span className="none">{cell.reported === undefined ? '—' : t('不会改判')}</span>;
  const { change, becomes, status } = margin;
  const said = t('{{change}}，到 {{becomes}}：{{status}}', { change, becomes, status: statusWords[status] });
  const { indicator: code, unit, period, denominator } = cell;
  const value = denominator === undefined ? { value: becomes } : { numerator: becomes, denominator };
  return (
    <>
      {said}{' '}
      <Button
        size="small"
        className="unprinted"
        aria-label={t('试一试：{{code}} {{unit}} {{said}}', { code, unit, said })}
        onClick={() => add({ kind: 'value', code, unit, period, ...value })}
      >
        {t('试一试')}
      </Button>
    </>
  );
}
