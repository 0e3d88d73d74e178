import type { Programme, ProjectSums } from '../api/types';
import { figure } from '../format';
import { go } from '../state/page-state';
import { shortName, topUnit, unitName, useScope } from '../state/scope';
import { categoryLabel, share } from './reading';

const columns = [
  { title: '个数' },
  { title: '总投资', note: '万元' },
  { title: '完成投资', note: '万元' },
  { title: '投资完成率' },
  { title: '开工率' },
  { title: '竣工率' },
  { title: '达到序时进度' },
  { title: '停工' },
] as const;

/** Sums of projects by category and by responsible unit. */
export function ProjectBreakdown({ projects: { byCategory, byUnit } }: { readonly projects: Programme['projects'] }) {
  const { plan } = useScope();
  const top = topUnit(plan.units)?.code;
  return (
    <details className="breakdown">
      <summary>分类别、分单位（打包项目计为 1 个）</summary>
      <div className="table-frame">
        <table className="cards" aria-label="项目分类别、分单位">
          <thead>
            <tr>
              <th scope="col">类别、单位</th>
              {columns.map((column) => (
                <th scope="col" className="number" key={column.title}>
                  {column.title}
                  {'note' in column && <small>{column.note}</small>}
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
                <SumsLine key={group.key} name="本级" sums={group} />
              ) : (
                <SumsLine
                  key={group.key}
                  name={shortName(unitName(plan.units, group.key))}
                  sums={group}
                  choose={() => go({ unit: group.key })}
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
  /** Selects this unit for the page. */
  readonly choose?: () => void;
}

function SumsLine({ name, sums, choose }: LineProps) {
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
      <th scope="row">
        {choose ? (
          <button type="button" className="link" onClick={choose}>
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      {columns.map(({ title }, at) => (
        <td key={title} className="number" data-label={title}>
          {cells[at] ?? <span className="none">—</span>}
        </td>
      ))}
    </tr>
  );
}

function withParts(part: number, whole: number): string | undefined {
  const percent = share(part, whole);
  return percent && `${percent}（${part}/${whole}）`;
}
