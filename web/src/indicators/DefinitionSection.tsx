import type { IndicatorDocument } from '../api/types';
import { unitLabel, useScope } from '../state/scope';
import { aggregationWords, directionWords, fieldWords, frequencyWords, kindWords, trajectoryWords } from '../words';

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
      <h3>口径与公式</h3>
      <dl className="definition">
        <dt>口径{versions.length > 1 && `（第 ${current.version} 版）`}</dt>
        <dd>{definition.text}</dd>
        <dt>公式</dt>
        <dd>
          {measurement.type === 'ratio'
            ? `${measurement.numerator.name}（${measurement.numerator.unit}）÷ ${measurement.denominator.name}（${measurement.denominator.unit}）× ${measurement.scale}`
            : measurement.type === 'formula'
              ? `${measurement.formula}（由其他指标的数计算，不用填报）`
              : '直接填报'}
        </dd>
        <dt>汇总方式</dt>
        <dd>
          {measurement.type === 'formula' ? '与各单位一样，由自己的数计算' : aggregationWords[definition.aggregation]}
        </dd>
        {definition.breakdowns && (
          <>
            <dt>分组</dt>
            <dd>
              {definition.breakdowns
                .map(({ name, parts }) => `${name}（${parts.map((part) => part.name).join('、')}）`)
                .join('；')}
            </dd>
          </>
        )}
        <dt>类型</dt>
        <dd>
          {kindWords[indicator.kind]}，{directionWords[indicator.direction]}，按{frequencyWords[indicator.frequency]}
          填报；序时路径：{trajectoryWords[indicator.trajectory]}；权重 {indicator.weight}
        </dd>
        {indicator.owner !== undefined && (
          <>
            <dt>责任单位</dt>
            <dd>
              {plan.units.find(({ code }) => code === indicator.owner)?.bureau ??
                unitLabel(plan.units, indicator.owner)}
            </dd>
          </>
        )}
        {indicator.printedName !== undefined && (
          <>
            <dt>规划原文</dt>
            <dd>
              {indicator.printedName}
              {indicator.line !== undefined && <small className="muted">（第 {indicator.line} 行）</small>}
            </dd>
          </>
        )}
      </dl>
      {versions.slice(1).map(({ version, definition: { text } }) => (
        <p key={version} className="muted">
          第 {version} 版口径：{text}
        </p>
      ))}
      {indicator.assumptions.length > 0 && (
        <details open>
          <summary>假定（{indicator.assumptions.length} 条）：规划没有写明，由本系统设定</summary>
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
