import type { OverviewNotes } from '../api/types';
import { figure, rounded, signed } from '../format';
import { Heading } from '../shared/Heading';
import { DemoTag } from '../shared/DemoTag';
import { unitLabel, useScope } from '../state/scope';
import { t } from '../shared/i18n';

interface Props {
  readonly notes: OverviewNotes;
}

/** Notes: composition of the index, evaluation rules with their source, assumptions and context figures. */
export function Notes({ notes }: Props) {
  const { plan } = useScope();
  return (
    <section className="notes" aria-labelledby="notes">
      <Heading id="notes" title={t('说明与对照')} />
      <div className="note-cards">
        <RulesNote notes={notes} />
        <ContextFigures notes={notes} />
        <details className="card">
          <summary>{t('指数构成（{{unit}}）', { unit: unitLabel(plan.units, notes.unit) })}</summary>
          <IndexParts notes={notes} />
        </details>
        <details className="card">
          <summary>
            {t('规划数据的假定（{{assumptions}} 条）与名词解释（{{terms}} 条）', {
              assumptions: plan.assumptions.length,
              terms: plan.glossary.length,
            })}
          </summary>
          <ul>
            {plan.assumptions.map(({ field, text }) => (
              <li key={field + text}>{text}</li>
            ))}
          </ul>
          <dl className="glossary">
            {plan.glossary.map(({ term, gist }) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{gist}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </section>
  );
}

function RulesNote({ notes }: Props) {
  const { version, rules } = notes.rules;
  const { status, outlook, verdict, limit, index } = rules;
  return (
    <div className="card" data-testid="rules">
      <h3>
        {version > 0 ? t('评估规则（第 {{version}} 版）：', { version }) : t('评估规则：')}
        <span className="rules-source">{rules.source}</span>
      </h3>
      <ul>
        <li>
          {t('进度 P =（本期 − 基期）÷（终期目标 − 基期）；序时进度 S 为按序时路径到本期应达到的进度；Δ = P − S。')}
        </li>
        <li>
          {t(
            '快于预期 Δ ≥ {{ahead}}；符合预期 ≥ {{asExpected}}；基本符合预期 ≥ {{roughly}}；其下滞后；严重滞后 Δ < {{severe}}，或 P 为负。',
            {
              ahead: signed(status.ahead, 0),
              asExpected: signed(status.asExpected, 0),
              roughly: signed(status.roughly, 0),
              severe: signed(status.severe, 0),
            },
          )}
        </li>
        <li>
          {limit
            ? t(
                '保持类：达到底线为符合预期；未达到而差额不超过底线的 {{roughly}}% 为基本符合预期，到期不超过 {{basicallyCompleted}}% 为基本完成；其余滞后。',
                { roughly: limit.roughly, basicallyCompleted: limit.basicallyCompleted },
              )
            : t('保持类：达到底线为符合预期；其余滞后。')}
        </li>
        <li>
          {t(
            '趋势：所需速度不超过已有速度的 {{reachable}} 倍为可完成，{{needsEffort}} 倍以内为需努力，其上难以完成。终期：P ≥ {{basicallyCompleted}}% 为基本完成。',
            {
              reachable: outlook.reachable,
              needsEffort: outlook.needsEffort,
              basicallyCompleted: verdict.basicallyCompleted,
            },
          )}
        </li>
        <li>
          {t(
            '指数：单项得分 = {{baseScore}} + {{slope}} × P ÷ S，限 0–{{cap}}；按权重平均，只计有数据的指标，并附覆盖率。',
            { baseScore: index.baseScore, slope: index.slope, cap: index.cap },
          )}
        </li>
      </ul>
    </div>
  );
}

function ContextFigures({ notes: { context } }: Props) {
  const { plan } = useScope();
  const nameOf = (code: string) => plan.units.find((unit) => unit.code === code)?.name ?? code;
  const isSeveral = new Set(context.map(({ unit }) => unit)).size > 1;
  return (
    <div className="card">
      <h3>{t('对照数据（不作判断）')}</h3>
      {context.length === 0 ? (
        <p className="muted">{t('截至所选时间，本期没有对照数据')}</p>
      ) : (
        <ul className="context-list">
          {context.map(({ code, name, unit, period, unitOfMeasure, value }) => (
            <li key={`${code} ${unit}`}>
              <span>
                {name}
                {isSeveral && ` · ${nameOf(unit)}`} <small className="muted">{period}</small>
              </span>
              <span className="number">
                {'exact' in value ? figure(value.shown) : '—'} <small>{unitOfMeasure}</small>
                {value.demo && <DemoTag />}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function IndexParts({ notes: { index } }: Props) {
  if (!index.value) return <p className="muted">{t('没有可计分的指标')}</p>;
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t('指标')}</th>
          <th scope="col" className="number">
            {t('权重')}
          </th>
          <th scope="col" className="number">
            {t('得分')}
          </th>
          <th scope="col" className="number">
            {t('计入指数')}
          </th>
        </tr>
      </thead>
      <tbody>
        {index.contributions.map(({ indicator, name, weight, score, points }) => (
          <tr key={indicator}>
            <th scope="row">
              {indicator} {name}
            </th>
            <td className="number">{weight}</td>
            <td className="number">{rounded(score, 2)}</td>
            <td className="number">{rounded(points, 4)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('合计')}</th>
          <td className="number">{index.weightAvailable}</td>
          <td />
          <td className="number">{rounded(index.value, 4)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
