import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import type { ThingOf } from '../api/programme-calls';
import type { Programme } from '../api/types';
import { AddressNotice } from '../shared/AddressNotice';
import { useScope } from '../state/scope';
import { FindingDetail } from './FindingDetail';
import { PolicyDetail } from './PolicyDetail';
import { ProjectDetail } from './ProjectDetail';
import { PromiseDetail } from './PromiseDetail';
import { Related } from './Related';
import { TaskDetail } from './TaskDetail';
import { closeThing } from './things';
import { ThingTrail } from './ThingTrail';

interface Props {
  readonly thing: ThingOf;
  readonly programme: Programme;
}

const kinds = { promises: '承诺', projects: '项目', policies: '政策', tasks: '任务', findings: '问题' } as const;

/** Drawer with the detail of one programme item, related findings and its audit trail. */
export function ThingDrawer({ thing, programme }: Props) {
  const { momentText } = useScope();
  const found = lookUp(thing, programme);
  return (
    <Drawer
      open
      size="min(1040px, 100vw)"
      rootClassName="detail thing"
      onClose={closeThing}
      title={
        <span className="detail-title">
          <span className="code">{thing.id}</span> {found?.name ?? kinds[thing.resource]}
        </span>
      }
    >
      <div className="detail-body" data-testid="thing">
        <p className="muted detail-scope">
          {kinds[thing.resource]} · 事项计至 {programme.until} · 截至 {momentText} 所知
        </p>
        {found ? (
          <>
            {found.body}
            <Related thing={thing} programme={programme} />
            <ThingTrail thing={thing} />
          </>
        ) : (
          <AddressNotice
            text={`截至 ${momentText}，规划没有${kinds[thing.resource]} ${thing.id}`}
            wayOut={{ text: '关闭', change: { thing: undefined } }}
          />
        )}
      </div>
    </Drawer>
  );
}

function lookUp({ resource, id }: ThingOf, programme: Programme): { name: string; body: ReactNode } | undefined {
  const of = <Thing extends { readonly id: string }>(list: readonly Thing[]) => list.find((thing) => thing.id === id);
  switch (resource) {
    case 'promises': {
      const promise = of(programme.promises.list);
      return promise && { name: promise.statement, body: <PromiseDetail promise={promise} /> };
    }
    case 'projects': {
      const project = of(programme.projects.list);
      return project && { name: project.name, body: <ProjectDetail project={project} programme={programme} /> };
    }
    case 'policies': {
      const policy = of(programme.policies.list);
      return policy && { name: policy.name, body: <PolicyDetail policy={policy} /> };
    }
    case 'tasks': {
      const task = of(programme.tasks.list);
      return task && { name: task.title, body: <TaskDetail task={task} programme={programme} /> };
    }
    case 'findings': {
      const finding = of(programme.findings);
      return finding && { name: finding.title, body: <FindingDetail finding={finding} programme={programme} /> };
    }
  }
}
