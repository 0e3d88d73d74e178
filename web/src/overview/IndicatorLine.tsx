import { IndicatorLink } from '../app/links';
import {
  isMeasured,
  type Cell,
  type Finding,
  type Target,
  type UnitIndicator,
  type UnitIndicators,
} from '../api/types';
import { figure, offRange, percent, signed } from '../format';
import { FigureValue } from '../figures/FigureValue';
import { DemoTag } from '../shared/DemoTag';
import { StatusTag } from '../shared/StatusTag';
import { TargetNumber } from '../shared/TargetNumber';
import { absenceText, attributeWords, directionWords, outlookWords, verdictWords } from '../words';
import { ProgressBar } from './ProgressBar';
import { laterText } from './reading';
import { SourceNote } from './SourceNote';
import { t } from '../shared/i18n';

interface Props {
  readonly indicator: UnitIndicator;
  readonly found: UnitIndicators;
}

const nothing = <span className="none">—</span>;

export function IndicatorLine({ indicator, found: { baseline, targetPeriods } }: Props) {
  const { code, name, attribute, cell } = indicator;
  const { assessment, targets, base, value } = cell;
  const later = laterText(cell);
  return (
    <tr className={attribute === 'binding' ? 'binding-row' : undefined} data-indicator={code}>
      <th scope="row" className="indicator-name">
        <IndicatorLink code={code}>
          <span className="code">{code}</span>
          <span>{name}</span>
        </IndicatorLink>
        <small className="muted">
          {indicator.unitOfMeasure}
          {indicator.direction === 'lower' && ` · ${directionWords.lower}`}
        </small>
      </th>
      <td data-label={t('属性')}>
        <span className={attribute === 'binding' ? 'binding' : 'muted'}>{attributeWords[attribute]}</span>
      </td>
      <td data-label={t('基期 {{baseline}}', { baseline })} className="number">
        <Value finding={base} />
      </td>
      {targetPeriods.map((period) => (
        <td key={period} data-label={t('目标 {{period}}', { period })} className="number">
          <TargetValue target={targets.find((target) => target.period === period)} cell={cell} />
        </td>
      ))}
      <td data-label={t('本期值 {{period}}', { period: indicator.period })} className="number present">
        <FigureValue
          figure={{
            ...{ code, name, unit: cell.unit, period: indicator.period, unitOfMeasure: indicator.unitOfMeasure },
            shown: isMeasured(value) ? figure(value.shown) : absenceText(value),
          }}
        >
          <Value finding={value} strong />
        </FigureValue>
        {later && <span className="later">{later}</span>}
      </td>
      <td data-label={t('完成率')} className="number">
        {assessment.completionRate === undefined ? nothing : percent(assessment.completionRate)}
      </td>
      <td data-label={t('进度 P')} className="number">
        {assessment.progress === undefined ? nothing : percent(assessment.progress)}
        <ProgressBar progress={assessment.progress} scheduled={assessment.scheduled} light={assessment.light} />
      </td>
      <td data-label={t('序时进度 S')} className="number">
        {assessment.scheduled === undefined ? nothing : percent(assessment.scheduled)}
      </td>
      <td data-label={t('超前/滞后')} className={`number lead ${assessment.light}`}>
        {assessment.lead === undefined ? nothing : signed(assessment.lead)}
      </td>
      <td data-label={t('判断')}>
        <StatusTag {...assessment} />
        {assessment.range && offRange(assessment.range) && <small className="note">{offRange(assessment.range)}</small>}
      </td>
      <td data-label={t('趋势/结论')}>
        <Prospect cell={cell} />
      </td>
      <td data-label={t('来源')} className="source">
        <SourceNote indicator={indicator} />
      </td>
    </tr>
  );
}

function Value({ finding, strong = false }: { readonly finding: Finding; readonly strong?: boolean }) {
  if (!isMeasured(finding)) {
    return (
      <>
        <span className="absent">{absenceText(finding)}</span>
        {finding.demo && <DemoTag />}
      </>
    );
  }
  const shown = figure(finding.shown);
  return (
    <>
      {strong ? <strong className="value">{shown}</strong> : <span>{shown}</span>}
      {finding.demo && <DemoTag />}
    </>
  );
}

function TargetValue({ target, cell }: { readonly target: Target | undefined; readonly cell: Cell }) {
  if (!target) return <span className="none">{cell.targets.length === 0 ? t('未下达') : '—'}</span>;
  const { interim, period } = cell.assessment;
  const met = interim?.period === target.period && period === target.period ? interim.met : undefined;
  return (
    <>
      {target.original !== undefined && (
        <s className="muted" title={t('原目标；{{reason}}', { reason: target.reason ?? t('已调整') })}>
          {figure(target.original)}
        </s>
      )}{' '}
      <TargetNumber target={target} />
      {(target.demo || target.rule?.demo) && <DemoTag />}
      {target.original !== undefined && <small className="note">{t('已调整')}</small>}
      {met !== undefined && <small className={met ? 'met' : 'unmet'}>{met ? t('✓ 达到') : t('✗ 未达到')}</small>}
    </>
  );
}

function Prospect({ cell }: { readonly cell: Cell }) {
  const { verdict, outlook } = cell.assessment;
  if (verdict !== undefined) return <span className={`prospect ${verdict}`}>{verdictWords[verdict]}</span>;
  if (outlook !== undefined) return <span className={`prospect ${outlook}`}>{outlookWords[outlook]}</span>;
  return nothing;
}
