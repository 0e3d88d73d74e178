import { Button } from 'antd';
import { useFeedOutcomes, useFeeds, useRunFeed } from '../api/feed-calls';
import type { Feed, FeedOutcome, PlanDocument } from '../api/types';
import { useFilter } from '../app/links';
import { moment } from '../format';
import { AddressNotice } from '../shared/AddressNotice';
import { CommandButton } from '../shared/command/CommandButton';
import { DataTable } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { FeedDifferences } from './FeedDifferences';
import { FeedFormButton } from './FeedFormButton';
import { planPlace } from './plan-choices';
import { PlanPage } from './PlanPage';

/** The sources that are fetched by a schedule, and how they fare. */
export function FeedsPage() {
  return (
    <PlanPage
      title={t('数据源')}
      note={t('定时获取 CSV 或 JSON 数据；新的数据待审核，与已报不同的只列出，不更改')}
      actions={(plan) => <FeedFormButton plan={plan} />}
    >
      {(plan) => <Feeds plan={plan} />}
    </PlanPage>
  );
}

function Feeds({ plan }: { readonly plan: PlanDocument }) {
  const found = useFeeds(plan.plan);
  const [chosen, choose] = useFilter('id');
  const running = useRunFeed(plan.plan);
  if (found.error) return <ProblemAlert error={found.error} retry={() => void found.refetch()} />;
  const rows = found.data ?? [];
  const current = rows.find(({ id }) => id === chosen);
  return (
    <>
      {running.error && <ProblemAlert error={running.error} />}
      <section className="card rules-section" aria-labelledby="feeds">
        <h2 id="feeds">{t('数据源')}</h2>
        <DataTable<Feed>
          caption={t('数据源')}
          rows={rows}
          rowKey={({ id }) => id}
          current={chosen}
          total={t('数据源 {{count}} 个', { count: rows.length })}
          empty={t('还没有数据源：设定后按时获取，所得数据待审核')}
          isLoading={found.isPending}
          columns={[
            {
              key: 'id',
              title: t('编号'),
              sortBy: ({ id }) => id,
              cell: ({ id }) => <span className="code">{id}</span>,
            },
            {
              key: 'name',
              title: t('名称'),
              cell: ({ name, address, folder }) => (
                <>
                  {name}
                  <br />
                  <small className="muted webhook-url">
                    {address ?? t('文件夹 {{folder}}', { folder: folder ?? '' })}
                  </small>
                </>
              ),
            },
            { key: 'standing', title: t('情况'), cell: (feed) => <Standing feed={feed} plan={plan} /> },
            {
              key: 'next',
              title: t('下次获取'),
              cell: ({ standing, next }) => (standing === 'paused' ? t('已停用') : moment(next, plan.timeZone)),
            },
            {
              key: 'act',
              title: t('办理'),
              cell: (feed) => (
                <Acts
                  feed={feed}
                  plan={plan}
                  isChosen={chosen === feed.id}
                  onChoose={() => choose(chosen === feed.id ? undefined : feed.id)}
                  isRunning={running.isPending && running.variables === feed.id}
                  onRun={() => running.mutate(feed.id)}
                />
              ),
            },
          ]}
        />
      </section>
      {current && <FeedDifferences plan={plan} feed={current} />}
      {current && <Outcomes plan={plan} id={current.id} />}
      {chosen !== undefined && found.data && !current && (
        <AddressNotice
          text={t('没有数据源 {{id}}，或已删除', { id: chosen })}
          waysOut={[{ text: t('看全部数据源'), change: { id: undefined } }]}
        />
      )}
    </>
  );
}

