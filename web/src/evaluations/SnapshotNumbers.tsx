import { Select } from 'antd';
import type { SnapshotContent } from '../api/types';
import { IndicatorLink, useFilter } from '../app/links';
import { figure, percent, rounded } from '../format';
import { StatusTag } from '../shared/StatusTag';
import { t } from '../shared/i18n';
import { judgedUnits, moneyUnit, topUnit, unitLabel } from '../state/scope';
import { absenceText } from '../words';
import { groupWords, resourceWords } from './attribution-words';
import { LaterNumber, LaterVerdict } from './later';

type Overview = SnapshotContent['overview'];

/** The numbers of a snapshot: index, areas, indicators of a unit, and what is counted of the programme. */
export function SnapshotNumbers({ overview }: { readonly overview: Overview }) {
  const [asked, choose] = useFilter('unit');
  const units = judgedUnits(overview.units);
  const unit = units.find(({ code }) => code === asked) ?? topUnit(units);
  return (
    <>
      <Indexes overview={overview} />
      {unit && (
        <section className="card" aria-labelledby="snapshot-indicators">
          <h2 id="snapshot-indicators">{t('主要指标')}</h2>
          <label className="chooser">
            <span className="chooser-label">{t('单位')}</span>
            <Select
              aria-label={t('单位')}
              value={unit.code}
              options={units.map(({ code }) => ({ value: code, label: unitLabel(overview.units, code) }))}
              onChange={choose}
            />
          </label>
          <Indicators overview={overview} unit={unit.code} />
        </section>
      )}
      <Programme overview={overview} />
    </>
  );
}

