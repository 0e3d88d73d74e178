import { useFilter } from '../app/links';
import type { Light, Programme, ProjectNow } from '../api/types';
import { lights } from '../overview/reading';
import { moneyUnit, unitLabel, useScope } from '../state/scope';
import { lightWords, projectFlagWords, projectStandingWords } from '../words';
import { Chips, choicesOf, ListTools, Pick } from './ListTools';
import { ProjectLine } from './ProjectLine';
import { ProjectSummary } from './ProjectSummary';
import { byConcern, categoryLabel, categoryOf, countBy, includesText, lightWeight, ofUnit } from './reading';
import { ThingTable } from './ThingTable';
import { t } from '../shared/i18n';

const columnsIn = (money: string) => [
  { title: t('项目') },
  { title: t('建设期') },
  { title: t('状态') },
  { title: t('形象进度'), note: t('竖线为序时进度'), number: true },
  { title: t('判断'), note: t('超前/滞后，百分点') },
  { title: t('累计投资'), note: money, number: true },
  { title: t('提示') },
];

/** A project without a judgement that is overdue concerns like one that is behind. */
const urgency = (project: ProjectNow): number =>
  project.status === 'no-data' && project.flags.length > 0 ? lightWeight({ light: 'red' }) : lightWeight(project);

export function ProjectsTab({ projects }: { readonly projects: Programme['projects'] }) {
  const { plan, unit } = useScope();
  const [light, setLight] = useFilter<Light>('light');
  const [standing, setStanding] = useFilter<ProjectNow['standing']>('standing');
  const [category, setCategory] = useFilter<string>('category');
  const [flag, setFlag] = useFilter<ProjectNow['flags'][number]>('flag');
  const [search = '', setSearch] = useFilter('q');
  const own = ofUnit(projects.list, (project) => project.unit, unit);
  const shown = own
    .filter(
      (project) =>
        (light === undefined || project.light === light) &&
        (standing === undefined || project.standing === standing) &&
        (category === undefined || categoryOf(project) === category) &&
        (flag === undefined || project.flags.includes(flag)) &&
        includesText(search, project.id, project.name, project.builder, unitLabel(plan.units, project.unit)),
    )
    .toSorted(byConcern(urgency));
  return (
    <>
      <ProjectSummary projects={projects} own={own} />
      <ListTools search={search} onSearch={setSearch} placeholder={t('项目、编号、建设单位')}>
        <Chips
          label={t('按亮灯筛选项目')}
          total={own.length}
          chosen={light}
          choose={setLight}
          choices={lights.map((value) => ({
            ...{ value, light: value, label: lightWords[value] },
            count: countBy(own, (project) => project.light === value),
          }))}
        />
        <Pick
          label={t('状态')}
          chosen={standing}
          choose={setStanding}
          choices={choicesOf(projectStandingWords, (value) => countBy(own, (project) => project.standing === value))}
        />
        <Pick
          label={t('类别')}
          chosen={category}
          choose={setCategory}
          choices={[...new Set(own.map(categoryOf))].sort().map((value) => ({
            ...{ value, label: categoryLabel(value) },
            count: countBy(own, (project) => categoryOf(project) === value),
          }))}
        />
        <Pick
          label={t('提示')}
          chosen={flag}
          choose={setFlag}
          choices={choicesOf(projectFlagWords, (value) => countBy(own, ({ flags }) => flags.includes(value)))}
        />
      </ListTools>
      <ThingTable
        className="projects"
        caption={t('重大项目')}
        columns={columnsIn(moneyUnit(plan))}
        things={shown}
        line={(project) => <ProjectLine key={project.id} project={project} />}
        empty={own.length === 0 ? t('没有登记的项目') : t('没有符合条件的项目')}
      />
    </>
  );
}
