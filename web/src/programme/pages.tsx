import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useOverview } from '../api/queries';
import type { Programme } from '../api/types';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { unitLabel, useScope } from '../state/scope';
import { FindingsTab } from './FindingsTab';
import { PoliciesTab } from './PoliciesTab';
import { ProjectsTab } from './ProjectsTab';
import { PromisesTab } from './PromisesTab';
import { TasksTab } from './TasksTab';

export const PromisesPage = () => (
  <ListPage title={t('规划任务目标')}>{({ promises }) => <PromisesTab promises={promises} />}</ListPage>
);

export const ProjectsPage = () => (
  <ListPage title={t('重大项目')}>{({ projects }) => <ProjectsTab projects={projects} />}</ListPage>
);

export const PoliciesPage = () => (
  <ListPage title={t('政策改革')}>{({ policies }) => <PoliciesTab policies={policies} />}</ListPage>
);

export const TasksPage = () => <ListPage title={t('重点任务')}>{({ tasks }) => <TasksTab tasks={tasks} />}</ListPage>;

export const FindingsPage = () => (
  <ListPage title={t('问题与核查')}>{(programme) => <FindingsTab programme={programme} />}</ListPage>
);

interface Props {
  readonly title: string;
  readonly children: (programme: Programme) => ReactNode;
}

/** A list of the programme, as of the moment. */
function ListPage({ title, children }: Props) {
  const { plan, unit, period, moment, momentText } = useScope();
  const overview = useOverview(plan.plan, period, moment);
  const programme = overview.data?.programme;
  return (
    <>
      <PageHead
        title={title}
        note={
          programme &&
          t('{{unit}} · 事项计至 {{until}} · 截至 {{moment}} 掌握的数据', {
            unit: unitLabel(plan.units, unit.code),
            until: programme.until,
            moment: momentText,
          })
        }
      />
      {overview.error ? (
        <ProblemAlert error={overview.error} retry={() => void overview.refetch()} />
      ) : programme ? (
        <section className="card programme" data-testid="programme" aria-label={title}>
          {children(programme)}
        </section>
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </>
  );
}