function Indexes({ overview: { indexes, areas, units } }: { readonly overview: Overview }) {
  return (
    <section className="card" aria-labelledby="snapshot-index">
      <h2 id="snapshot-index">{t('指数')}</h2>
      <div className="wide-table">
        <table className="plain-table cards" data-testid="snapshot-index">
          <thead>
            <tr>
              {[t('单位'), t('指数'), t('数据覆盖率'), ...areas.map(({ name }) => name)].map((head, at) => (
                <th scope="col" key={head} className={at > 0 ? 'number' : undefined}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {indexes.map(({ unit, index, byArea }) => (
              <tr key={unit} data-row={unit}>
                <th scope="row">{unitLabel(units, unit)}</th>
                <td className="number" data-label={t('指数')}>
                  {index.value === undefined ? '—' : rounded(index.value, 1)}
                  <LaterNumber of="index" place={{ unit }} places={1} />
                  <LaterVerdict of="veto" place={{ unit }} />
                </td>
                <td className="number" data-label={t('数据覆盖率')}>
                  {percent(index.coverage, 0)}
                  <LaterNumber of="coverage" place={{ unit }} places={0} />
                </td>
                {byArea.map(({ area, index: own }) => (
                  <td className="number" key={area} data-label={areas.find(({ code }) => code === area)?.name}>
                    {own.value === undefined ? '—' : rounded(own.value, 1)}
                    <LaterNumber of="index" place={{ unit, area }} places={1} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Indicators({ overview, unit }: { readonly overview: Overview; readonly unit: string }) {
  const heads = [t('指标'), t('基期值'), t('本期值'), t('终期目标'), t('目标完成率'), t('进度'), t('得分'), t('判断')];
  return (
    <table className="plain-table cards" data-testid="snapshot-indicators">
      <thead>
        <tr>
          {heads.map((head, at) => (
            <th scope="col" key={head} className={at > 0 && at < 7 ? 'number' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {overview.indicators.flatMap(({ code, name, decimals, definition, cells }) => {
          const cell = cells.find((each) => each.unit === unit);
          if (!cell) return [];
          const { base, value, cumulativeSum, targets, assessment } = cell;
          const place = { indicator: code, unit };
          const target = targets.at(-1);
          const shown = (finding: typeof value) =>
            'exact' in finding ? figure(finding.shown) : <span className="none">{absenceText(finding)}</span>;
          return (
            <tr key={code} data-row={code}>
              <th scope="row">
                <IndicatorLink code={code} unit={unit}>
                  <span className="code">{code}</span> {name}
                </IndicatorLink>
                <small className="muted">{definition.unitOfMeasure}</small>
              </th>
              <td className="number" data-label={heads[1]}>
                {shown(base)}
                <LaterNumber of="base" place={place} places={decimals} />
              </td>
              <td className="number" data-label={heads[2]}>
                {shown(value)}
                <LaterNumber of="value" place={place} places={decimals} />
                {cumulativeSum !== undefined && (
                  <small className="muted">{t('累计 {{sum}}', { sum: rounded(cumulativeSum, decimals) })}</small>
                )}
                <LaterNumber of="sum" place={place} places={decimals} />
              </td>
              <td className="number" data-label={heads[3]}>
                {target ? figure(target.rule ? (target.rule.shown ?? '—') : target.value) : '—'}
                {target && <LaterNumber of="target" place={{ ...place, period: target.period }} />}
              </td>
              {(
                [
                  ['completion-rate', assessment.completionRate],
                  ['progress', assessment.progress],
                  ['score', assessment.score],
                ] as const
              ).map(([of, text], at) => (
                <td className="number" key={of} data-label={heads[4 + at]}>
                  {text === undefined ? '—' : rounded(text, 1)}
                  <LaterNumber of={of} place={place} places={1} />
                </td>
              ))}
              <td data-label={heads[7]}>
                <StatusTag status={assessment.status} light={assessment.light} />
                <LaterVerdict of="status" place={place} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

type Resource = 'promise' | 'project' | 'policy' | 'task';

function Programme({ overview }: { readonly overview: Overview }) {
  const { promises, projects, policies, tasks } = overview.programme;
  const { investment, invested, reporting: _, ...whole } = projects.whole;
  const tasksCounted = tasks.byActionPlan.flatMap(({ actionPlan, name: __, ...counts }) =>
    Object.entries(counts).map(([group, value]) => ({ group: [actionPlan, group].filter(Boolean).join('/'), value })),
  );
  const counted = (counts: object) => Object.entries(counts).map(([group, value]) => ({ group, value: Number(value) }));
  const lists: readonly (readonly [Resource, readonly { group: string; value: number }[]])[] = [
    ['promise', counted(promises.counts)],
    ['project', counted(whole)],
    ['policy', counted(policies.counts)],
    ['task', tasksCounted.map(({ group, value }) => ({ group, value: Number(value) }))],
  ];
  const money = moneyUnit(overview.plan);
  return (
    <section className="card" aria-labelledby="snapshot-programme">
      <h2 id="snapshot-programme">{t('任务目标、项目、政策与任务')}</h2>
      <table className="plain-table cards" data-testid="snapshot-programme">
        <tbody>
          {lists.map(([resource, counts]) => (
            <tr key={resource} data-row={resource}>
              <th scope="row">{resourceWords[resource]}</th>
              <td>
                <ul className="count-list">
                  {counts.map(({ group, value }) => (
                    <li key={group}>
                      {groupText(group)} {value}
                      <LaterNumber of="count" place={{ resource, group }} />
                    </li>
                  ))}
                  {resource === 'project' && (
                    <>
                      <li>
                        {t('总投资 {{amount}} {{money}}', { amount: figure(investment), money })}
                        <LaterNumber of="investment" place={{ resource }} />
                      </li>
                      <li>
                        {t('完成投资 {{amount}} {{money}}', {
                          amount: invested === undefined ? '—' : figure(invested),
                          money,
                        })}
                        <LaterNumber of="invested" place={{ resource }} />
                      </li>
                    </>
                  )}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** `A/completed` counts those of an action plan. */
function groupText(group: string): string {
  const [actionPlan, own] = group.includes('/') ? group.split('/') : [undefined, group];
  return [actionPlan, groupWords[own] ?? own].filter(Boolean).join(' ');
}