function Standing({ feed, plan }: { readonly feed: Feed; readonly plan: PlanDocument }) {
  const { failure, taken, checkedAt, isUnderway } = feed;
  return (
    <>
      {isUnderway && <p>{t('正在获取')}</p>}
      {failure && (
        <div className="grave">
          {t('自 {{since}} 起失败 {{count}} 次：{{message}}', {
            since: moment(failure.since, plan.timeZone),
            count: failure.times,
            message: failure.message,
          })}
        </div>
      )}
      {failure && failure.problems.length > 0 && failure.problems[0]!.message !== failure.message && (
        <ul className="muted">
          {failure.problems.slice(0, 5).map(({ message, row }) => (
            <li key={`${row ?? ''} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
      {taken ? (
        <>
          <Counts counts={taken.counts} />
          <br />
          <small className="muted">
            {t('{{at}} 报送', { at: moment(taken.at, plan.timeZone) })}
            {checkedAt !== undefined &&
              checkedAt !== taken.at &&
              t('；{{at}} 再次获取，没有变化', { at: moment(checkedAt, plan.timeZone) })}
          </small>
        </>
      ) : (
        !failure && !isUnderway && t('尚未获取')
      )}
    </>
  );
}

const Counts = ({ counts }: Pick<NonNullable<Feed['taken']>, 'counts'>) =>
  t('新增 {{fresh}}，不变 {{unchanged}}，与已报不同 {{differing}}', {
    fresh: counts.new,
    unchanged: counts.unchanged,
    differing: counts.differing,
  });

interface ActsProps {
  readonly feed: Feed;
  readonly plan: PlanDocument;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly isRunning: boolean;
  readonly onRun: () => void;
}

function Acts({ feed, plan, isChosen, onChoose, isRunning, onRun }: ActsProps) {
  const { id, standing } = feed;
  const place = planPlace(plan);
  const isPaused = standing === 'paused';
  return (
    <span className="row-actions">
      <Button size="small" aria-pressed={isChosen} onClick={onChoose}>
        {t('获取记录')}
      </Button>
      <Button size="small" loading={isRunning} onClick={onRun}>
        {t('现在获取')}
      </Button>
      <FeedFormButton plan={plan} feed={feed} />
      <CommandButton
        command={isPaused ? 'resumeFeed' : 'pauseFeed'}
        text={isPaused ? t('恢复') : t('停用')}
        place={place}
        path={{ id }}
        fields={['reason']}
      />
      <CommandButton
        command="removeFeed"
        text={t('删除')}
        place={place}
        path={{ id }}
        fields={['reason']}
        alsoRequired={['reason']}
        isDangerous
      />
    </span>
  );
}

function Outcomes({ plan, id }: { readonly plan: PlanDocument; readonly id: string }) {
  const found = useFeedOutcomes(plan.plan, id);
  if (found.error) return <ProblemAlert error={found.error} retry={() => void found.refetch()} />;
  const rows = found.data ?? [];
  return (
    <section className="card rules-section" aria-labelledby="outcomes">
      <h2 id="outcomes">{t('数据源 {{id}} 的获取记录', { id })}</h2>
      <DataTable<FeedOutcome>
        caption={t('获取记录')}
        rows={rows}
        rowKey={({ position }) => position}
        total={t('近期 {{count}} 次；没有变化的不列', { count: rows.length })}
        empty={t('还没有获取')}
        isLoading={found.isPending}
        columns={[
          { key: 'at', title: t('时间'), cell: ({ at }) => moment(at, plan.timeZone) },
          {
            key: 'kind',
            title: t('结果'),
            cell: ({ kind }) => (kind === 'taken' ? t('已报送') : <span className="grave">{t('失败')}</span>),
          },
          {
            key: 'what',
            title: t('说明'),
            cell: (outcome) =>
              outcome.kind === 'taken' ? (
                <>
                  <Counts counts={outcome.taken.counts} />
                  {outcome.taken.gained.length > 0 && (
                    <small className="muted">
                      {' '}
                      {t('新列 {{columns}}', { columns: outcome.taken.gained.join(t('、')) })}
                    </small>
                  )}
                  {outcome.taken.lost.length > 0 && (
                    <small className="muted">
                      {' '}
                      {t('少列 {{columns}}', { columns: outcome.taken.lost.join(t('、')) })}
                    </small>
                  )}
                </>
              ) : (
                outcome.failed.message
              ),
          },
          {
            key: 'submission',
            title: t('报送编号'),
            cell: (outcome) => (outcome.kind === 'taken' ? (outcome.taken.submission ?? '—') : '—'),
          },
        ]}
      />
    </section>
  );
}
