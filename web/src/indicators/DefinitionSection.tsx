import type { IndicatorDocument } from '../api/types';
import { unitLabel, useScope } from '../state/scope';
import { aggregationWords, directionWords, fieldWords, frequencyWords, kindWords, trajectoryWords } from '../words';
import { t } from '../shared/i18n';

/** Definition, formula, kind and assumptions of an indicator. */
export function DefinitionSection({ indicator }: { readonly indicator: IndicatorDocument }) {
  const { plan } = useScope();
  const versions = [...indicator.definitions].reverse();
  const current = versions[0];
  if (!current) return null;
  const { definition } = current;
  const { measurement } = definition;
  return (
    <section>
      <h2>{t('口径与公式')}</h2>
      <dl className="definition">
        <dt>{versions.length > 1 ? t('口径（第 {{version}} 版）', { version: current.version }) : t('口径')}</dt>
        <dd>{definition.text}</dd>
        <dt>{t('公式')}</dt>
        <dd>
          {measurement.type === 'ratio'
            ? t('{{numerator}}（{{numeratorUnit}}）÷ {{denominator}}（{{denominatorUnit}}）× {{scale}}', {
                numerator: measurement.numerator.name,
                numeratorUnit: measurement.numerator.unit,
                denominator: measurement.denominator.name,
                denominatorUnit: measurement.denominator.unit,
                scale: measurement.scale,
              })
            : measurement.type === 'formula'
              ? t('{{formula}}（由其他指标的数计算，不用填报）', { formula: measurement.formula })
              : t('直接填报')}
        </dd>
        <dt>{t('汇总方式')}</dt>
        <dd>
          {measurement.type === 'formula'
            ? t('与各单位一样，由自己的数计算')
            : aggregationWords[definition.aggregation]}
        </dd>
        {definition.breakdowns && (
          <>
            <dt>{t('分组')}</dt>
            <dd>
              {definition.breakdowns
                .map(({ name, parts }) =>
                  t('{{name}}（{{parts}}）', { name, parts: parts.map((part) => part.name).join(t('、')) }),
                )
                .join(t('；'))}
            </dd>
          </>
        )}
        <dt>{t('类型')}</dt>
        <dd>
          {t('{{kind}}，{{direction}}，按{{frequency}}填报；序时路径：{{trajectory}}；权重 {{weight}}', {
            kind: kindWords[indicator.kind],
            direction: directionWords[indicator.direction],
            frequency: frequencyWords[indicator.frequency],
            trajectory: trajectoryWords[indicator.trajectory],
            weight: indicator.weight,
          })}
        </dd>
        {indicator.owner !== undefined && (
          <>
            <dt>{t('责任单位')}</dt>
            <dd>
              {plan.units.find(({ code }) => code === indicator.owner)?.bureau ??
                unitLabel(plan.units, indicator.owner)}
            </dd>
          </>
        )}
        {indicator.printedName !== undefined && (
          <>
            <dt>{t('规划原文')}</dt>
            <dd>
              {indicator.printedName}
              {indicator.line !== undefined && (
                <small className="muted">{t('（第 {{line}} 行）', { line: indicator.line })}</small>
              )}
            </dd>
          </>
        )}
      </dl>
      {versions.slice(1).map(({ version, definition: { text } }) => (
        <p key={version} className="muted">
          {t('第 {{version}} 版口径：{{text}}', { version, text })}
        </p>
      ))}
      {indicator.assumptions.length > 0 && (
        <details open>
          <summary>
            {t('假定（{{count}} 条）：规划没有写明，由本系统设定', { count: indicator.assumptions.length })}
          </summary>
          <ul className="assumptions">
            {indicator.assumptions.map(({ field, text }) => (
              <li key={field + text}>
                <b>{fieldWords[field] ?? field}</b> {text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
