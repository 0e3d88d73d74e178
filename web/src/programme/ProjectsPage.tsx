import { useFilter } from '../app/links';
import { useList } from '../api/programme-calls';
import type { Light, ProjectNow } from '../api/types';
import { lights } from '../overview/reading';
import { moneyUnit, unitBelowTop, useScope } from '../state/scope';
import { lightWords, projectFlagWords, projectStandingWords } from '../words';
import { ListPage } from './ListPage';
import { Chips, choicesOf, ListTools, Pick } from './ListTools';
import { ProjectLine } from './ProjectLine';
import { ProjectSummary } from './ProjectSummary';
import { categoryWords, type ProjectCategory } from './reading';
import { More, ThingTable } from './ThingTable';
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

const lineOfProject = (project: ProjectNow) => <ProjectLine key={project.id} project={project} />;

export function ProjectsPage() {
  const { plan, unit, period, moment } = useScope();
  const [light, setLight] = useFilter<Light>('light');
  const [standing, setStanding] = useFilter<ProjectNow['standing']>('standing');
  const [category, setCategory] = useFilter<ProjectCategory>('category');
  const [flag, setFlag] = useFilter<ProjectNow['flags'][number]>('flag');
  const [q, setSearch] = useFilter('q');
  const question = { unit: unitBelowTop(unit), light, state: standing, category, flag, q };
  const list = useList('projects', { plan: plan.plan, period, moment }, question);
  return (
    <ListPage title={t('重大项目')} list={list}>
      {({ all, counts, summary }) => (
        <>
          {summary && <ProjectSummary summary={summary} />}
          <ListTools search={q} onSearch={setSearch} placeholder={t('项目、编号、建设单位')}>
            <Chips
              label={t('按亮灯筛选项目')}
              total={all}
              chosen={light}
              choose={setLight}
              choices={lights.map((value) => ({
                ...{ value, light: value, label: lightWords[value], count: counts.light?.[value] ?? 0 },
              }))}
            />
            <Pick
              label={t('状态')}
              chosen={standing}
              choose={setStanding}
              choices={choicesOf(projectStandingWords, counts.state)}
            />
            <Pick
              label={t('类别')}
              chosen={category}
              choose={setCategory}
              choices={choicesOf(categoryWords, counts.category)}
            />
            <Pick label={t('提示')} chosen={flag} choose={setFlag} choices={choicesOf(projectFlagWords, counts.flag)} />
          </ListTools>
          <ThingTable
            className="projects"
            caption={t('重大项目')}
            columns={columnsIn(moneyUnit(plan))}
            pages={list.data?.pages ?? []}
            line={lineOfProject}
            empty={all === 0 ? t('没有登记的项目') : t('没有符合条件的项目')}
          >
            <More list={list} isFollowing />
          </ThingTable>
        </>
      )}
    </ListPage>
  );
}
