import { UnitLink } from '../app/links';
import type { ProjectSums } from '../api/types';
import { figure } from '../format';
import { moneyUnit, shortName, topUnit, unitName, useScope } from '../state/scope';
import type { ProjectListSummary } from './ProjectSummary';
import { categoryLabel, share } from './reading';
import { t } from '../shared/i18n';

const titles = [
  t('个数'),
  t('总投资'),
  t('完成投资'),
  t('投资完成率'),
  t('开工率'),
  t('竣工率'),
  t('达到序时进度'),
  t('停工'),
] as const;
const amounts: readonly string[] = [t('总投资'), t('完成投资')];

/** Sums of projects by category and by responsible unit. */
export function ProjectBreakdown({ summary: { byCategory, byUnit } }: { readonly summary: ProjectListSummary }) {
  const { plan } = useScope();
  const top = topUnit(plan.units)?.code;
  return (
    <details className="breakdown">
      <summary>{t('分类别、分单位（打包项目计为 1 个）')}</summary>
      <div className="table-frame">
        <table className="cards" aria-label={t('项目分类别、分单位')}>
          <thead>
            <tr>
              <th scope="col">{t('类别、单位')}</th>
              {titles.map((title) => (
                <th scope="col" className="number" key={title}>
                  {title}
                  {amounts.includes(title) && <small>{moneyUnit(plan)}</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {byCategory.map((group) => (
              <SumsLine key={group.key} name={categoryLabel(group.key)} sums={group} />
            ))}
          </tbody>
          <tbody>
            {byUnit.map((group) =>
              group.key === top ? (
                <SumsLine key={group.key} name={t('本级')} sums={group} />
              ) : (
                <SumsLine
                  key={group.key}
                  name={shortName(unitName(plan.units, group.key))}
                  sums={group}
                  unit={group.key}
                />
              ),
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}

interface LineProps {
  readonly name: string;
  readonly sums: ProjectSums;
  /** The unit whose sums these are. */
  readonly unit?: string;
}

function SumsLine({ name, sums, unit }: LineProps) {
  const { count, investment, invested, started, completed, judged, onSchedule, suspended } = sums;
  const cells = [
    String(count),
    figure(investment),
    invested && figure(invested),
    invested && share(invested, investment),
    withParts(started, count),
    withParts(completed, count),
    withParts(onSchedule, judged),
    String(suspended),
  ];
  return (
    <tr>
      <th scope="row">{unit === undefined ? name : <UnitLink unit={unit}>{name}</UnitLink>}</th>
      {titles.map((title, at) => (
        <td key={title} className="number" data-label={title}>
          {cells[at] ?? <span className="none">—</span>}
        </td>
      ))}
    </tr>
  );
}

function withParts(part: number, whole: number): string | undefined {
  const percent = share(part, whole);
  return percent && t('{{share}}（{{part}}/{{whole}}）', { share: percent, part, whole });
}
