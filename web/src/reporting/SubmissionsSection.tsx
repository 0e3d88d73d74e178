import { Button, Modal, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useFilter } from '../app/links';
import { useSubmissions } from '../api/submission-calls';
import type { Submission } from '../api/types';
import { moment } from '../format';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';
import { WithdrawalForm } from './WithdrawalForm';

const standingWords: Readonly<Record<Submission['standing'], string>> = {
  received: t('正在写入'),
  applied: t('已写入'),
  refused: t('被拒'),
  withdrawing: t('正在撤回'),
  withdrawn: t('已撤回'),
};

/** The reports that were sent, and their withdrawal. */
export function SubmissionsSection() {
  const { plan, timeZone } = usePlanHere();
  const session = useSession();
  const submissions = useSubmissions(plan);
  const [from, setFrom] = useFilter<'all'>('from');
  const [named] = useFilter('submission');
  const [withdrawn, setWithdrawn] = useState<Submission>();
  const rows = (submissions.data ?? [])
    .filter(({ received }) => received.kind === 'rows')
    .filter(({ person, id }) => from === 'all' || id === named || person === session.person)
    .toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
  const mayWithdraw = mayAnywhere(session, ['figures.withdraw', 'programme.report'], plan);
  return (
    <section className="card" aria-labelledby="submissions" data-testid="submissions">
      <h2 id="submissions">{t('报送记录')}</h2>
      <div className="data-tools">
        <Segmented
          size="small"
          aria-label={t('谁的报送')}
          value={from ?? 'own'}
          options={[
            { value: 'own', label: t('我的') },
            { value: 'all', label: t('全部') },
          ]}
          onChange={(value) => setFrom(value === 'all' ? 'all' : undefined)}
        />
      </div>
      {submissions.error ? (
        <ProblemAlert error={submissions.error} retry={() => void submissions.refetch()} />
      ) : !submissions.data ? (
        <Skeleton active paragraph={{ rows: 3 }} title={false} />
      ) : rows.length === 0 ? (
        <p className="muted">{t('还没有报送过：填表提交、导入工作簿后，记录在这里，可整次撤回')}</p>
      ) : (
        <div className="scroll-x">
          <table className="plain-table" aria-label={t('报送记录')}>
            <thead>
              <tr>
                <th scope="col">{t('报送')}</th>
                <th scope="col">{t('时间')}</th>
                <th scope="col">{t('报送人')}</th>
                <th scope="col" className="number">
                  {t('写入')}
                </th>
                <th scope="col">{t('状态')}</th>
                <th scope="col">{t('操作')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((submission) => {
                const { id, received, by, receivedAt, standing, withdrawal } = submission;
                return (
                  <tr key={id} className={id === named ? 'named' : undefined} data-submission={id}>
                    <th scope="row">
                      {received.title} <code title={id}>{id.slice(0, 8)}</code>
                    </th>
                    <td className="number">{moment(receivedAt, timeZone)}</td>
                    <td>{by}</td>
                    <td className="number">{t('{{count}} 项', { count: received.events })}</td>
                    <td>
                      {standingWords[standing]}
                      {withdrawal && (
                        <small className="muted">
                          {t('{{who}} {{when}}：{{reason}}', {
                            who: withdrawal.by,
                            when: moment(withdrawal.at, timeZone),
                            reason: withdrawal.reason,
                          })}
                          {withdrawal.left.length > 0 && t('；保留 {{count}} 行', { count: withdrawal.left.length })}
                        </small>
                      )}
                    </td>
                    <td>
                      {standing === 'applied' && mayWithdraw && (
                        <Button size="small" danger onClick={() => setWithdrawn(submission)}>
                          {t('撤回')}
                        </Button>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <Modal
        open={withdrawn !== undefined}
        title={t('撤回报送：{{title}}', { title: withdrawn?.received.title ?? '' })}
        footer={null}
        destroyOnHidden
        onCancel={() => setWithdrawn(undefined)}
      >
        {withdrawn && <WithdrawalForm plan={plan} submission={withdrawn} onEnd={() => setWithdrawn(undefined)} />}
      </Modal>
    </section>
  );
}
