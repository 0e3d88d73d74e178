import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { resources, type Resource } from '../api/programme-calls';
import type { Overview, Programme, Unit } from '../api/types';
import { AddressNotice } from '../shared/AddressNotice';
import { Heading } from '../shared/Heading';
import { go, usePageState } from '../state/page-state';
import { topUnit, useScope } from '../state/scope';
import { FindingsTab } from './FindingsTab';
import { PoliciesTab } from './PoliciesTab';
import { ProjectsTab } from './ProjectsTab';
import { PromisesTab } from './PromisesTab';
import { TasksTab } from './TasksTab';
import { ThingDrawer } from './ThingDrawer';
import { isResource, raisedAt, readThing } from './things';

interface Tab {
  readonly title: string;
  /** Number of items, for the selected unit if items belong to units. */
  readonly count: (programme: Programme, unit: Unit) => number;
  readonly body: (programme: Programme) => ReactNode;
}

const tabs: Readonly<Record<Resource, Tab>> = {
  promises: {
    title: '规划承诺',
    count: ({ promises }) => promises.list.length,
    body: ({ promises }) => <PromisesTab promises={promises} />,
  },
  projects: {
    title: '重大项目',
    count: ({ projects: { whole, byUnit } }, { code, parent }) =>
      parent === undefined ? whole.count : (byUnit.find(({ key }) => key === code)?.count ?? 0),
    body: ({ projects }) => <ProjectsTab projects={projects} />,
  },
  policies: {
    title: '政策改革',
    count: ({ policies }) => policies.list.length,
    body: ({ policies }) => <PoliciesTab policies={policies} />,
  },
  tasks: {
    title: '重点任务',
    count: ({ tasks }) => tasks.list.length,
    body: ({ tasks }) => <TasksTab tasks={tasks} />,
  },
  findings: {
    title: '问题与核查',
    count: (programme, unit) => {
      const { findings, checks } = raisedAt(programme, unit);
      return findings.length + checks.length;
    },
    body: (programme) => <FindingsTab programme={programme} />,
  },
};

/** Promises, projects, policies, tasks, findings and checks of the plan. */
export function ProgrammeSection({ overview: { programme } }: { readonly overview: Overview }) {
  const { plan, unit, momentText } = useScope();
  const { tab, thing: address } = usePageState();
  const filled = resources.filter((resource) => tabs[resource].count(programme, topUnit(plan.units) ?? unit) > 0);
  const thing = readThing(address);
  const notices = (
    <>
      {tab !== undefined && !isResource(tab) && (
        <AddressNotice
          text={`没有栏目 ${tab}：可用 ${resources.map((key) => `${key}（${tabs[key].title}）`).join('、')}`}
          wayOut={{ text: '看默认栏目', change: { tab: undefined } }}
        />
      )}
      {address !== undefined && !thing && (
        <AddressNotice
          text={`不认识“${address}”：写作 类别/编号，类别为 ${resources.join('、')}，如 projects/P01`}
          wayOut={{ text: '不看此项', change: { thing: undefined } }}
        />
      )}
    </>
  );
  if (filled.length === 0) return notices;
  const active = isResource(tab) ? tab : filled[0]!;
  return (
    <section className="programme" aria-labelledby="programme" data-testid="programme">
      <Heading id="programme" title="规划执行" english="Programme">
        <p>
          事项计至 {programme.until} · 截至 {momentText} 所知
        </p>
      </Heading>
      {notices}
      <div className="card">
        <Tabs
          destroyOnHidden
          animated={false}
          activeKey={active}
          onChange={(key) => go({ tab: key === filled[0] ? undefined : key }, { replace: true })}
          items={resources.map((key) => ({
            key,
            label: (
              <>
                {tabs[key].title} <small>{tabs[key].count(programme, unit)}</small>
              </>
            ),
            children: tabs[key].body(programme),
          }))}
        />
      </div>
      {thing && <ThingDrawer key={address} thing={thing} programme={programme} />}
    </section>
  );
}
