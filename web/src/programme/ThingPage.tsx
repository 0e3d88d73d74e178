import { useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { isCode } from '../api/client';
import { useThing, type Resource, type Thing, type ThingOf } from '../api/programme-calls';
import type { SearchHit } from '../api/types';
import { FollowButton } from '../follows/FollowButton';
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
import type { Reported } from './WithdrawReport';

const kinds: Readonly<
  Record<Resource, { readonly one: string; readonly list: string; readonly follow: SearchHit['kind'] }>
> = {
  promises: { one: t('规划任务目标'), list: t('规划任务目标'), follow: 'promise' },
  projects: { one: t('项目'), list: t('重大项目'), follow: 'project' },
  policies: { one: t('政策'), list: t('政策改革'), follow: 'policy' },
  tasks: { one: t('任务'), list: t('重点任务'), follow: 'task' },
  findings: { one: t('问题'), list: t('问题与核查'), follow: 'finding' },
};

/** One promise, project, policy, task or finding: printed words, progress, what is about it, and its trail. */
export function ThingPage() {
  const { resource, id } = useParams({ from: '/p/$plan/reading/$resource/$id' });
  const { plan } = useScope();
  if (isResource(resource)) return <OneThing key={`${resource} ${id}`} thing={{ resource, id }} />;
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

function OneThing({ thing }: { readonly thing: ThingOf }) {
  const { resource, id } = thing;
  const { plan, period, moment, momentText } = useScope();
  const { data, error, refetch } = useThing({ plan: plan.plan, period, moment }, thing);
  const { one, list, follow } = kinds[resource];
  if (isCode(error, 'document.unknown')) {
    return (
      <AddressNotice
        isPage
        text={t('截至 {{moment}} 掌握的数据，规划没有{{kind}} {{id}}', { moment: momentText, kind: one, id })}
        waysOut={[{ text: t('看{{list}}', { list }), href: `/p/${plan.plan}/${resource}` }]}
      />
    );
  }
  if (error) return <ProblemAlert error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 10 }} />;
  const { until, checks, findings } = data.found;
  const { name, body, acted } = shownOf(data);
  return (
    <article data-testid="thing" className="detail">
      <PageHead
        code={id}
        title={name}
        crumbs={[{ title: list, href: `/p/${plan.plan}/${resource}` }]}
        note={t('{{kind}} · 事项计至 {{until}} · 截至 {{moment}} 掌握的数据', {
          kind: one,
          until,
          moment: momentText,
        })}
      >
        <FollowButton kind={follow} id={id} />
      </PageHead>
      {acted && <Actions thing={acted} />}
      <div className="detail-body card">
        {body}
        <Related checks={checks} findings={findings} />
        <ThingTrail thing={thing} acted={acted && isReported(acted) ? acted : undefined} />
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

const isReported = (acted: Acted): acted is Reported => acted.kind !== 'findings';

interface Shown {
  readonly name: string;
  readonly body: ReactNode;
  readonly acted?: Acted;
}

function shownOf({ resource, found }: Thing): Shown {
  switch (resource) {
    case 'promises':
      return { name: found.item.statement, body: <PromiseDetail promise={found.item} /> };
    case 'projects': {
      const { id, name, unit, standing } = found.item;
      return { name, body: <ProjectDetail found={found} />, acted: { kind: resource, id, name, unit, standing } };
    }
    case 'policies': {
      const { id, name, owner: unit, standing } = found.item;
      const body = <PolicyDetail policy={found.item} />;
      return { name, body, acted: { kind: resource, id, name, unit, standing } };
    }
    case 'tasks': {
      const { id, title: name, owner: unit, standing } = found.item;
      return { name, body: <TaskDetail found={found} />, acted: { kind: resource, id, name, unit, standing } };
    }
    case 'findings': {
      const { id, title: name, owner: unit, standing } = found.item;
      const body = <FindingDetail finding={found.item} />;
      return { name, body, acted: { kind: resource, id, name, unit, standing } };
    }
  }
}
