import { useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import type { Resource, ThingOf } from '../api/programme-calls';
import { useOverview } from '../api/queries';
import type { Programme } from '../api/types';
import { AddressNotice } from '../shared/AddressNotice';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useScope } from '../state/scope';
import { FindingDetail } from './FindingDetail';
import { PolicyDetail } from './PolicyDetail';
import { ProjectDetail } from './ProjectDetail';
import { PromiseDetail } from './PromiseDetail';
import { Related } from './Related';
import { TaskDetail } from './TaskDetail';
import { ThingActions, useActionsFor, type Acted } from './ThingActions';
import { isResource } from './things';
import { ThingTrail } from './ThingTrail';

const kinds: Readonly<Record<Resource, { readonly one: string; readonly list: string }>> = {
  promises: { one: t('规划任务目标'), list: t('规划任务目标') },
  projects: { one: t('项目'), list: t('重大项目') },
  policies: { one: t('政策'), list: t('政策改革') },
  tasks: { one: t('任务'), list: t('重点任务') },
  findings: { one: t('问题'), list: t('问题与核查') },
};

/** One promise, project, policy, task or finding: printed words, progress, what is about it, and its trail. */
export function ThingPage() {
  const { resource, id } = useParams({ from: '/p/$plan/reading/$resource/$id' });
  const { plan } = useScope();
  if (isResource(resource)) return <Thing key={`${resource} ${id}`} thing={{ resource, id }} />;
  return (
    <AddressNotice
      isPage
      text={t('没有栏目 {{resource}}：可用 {{known}}', {
        resource,
        known: Object.entries(kinds)
          .map(([key, { list }]) => t('{{key}}（{{list}}）', { key, list }))
          .join(t('、')),
      })}
      waysOut={[{ text: t('看总览'), href: `/p/${plan.plan}` }]}
    />
  );
}

function Thing({ thing }: { readonly thing: ThingOf }) {
  const { resource, id } = thing;
  const { plan, period, moment, momentText } = useScope();
  const overview = useOverview(plan.plan, period, moment);
  const programme = overview.data?.programme;
  if (overview.error) return <ProblemAlert error={overview.error} retry={() => void overview.refetch()} />;
  if (!programme) return <Skeleton active paragraph={{ rows: 10 }} />;
  const found = lookUp(thing, programme);
  const { one, list } = kinds[resource];
  if (!found) {
    return (
      <AddressNotice
        isPage
        text={t('截至 {{moment}} 掌握的数据，规划没有{{kind}} {{id}}', { moment: momentText, kind: one, id })}
        waysOut={[{ text: t('看{{list}}', { list }), href: `/p/${plan.plan}/${resource}` }]}
      />
    );
  }
  return (
    <article data-testid="thing" className="detail">
      <PageHead
        code={id}
        title={found.name}
        crumbs={[{ title: list, href: `/p/${plan.plan}/${resource}` }]}
        note={t('{{kind}} · 事项计至 {{until}} · 截至 {{moment}} 掌握的数据', {
          kind: one,
          until: programme.until,
          moment: momentText,
        })}
      />
      {found.acted && <Actions thing={found.acted} />}
      <div className="detail-body card">
        {found.body}
        <Related thing={thing} programme={programme} />
        <ThingTrail thing={thing} acted={found.acted} />
      </div>
    </article>
  );
}

/** What the person may register of the thing: only today, for what happens is not written into the past. */
function Actions({ thing }: { readonly thing: Acted }) {
  const { asOf, atPosition } = useScope().moment;
  const offered = useActionsFor(thing);
  if (offered.length === 0) return null;
  if (asOf === undefined && atPosition === undefined) {
    return (
      <section className="card" aria-label={t('登记')} data-testid="actions">
        <ThingActions thing={thing} />
      </section>
    );
  }
  return <p className="muted">{t('正在看过去：要登记进展，请先回到今日')}</p>;
}

interface Found {
  readonly name: string;
  readonly body: ReactNode;
  readonly acted?: Acted;
}

function lookUp({ resource, id }: ThingOf, programme: Programme): Found | undefined {
  const of = <Item extends { readonly id: string }>(list: readonly Item[]) => list.find((item) => item.id === id);
  switch (resource) {
    case 'promises': {
      const promise = of(programme.promises.list);
      return promise && { name: promise.statement, body: <PromiseDetail promise={promise} /> };
    }
    case 'projects': {
      const project = of(programme.projects.list);
      if (!project) return undefined;
      const { name, unit, standing } = project;
      return {
        name,
        body: <ProjectDetail project={project} programme={programme} />,
        acted: { kind: resource, id, name, unit, standing },
      };
    }
    case 'policies': {
      const policy = of(programme.policies.list);
      if (!policy) return undefined;
      const { name, owner: unit, standing } = policy;
      return { name, body: <PolicyDetail policy={policy} />, acted: { kind: resource, id, name, unit, standing } };
    }
    case 'tasks': {
      const task = of(programme.tasks.list);
      if (!task) return undefined;
      const { title: name, owner: unit, standing } = task;
      return {
        name,
        body: <TaskDetail task={task} programme={programme} />,
        acted: { kind: resource, id, name, unit, standing },
      };
    }
    case 'findings': {
      const finding = of(programme.findings);
      return finding && { name: finding.title, body: <FindingDetail finding={finding} programme={programme} /> };
    }
  }
}
