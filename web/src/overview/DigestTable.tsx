import { IndicatorLink } from '../app/links';
import type { IndicatorDigest } from '../api/types';
import { figure, percent, rounded, signed } from '../format';
import { FigureValue, type ShownFigure } from '../figures/FigureValue';
import { DemoTag } from '../shared/DemoTag';
import { StatusTag } from '../shared/StatusTag';
import { t } from '../shared/i18n';
import { shortLabel, useScope } from '../state/scope';
import { absenceWord } from '../words';
import { ProgressBar } from './ProgressBar';
import type { ChangedValues } from './changed-values';

interface Props {
  readonly indicators: readonly IndicatorDigest[];
  readonly period: string;
  /** What the values were at the moment that was shown before. */
  readonly changed: ChangedValues;
}

const nothing = <span className="none">—</span>;

/** The main indicators of a unit on one screen: base, value, target, progress against schedule, judgement. */
export function DigestTable({ indicators, period, changed }: Props) {
  const { plan } = useScope();
  const final = indicators
    .flatMap(({ targets }) => targets.map((target) => target.period))
    .toSorted()
    .at(-1);
  const interim = plan.midterm;
  const periods = [...new Set([interim, final])].filter((each) => each !== undefined);
  return (
    <div className="card digest" data-testid="indicators">
      <table className="digest-table cards">
        <caption className="visually-hidden">{t('主要指标')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('指标')}</th>
            <th scope="col" className="number">
              {t('基期')} <small>{plan.baseline}</small>
            </th>
            <th scope="col" className="number">
              {t('本期值')} <small>{period}</small>
            </th>
            {periods.map((target) => (
              <th scope="col" className="number" key={target}>
                {t('目标')} <small>{target}</small>
              </th>
            ))}
            <th scope="col">
              {t('完成进度')} <small>{t('竖线为序时进度')}</small>
            </th>
            <th scope="col" className="number">
              {t('差额')} <small>{t('百分点')}</small>
            </th>
            <th scope="col">{t('判断')}</th>
          </tr>
        </thead>
        <tbody>
          {indicators.map((each) => (
            <Line key={each.code} indicator={each} periods={periods} before={changed.get(each.code)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps {
  readonly indicator: IndicatorDigest;
  readonly periods: readonly string[];
  readonly before: string | undefined;
}

function Line({ indicator, periods, before }: LineProps) {
  const { code, name, attribute, unitOfMeasure, base, value, targets, assessment } = indicator;
  const { progress, scheduled, light, lead } = assessment;
  return (
    <tr data-indicator={code} className={before === undefined ? undefined : 'changed'}>
      <th scope="row">
        <IndicatorLink code={code}>
          <span className="code">{code}</span>
          <span title={name}>{name}</span>
        </IndicatorLink>
        {attribute === 'binding' && <b className="binding">{t('约束性')}</b>}
        <small className="muted"> {unitOfMeasure}</small>
      </th>
      <td className="number" data-label={t('基期')}>
        {base.shown === undefined ? nothing : figure(base.shown)}
        {base.demo && <DemoTag />}
      </td>
      <td className="number present" data-label={t('本期值')}>
        {before !== undefined && <s className="muted">{before}</s>}{' '}
        {value.shown === undefined ? (
          <Absent indicator={indicator} />
        ) : (
          <FigureValue figure={shownOf(indicator)}>
            <strong className="value">{figure(value.shown)}</strong>
          </FigureValue>
        )}
        {value.demo && <DemoTag />}
        <Later indicator={indicator} />
        {value.disagreement && (
          <small className="note">
            <b>{t('市县数据不一致')}</b>{' '}
            {t('自报 {{reported}}，合计 {{computed}}', {
              reported: figure(value.disagreement.reported),
              computed: figure(value.disagreement.computed),
            })}
          </small>
        )}
      </td>
      {periods.map((period) => {
        const target = targets.find((each) => each.period === period);
        return (
          <td key={period} className="number" data-label={t('目标 {{period}}', { period })}>
            {target?.original !== undefined && <s className="muted">{figure(target.original)}</s>}{' '}
            {target?.shown === undefined ? nothing : figure(target.shown)}
            {target?.demo && <DemoTag />}
            {target && <Interim indicator={indicator} period={period} />}
          </td>
        );
      })}
      <td data-label={t('完成进度')} className="progress-cell">
        <ProgressBar progress={progress} scheduled={scheduled} light={light} />
        <small className="number">
          {progress === undefined ? '' : percent(progress, 0)}
          {scheduled !== undefined && (
            <span className="muted"> {t('序时 {{percent}}', { percent: percent(scheduled, 0) })}</span>
          )}
        </small>
      </td>
      <td className={`number lead ${light}`} data-label={t('差额')}>
        {lead === undefined ? nothing : signed(lead)}
      </td>
      <td data-label={t('判断')}>
        <StatusTag {...assessment} />
        <Sentence indicator={indicator} />
      </td>
    </tr>
  );
}

/** Whether the target of the period itself was met, if it is not the final one. */
function Interim({ indicator, period }: { readonly indicator: IndicatorDigest; readonly period: string }) {
  const { interim } = indicator.assessment;
  if (interim?.met === undefined || interim.period !== period || indicator.period !== period) return null;
  return <small className={interim.met ? 'met' : 'unmet'}>{interim.met ? t('✓ 达到') : t('✗ 未达到')}</small>;
}

const absenceOf = ({ absent, because }: IndicatorDigest['value']): string =>
  absent === undefined ? t('暂无数据') : absenceWord({ absent, because });

const shownOf = (indicator: IndicatorDigest): ShownFigure => {
  const { code, name, unit, period, unitOfMeasure, value } = indicator;
  const shown = value.shown === undefined ? absenceOf(value) : figure(value.shown);
  return { code, name, unit, period, unitOfMeasure, shown };
};

function Absent({ indicator }: { readonly indicator: IndicatorDigest }) {
  const { plan } = useScope();
  const { lacking = [], partial } = indicator.value;
  return (
    <span className="absent">
      <FigureValue figure={shownOf(indicator)}>{absenceOf(indicator.value)}</FigureValue>
      {lacking.length > 0 && (
        <small>
          {' '}
          {t('缺 {{units}}', { units: lacking.map((unit) => shortLabel(plan.units, unit)).join(t('、')) })}
        </small>
      )}
      {partial !== undefined && <small> {t('部分合计 {{value}}', { value: figure(partial) })}</small>}
    </span>
  );
}

/** What became of the value after the moment that is shown. */
function Later({ indicator: { value, later } }: { readonly indicator: IndicatorDigest }) {
  if (!later || later.shown === value.shown) return null;
  const text =
    later.shown === undefined
      ? t('后来撤回')
      : value.shown === undefined
        ? t('后来补报为 {{value}}', { value: figure(later.shown) })
        : t('后来更正为 {{value}}', { value: figure(later.shown) });
  return (
    <span className="later" title={later.reason}>
      {text}
    </span>
  );
}

/** Where standing and outlook differ, the sentence that says why. */
function Sentence({ indicator: { flags, speedUp } }: { readonly indicator: IndicatorDigest }) {
  if (flags.includes('behind-but-reachable')) return <small className="note">{t('按现速度可补回')}</small>;
  if (flags.includes('ahead-but-needs-effort') && speedUp !== undefined) {
    return <small className="note">{t('目前领先，此后须提速到 {{times}} 倍', { times: rounded(speedUp, 1) })}</small>;
  }
  return null;
}
