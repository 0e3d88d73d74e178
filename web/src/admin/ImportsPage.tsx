import { Button, Modal, Select } from 'antd';
import { useSubmissions } from '../api/submission-calls';
import type { PlanDocument, Submission } from '../api/types';
import { useFilter } from '../app/links';
import { moment } from '../format';
import { WithdrawalForm } from '../reporting/WithdrawalForm';
import { DataTable, type Column } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { mayAnywhere, useSession } from '../state/session';
import { PlanPage } from './PlanPage';
import { saidOf } from '../shared/said';

type Kind = Submission['received']['kind'];
const kindWords: Readonly<Record<Kind, string>> = { folder: t('规划文件夹'), rows: t('单位报送') };
const standingWords: Readonly<Record<Submission['standing'], string>> = {
  received: t('已收到，正在写入'),
  applied: t('已写入'),
  refused: t('被拒绝，没有写入'),
  withdrawing: t('正在撤回'),
  withdrawn: t('已撤回'),
};

/** Everything that was loaded into a plan: when, by whom, what it brought, with which warnings. */
export function ImportsPage() {
  return (
    <PlanPage title={t('导入记录')} note={t('装载的规划文件夹和单位报送，每次整体写入或整体拒绝')}>
      {(plan) => <Submissions plan={plan} />}
    </PlanPage>
  );
}

function Submissions({ plan }: { readonly plan: PlanDocument }) {
  const submissions = useSubmissions(plan.plan);
  const [kind, setKind] = useFilter<Kind>('kind');
  const [open, setOpen] = useFilter<string>('id');
  if (submissions.error) return <ProblemAlert error={submissions.error} retry={() => void submissions.refetch()} />;
  const all = (submissions.data ?? []).toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
  const rows = all.filter(({ received }) => kind === undefined || received.kind === kind);
  const columns: Column<Submission>[] = [
    {
      key: 'at',
      title: t('时间'),
      sortBy: ({ receivedAt }) => receivedAt,
      cell: ({ receivedAt }) => moment(receivedAt, plan.timeZone),
    },
    {
      key: 'title',
      title: t('名称'),
      cell: ({ id, received, demo }) => (
        <Button type="link" size="small" className="wrapping" onClick={() => setOpen(id)}>
          {received.title}
          {demo && t('（示例）')}
        </Button>
      ),
    },
    { key: 'kind', title: t('种类'), cell: ({ received }) => kindWords[received.kind] },
    { key: 'by', title: t('经办'), sortBy: ({ by }) => by, cell: ({ by }) => by },
    {
      key: 'events',
      title: t('事件'),
      isNumber: true,
      sortBy: ({ received }) => received.events,
      cell: ({ received }) => received.events,
    },
    {
      key: 'warnings',
      title: t('接受的警告'),
      isNumber: true,
      cell: ({ received }) => received.warnings.length,
    },
    { key: 'standing', title: t('状态'), cell: ({ standing }) => standingWords[standing] },
  ];
  const chosen = all.find(({ id }) => id === open);
  return (
    <>
      <DataTable
        caption={t('导入记录')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        total={t('导入 {{count}} 次', { count: rows.length })}
        empty={all.length === 0 ? t('还没有导入') : t('没有这种导入')}
        isLoading={submissions.isPending}
        current={open}
        tools={
          <Select<Kind>
            size="small"
            allowClear
            className="kind-select"
            aria-label={t('种类')}
            placeholder={t('全部种类')}
            value={kind}
            onChange={setKind}
            options={(Object.keys(kindWords) as Kind[]).map((value) => ({ value, label: kindWords[value] }))}
          />
        }
      />
      <Modal
        open={open !== undefined && submissions.data !== undefined}
        title={chosen?.received.title ?? t('没有这次导入')}
        footer={null}
        width={760}
        destroyOnHidden
        onCancel={() => setOpen(undefined)}
      >
        {chosen ? (
          <Detail submission={chosen} plan={plan} onEnd={() => setOpen(undefined)} />
        ) : (
          <p>{t('规划没有导入 {{id}}：请核对链接', { id: open ?? '' })}</p>
        )}
      </Modal>
    </>
  );
}

interface DetailProps {
  readonly submission: Submission;
  readonly plan: PlanDocument;
  readonly onEnd: () => void;
}

function Detail({ submission, plan, onEnd }: DetailProps) {
  const session = useSession();
  const mayWithdraw = mayAnywhere(session, ['figures.withdraw', 'programme.report'], plan.plan);
  const { id, received, by, receivedAt, standing, accepted, problems = [], withdrawal } = submission;
  return (
    <div className="submission-detail">
      <p>
        {t('{{by}} 于 {{at}} 办理：命令 {{commands}} 条，写入事件 {{events}} 个。{{standing}}', {
          by,
          at: moment(receivedAt, plan.timeZone),
          commands: received.commands,
          events: received.events,
          standing: standingWords[standing],
        })}
      </p>
      <p className="muted">
        {t('编号')} <code>{id}</code> · {t('内容哈希')} <code>{received.contentHash}</code>
      </p>
      {received.warnings.length > 0 && (
        <section>
          <h3>
            {accepted
              ? t('接受的警告 {{count}} 条（{{by}}，{{at}}）', {
                  count: received.warnings.length,
                  by: accepted.by,
                  at: moment(accepted.at, plan.timeZone),
                })
              : t('警告 {{count}} 条', { count: received.warnings.length })}
          </h3>
          <ul className="plain-list">
            {received.warnings.map((warning) => (
              <li key={warning.id}>{saidOf(warning)}</li>
            ))}
          </ul>
        </section>
      )}
      {problems.length > 0 && (
        <section>
          <h3>{t('拒绝的原因')}</h3>
          <ul className="plain-list">
            {problems.map(({ code, message }) => (
              <li key={`${code} ${message}`}>{saidOf({ code, message })}</li>
            ))}
          </ul>
        </section>
      )}
      {withdrawal && (
        <section>
          <h3>{t('撤回')}</h3>
          <p>
            {t('{{by}} 于 {{at}} 撤回：{{reason}}', {
              by: withdrawal.by,
              at: moment(withdrawal.at, plan.timeZone),
              reason: withdrawal.reason,
            })}
            {withdrawal.left.length > 0 && t('；保留 {{count}} 行', { count: withdrawal.left.length })}
          </p>
        </section>
      )}
      {received.kind === 'rows' && standing === 'applied' && mayWithdraw && (
        <section>
          <h3>{t('撤回这次报送')}</h3>
          <WithdrawalForm plan={plan.plan} submission={submission} onEnd={onEnd} />
        </section>
      )}
      {received.kind === 'folder' && (
        <p className="muted">{t('规划文件夹不撤回：修改文件夹后再次装载，差异逐项写入并留痕')}</p>
      )}
    </div>
  );
}
