import { Link, useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { isCode } from '../api/client';
import { useEvent } from '../api/audit-calls';
import type { EventRecord } from '../api/types';
import { moment } from '../format';
import { meansWords } from '../figures/review-words';
import { AddressNotice } from '../shared/AddressNotice';
import { DemoTag } from '../shared/DemoTag';
import { EvidenceList } from '../shared/EvidenceList';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { unitName, usePlanHere } from '../state/scope';
import { EventSubject } from './EventSubject';
import { roleWord } from '../role-words';
import { said } from '../shared/said';

/** One event whole, with its place in the log. */
export function EventPage() {
  const plan = usePlanHere();
  const { position } = useParams({ from: '/p/$plan/audit/event/$position' });
  const event = useEvent(plan.plan, position);
  const list = `/p/${plan.plan}/audit`;
  if (isCode(event.error, 'audit.unknown-event') || isCode(event.error, 'position.malformed')) {
    return (
      <main className="page">
        <AddressNotice isPage text={event.error!.message} waysOut={[{ text: t('回到审计查询'), href: list }]} />
      </main>
    );
  }
  return (
    <main className="page event-page" data-testid="event" data-settled={!event.isFetching}>
      {event.error ? (
        <ProblemAlert error={event.error} retry={() => void event.refetch()} />
      ) : event.data ? (
        <Event record={event.data} list={list} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </main>
  );
}

function Event({ record, list }: { readonly record: EventRecord; readonly list: string }) {
  const { entry, chain, previous, next, schemaVersion, correlationId, causationId } = record;
  const { position, label, actor, reason, evidence, knownAt, recordedAt, backfilled, from, to, numbers } = entry;
  const plan = usePlanHere();
  const roles = actor.roles.map(roleWord).join(t('、'));
  return (
    <>
      <PageHead
        code={position}
        title={t(label)}
        crumbs={[{ title: t('审计查询'), href: list }]}
        note={
          <>
            {t('系统记录序号 {{position}}', { position })}
            {entry.demo && <DemoTag />}
          </>
        }
      >
        <Link to="/p/$plan" params={{ plan: plan.plan }} search={{ at: position }}>
          {t('看这条记录时的规划')}
        </Link>
      </PageHead>
      <section className="card">
        <h2>{t('改动')}</h2>
        <p>
          {t('对象：')}
          <EventSubject entry={entry} />
        </p>
        <div className="event-change">
          <div>
            <small className="muted">{t('原来')}</small>
            <p>{from === undefined ? t('没有') : said(from)}</p>
          </div>
          <div className="after">
            <small className="muted">{t('改为')}</small>
            <p>{to === undefined ? t('见内容') : said(to)}</p>
            {numbers?.numerator !== undefined && (
              <small className="muted">
                {t('分子 {{numerator}}，分母 {{denominator}}', {
                  numerator: numbers.numerator,
                  denominator: numbers.denominator ?? '',
                })}
              </small>
            )}
          </div>
        </div>
        <details>
          <summary>{t('事件的全部内容')}</summary>
          <pre className="event-data">{JSON.stringify(entry.data, undefined, 2)}</pre>
        </details>
      </section>
      <section className="card">
        <h2>{t('何人、何时、为何')}</h2>
        <dl className="facts">
          <dt>{t('经办人')}</dt>
          <dd>
            <Link to="/p/$plan/audit" params={{ plan: plan.plan }} search={{ person: actor.id }}>
              {actor.name}
            </Link>{' '}
            <code>{actor.id}</code>
          </dd>
          <dt>{t('当时的单位')}</dt>
          <dd>{actor.unit === undefined ? t('没有记载') : unitName(plan.units, actor.unit)}</dd>
          <dt>{t('当时的角色')}</dt>
          <dd>{roles === '' ? t('没有记载') : roles}</dd>
          <dt>{t('方式')}</dt>
          <dd>
            {actor.means === undefined ? t('没有记载') : (meansWords[actor.means] ?? actor.means)}
            {actor.token !== undefined && <code> {actor.token}</code>}
          </dd>
          <dt>{t('事由')}</dt>
          <dd>{reason ?? <span className="none">{t('未填事由')}</span>}</dd>
          <dt>{t('依据')}</dt>
          <dd>
            <EvidenceList plan={plan.plan} evidence={evidence} />
          </dd>
          <dt>{t('掌握时间')}</dt>
          <dd className="number">
            {moment(knownAt, plan.timeZone)}
            {backfilled && t('（补录：录入晚于掌握）')}
          </dd>
          <dt>{t('录入时间')}</dt>
          <dd className="number">{moment(recordedAt, plan.timeZone)}</dd>
        </dl>
      </section>
      <section className="card">
        <h2>{t('在日志中的位置')}</h2>
        <dl className="facts">
          <dt>{t('系统记录序号')}</dt>
          <dd className="number">{position}</dd>
          <dt>{t('流')}</dt>
          <dd>
            <code>{entry.stream}</code> {t('第 {{number}} 条', { number: entry.revision + 1 })}
          </dd>
          <dt>{t('同一流的前一条')}</dt>
          <dd>
            <Neighbour of={previous} absent={t('没有：这是第一条')} />
          </dd>
          <dt>{t('同一流的后一条')}</dt>
          <dd>
            <Neighbour of={next} absent={t('没有：这是最近一条')} />
          </dd>
          <dt>{t('前一条的哈希')}</dt>
          <dd className="hash">{chain ? <code>{chain.previous}</code> : t('日志不在本服务器的磁盘上，没有哈希链')}</dd>
          {chain && (
            <>
              <dt>{t('本条的哈希')}</dt>
              <dd className="hash">
                <code data-testid="event-hash">{chain.chain}</code>
                <small className="muted">{t('已由前一条的哈希和本条内容算得，与所存一致')}</small>
              </dd>
              <dt>{t('封印')}</dt>
              <dd className="hash">
                <code>{`${position}:${chain.chain}`}</code>
                <small className="muted">{t('记在系统之外，日后可据以证明到这一条为止一字未改')}</small>
              </dd>
            </>
          )}
          <dt>{t('事件编号')}</dt>
          <dd className="hash">
            <code>{entry.eventId}</code>
          </dd>
          <dt>{t('事件类型')}</dt>
          <dd>
            <code>{entry.type}</code> {t('第 {{version}} 版', { version: schemaVersion })}
          </dd>
          <dt>{t('命令编号')}</dt>
          <dd className="hash">
            <code>{entry.commandId}</code>
          </dd>
          <dt>{t('同属')}</dt>
          <dd className="hash">
            <code>{correlationId}</code>
            {causationId !== undefined && <code> ← {causationId}</code>}
          </dd>
        </dl>
      </section>
    </>
  );
}

function Neighbour({ of, absent }: { readonly of: EventRecord['previous']; readonly absent: string }) {
  const plan = usePlanHere();
  if (!of) return <span className="muted">{absent}</span>;
  return (
    <Link to="/p/$plan/audit/event/$position" params={{ plan: plan.plan, position: of.position }}>
      {of.position} {t(of.label)} {moment(of.recordedAt, plan.timeZone)}
    </Link>
  );
}
