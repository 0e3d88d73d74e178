import { Alert, Button, Form, Input, Progress } from 'antd';
import { useProof, useSnapshotProofs } from '../api/audit-calls';
import { useEvaluations } from '../api/evaluation-calls';
import type { LogProof } from '../api/types';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';

/** Has the log and the snapshots proved, and says what that proves. */
export function ProofPage() {
  const plan = usePlanHere();
  const session = useSession();
  const ofPlan = mayAnywhere(session, ['log.prove'], plan.plan);
  // The log has all plans: to prove it takes the right for all of them.
  const ofAll = session.roles.some(
    (role) =>
      role.plan === undefined &&
      !role.needsSecondFactor &&
      role.may.some(({ permission }) => permission === 'log.prove'),
  );
  return (
    <main className="page proof-page" data-testid="proof-page">
      <PageHead title={t('日志核验')} note={t('由服务器逐条重算，证明日志和评估存档没有被改动')} />
      {ofAll ? (
        <LogSection />
      ) : (
        <Alert
          type="info"
          showIcon
          title={ofPlan ? t('核验整个日志须有全部规划的审计权限') : t('您没有核验日志的权限')}
          description={t('日志含全部规划的记录；需要核验的，请联系安全管理员，或请全部规划的审计员办理')}
        />
      )}
      <SnapshotSection />
      <section className="card">
        <h2>{t('不靠本系统怎样核对')}</h2>
        <ol className="plain-list">
          <li>{t('把上面的封印（序号和 64 位哈希）抄在系统之外：会议纪要、公文或另一台机器。')}</li>
          <li>{t('日后把它填进“以前记下的封印”再核验：相符即证明到那一条为止，没有一条被改、被删、被插入。')}</li>
          <li>
            {t('拿到数据文件的副本后，可在另一台机器上运行：')}
            <code>tongjian verify-log --seal</code>
            {t('（后接封印），结果应当相同。')}
          </li>
          <li>
            {t(
              '每条的哈希 = SHA-256（前一条的哈希 + 序号、流、修订号、编号、类型、录入时间 + 内容），任何程序都可以重算。',
            )}
          </li>
        </ol>
        {ofPlan && (
          <p>
            <a href={`/api/events?plan=${encodeURIComponent(plan.plan)}`} download={`${plan.plan}-events.ndjson`}>
              {t('导出本规划的全部事件（每行一条，CloudEvents）')}
            </a>
            {ofAll && (
              <>
                {' · '}
                <a href="/api/events" download="events.ndjson">
                  {t('导出全部规划的事件')}
                </a>
              </>
            )}
          </p>
        )}
      </section>
    </main>
  );
}

function LogSection() {
  const proof = useProof();
  const { progress } = proof;
  const percent = progress?.head === undefined ? 0 : Math.floor((100 * progress.events) / Number(progress.head));
  return (
    <section className="card" data-testid="log-proof">
      <h2>{t('系统日志')}</h2>
      <Form<{ seal?: string }>
        layout="vertical"
        name="proof"
        className="own-form"
        onFinish={({ seal }) => proof.mutate(seal?.trim() || undefined)}
      >
        <Form.Item
          name="seal"
          label={t('以前记下的封印（可不填）')}
          extra={t('写作 序号:哈希，如 4526:9f86d0…；填写的，同时证明到那一条为止与当时相同')}
          rules={[{ pattern: /^\s*[1-9]\d{0,18}:[0-9a-f]{64}\s*$/, message: t('封印写作 序号:64 位小写十六进制') }]}
        >
          <Input allowClear maxLength={90} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={proof.isPending}>
          {t('核验整个日志')}
        </Button>
      </Form>
      {proof.isPending && (
        <div role="status">
          <Progress percent={percent} />
          {t('已核查 {{count}} 条', { count: progress?.events ?? 0 })}
        </div>
      )}
      {proof.error && <ProblemAlert error={proof.error} retry={() => proof.mutate(proof.variables)} />}
      {proof.data && <Outcome proof={proof.data} seal={proof.variables} />}
    </section>
  );
}

function Outcome({ proof, seal }: { readonly proof: LogProof; readonly seal: string | undefined }) {
  const { events, damage, seal: now } = proof;
  return (
    <div role="status" data-testid="log-proved">
      {damage ? (
        <>
          <p className="proof-bad">
            ✗{' '}
            {t('日志有损：系统记录序号 {{position}} 处不符（{{what}}）', {
              position: damage.position,
              what: damage.what,
            })}
          </p>
          <p>
            {t('前 {{count}} 条完好。请停止使用，由系统管理员用完好的备份恢复，并保留现在的文件备查。', {
              count: events,
            })}
          </p>
        </>
      ) : (
        <>
          <p className="proof-good">✓ {t('日志完好：全部 {{count}} 条逐条核查，无一改动', { count: events })}</p>
          <p>
            {seal === undefined
              ? t(
                  '这证明：每一条的内容与它的哈希相符，顺序没有变，中间没有缺少或插入。末尾是否被截去，要与以前记下的封印比较才能证明。',
                )
              : t('这证明：到封印所在的那一条为止，日志与记下封印时一字不差；其后的每一条也都与哈希链相符。')}
          </p>
        </>
      )}
      {now && (
        <p className="hash">
          {t('现在的封印：')}
          <code data-testid="seal">{`${now.position}:${now.chain}`}</code>
        </p>
      )}
    </div>
  );
}

function SnapshotSection() {
  const plan = usePlanHere();
  const evaluations = useEvaluations(plan.plan);
  const proofs = useSnapshotProofs(plan.plan);
  const list = (evaluations.data ?? []).flatMap(({ id, title, snapshots }) =>
    snapshots.map(({ number }) => ({ id, title, number })),
  );
  return (
    <section className="card" data-testid="snapshot-proofs">
      <h2>{t('评估存档')}</h2>
      {evaluations.error ? (
        <ProblemAlert error={evaluations.error} retry={() => void evaluations.refetch()} />
      ) : list.length === 0 ? (
        <p className="muted">{t('还没有评估存档')}</p>
      ) : (
        <>
          <p className="muted">{t('由日志按存档当时的条件重算一遍，内容哈希应当相同')}</p>
          <Button loading={proofs.isPending} onClick={() => proofs.mutate(list)}>
            {t('核验全部 {{count}} 份存档', { count: list.length })}
          </Button>
          {(proofs.isPending || proofs.done.length > 0) && (
            <Progress percent={Math.floor((100 * proofs.done.length) / list.length)} />
          )}
          <ul className="plain-list" aria-live="polite">
            {proofs.done.map(({ id, number, verification, error }) => {
              const title = list.find((each) => each.id === id)?.title ?? id;
              const name = t('{{title}} 第 {{number}} 份', { title, number });
              const isSound = verification?.reproduced === true && verification.stored === 'intact';
              return (
                <li key={`${id}/${number}`} className={isSound ? 'proof-good' : 'proof-bad'}>
                  {isSound
                    ? t('✓ {{name}}：由 {{count}} 条记录重算，哈希一致', { name, count: verification.events })
                    : error
                      ? t('✗ {{name}}：{{why}}', { name, why: error.message })
                      : t('✗ {{name}}：重算的结果或所存的文件不符', { name })}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}
