import { Alert, Button, Popconfirm } from 'antd';
import { useDeliveries, useMakeWebhookSecret, usePingWebhook, useWebhooks } from '../api/webhook-calls';
import { OnceShown } from '../account/OnceShown';
import type { Delivery, PlanDocument, Webhook } from '../api/types';
import { useFilter } from '../app/links';
import { moment } from '../format';
import { AddressNotice } from '../shared/AddressNotice';
import { CommandButton } from '../shared/command/CommandButton';
import { DataTable } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { deliveryWords, reminderWords } from '../words';
import { planPlace } from './plan-choices';
import { PlanPage } from './PlanPage';

const fields = ['url', 'tells', 'daysBefore', 'reason'];

/** To which systems it is told what units owe, and whether it arrives. */
export function WebhooksPage() {
  return (
    <PlanPage
      title={t('消息推送')}
      note={t('报送到期、逾期、报齐时告知其他系统；消息经签名，不含人员')}
      actions={(plan) => (
        <CommandButton command="setWebhook" text={t('登记推送')} place={planPlace(plan)} fields={fields}>
          <p className="muted">{t('登记后须签发密钥，此前不发送；用已有的编号，即修改那一项')}</p>
        </CommandButton>
      )}
    >
      {(plan) => <Webhooks plan={plan} />}
    </PlanPage>
  );
}

function Webhooks({ plan }: { readonly plan: PlanDocument }) {
  const found = useWebhooks(plan.plan);
  const [chosen, choose] = useFilter('id');
  const making = useMakeWebhookSecret(plan.plan);
  const pinging = usePingWebhook(plan.plan);
  if (found.error) return <ProblemAlert error={found.error} retry={() => void found.refetch()} />;
  const rows = found.data ?? [];
  const place = planPlace(plan);
  const failed = making.error ?? pinging.error;
  return (
    <>
      {making.data && (
        <OnceShown
          title={t('推送 {{id}} 的密钥已签发：请填入接收的系统', { id: making.data.id })}
          text={making.data.secret}
          onSaved={() => making.reset()}
        />
      )}
      {failed && <ProblemAlert error={failed} />}
      {pinging.data && (
        <Alert
          showIcon
          closable
          role="status"
          type={pinging.data.delivered ? 'success' : 'error'}
          title={
            pinging.data.delivered
              ? t('推送 {{id}} 试推送已送达', { id: pinging.data.id })
              : t('推送 {{id}} 试推送没有送达：{{why}}', { id: pinging.data.id, why: pinging.data.why ?? '' })
          }
        />
      )}
      <section className="card rules-section" aria-labelledby="webhooks">
        <h2 id="webhooks">{t('推送')}</h2>
        <DataTable<Webhook>
          caption={t('推送')}
          rows={rows}
          rowKey={({ id }) => id}
          current={chosen}
          total={t('推送 {{count}} 项', { count: rows.length })}
          empty={t('还没有推送：登记后，到期和逾期会告知所登记的系统')}
          isLoading={found.isPending}
          columns={[
            {
              key: 'id',
              title: t('编号'),
              sortBy: ({ id }) => id,
              cell: ({ id }) => <span className="code">{id}</span>,
            },
            { key: 'url', title: t('推送地址'), cell: ({ url }) => <span className="webhook-url">{url}</span> },
            {
              key: 'tells',
              title: t('推送内容'),
              cell: ({ tells, daysBefore }) => (
                <>
                  {tells.map((state) => reminderWords[state]).join(t('、'))}
                  {tells.includes('due-soon') && (
                    <small className="muted"> {t('提前 {{days}} 天', { days: daysBefore })}</small>
                  )}
                </>
              ),
            },
            { key: 'standing', title: t('送达情况'), cell: (webhook) => <Standing webhook={webhook} plan={plan} /> },
            {
              key: 'act',
              title: t('办理'),
              cell: ({ id, url, tells, daysBefore, hasSecret }) => (
                <span className="row-actions">
                  <Button
                    size="small"
                    aria-pressed={chosen === id}
                    onClick={() => choose(chosen === id ? undefined : id)}
                  >
                    {t('最近消息')}
                  </Button>
                  <SecretButton
                    id={id}
                    hasSecret={hasSecret}
                    isMaking={making.isPending && making.variables === id}
                    onMake={() => making.mutate(id)}
                  />
                  {hasSecret && (
                    <Button
                      size="small"
                      loading={pinging.isPending && pinging.variables === id}
                      onClick={() => pinging.mutate(id)}
                    >
                      {t('试推送')}
                    </Button>
                  )}
                  <CommandButton
                    command="setWebhook"
                    text={t('修改')}
                    place={place}
                    path={{ id }}
                    fields={fields}
                    initial={{ url, tells, daysBefore }}
                  />
                  <CommandButton
                    command="removeWebhook"
                    text={t('取消推送')}
                    place={place}
                    path={{ id }}
                    fields={['reason']}
                    alsoRequired={['reason']}
                    isDangerous
                  />
                </span>
              ),
            },
          ]}
        />
      </section>
      {chosen !== undefined &&
        found.data &&
        (rows.some(({ id }) => id === chosen) ? (
          <Deliveries plan={plan} id={chosen} />
        ) : (
          <AddressNotice
            text={t('没有推送 {{id}}，或已取消', { id: chosen })}
            waysOut={[{ text: t('看全部推送'), change: { id: undefined } }]}
          />
        ))}
    </>
  );
}

function Standing({ webhook, plan }: { readonly webhook: Webhook; readonly plan: PlanDocument }) {
  const { hasSecret, messages, failure } = webhook;
  const counted = (Object.keys(deliveryWords) as (keyof typeof deliveryWords)[]).filter((each) => messages[each] > 0);
  if (!hasSecret) return <span className="grave">{t('还没有密钥，不发送')}</span>;
  return (
    <>
      {counted.length === 0
        ? t('还没有消息')
        : counted
            .map((each) => t('{{what}} {{count}}', { what: deliveryWords[each], count: messages[each] }))
            .join(t('、'))}
      {failure && (
        <small className="grave">
          {' '}
          {moment(failure.at, plan.timeZone)} {failure.why}
        </small>
      )}
    </>
  );
}

interface SecretProps {
  readonly id: string;
  readonly hasSecret: boolean;
  readonly isMaking: boolean;
  readonly onMake: () => void;
}

/** The first secret is made at once; to replace one is asked, for the receiver has to know the new one. */
function SecretButton({ id, hasSecret, isMaking, onMake }: SecretProps) {
  if (!hasSecret) {
    return (
      <Button size="small" type="primary" loading={isMaking} onClick={onMake}>
        {t('签发密钥')}
      </Button>
    );
  }
  return (
    <Popconfirm
      title={t('更换推送 {{id}} 的密钥？', { id })}
      description={t('此后只以新密钥签名：接收的系统须随即换用')}
      okText={t('更换密钥')}
      cancelText={t('取消')}
      onConfirm={onMake}
    >
      <Button size="small" loading={isMaking}>
        {t('更换密钥')}
      </Button>
    </Popconfirm>
  );
}

function Deliveries({ plan, id }: { readonly plan: PlanDocument; readonly id: string }) {
  const found = useDeliveries(plan.plan, id);
  if (found.error) return <ProblemAlert error={found.error} retry={() => void found.refetch()} />;
  const rows = found.data ?? [];
  const at = (instant: string | undefined) => (instant === undefined ? '—' : moment(instant, plan.timeZone));
  return (
    <section className="card rules-section" aria-labelledby="deliveries">
      <h2 id="deliveries">{t('推送 {{id}} 的最近消息', { id })}</h2>
      <DataTable<Delivery>
        caption={t('最近消息')}
        rows={rows}
        rowKey={({ message }) => message}
        total={t('每个单位每个期间的最后一条，共 {{count}} 条', { count: rows.length })}
        empty={t('还没有消息：到期临近时自动生成')}
        isLoading={found.isPending}
        columns={[
          { key: 'unit', title: t('单位'), sortBy: ({ unit }) => unit, cell: ({ name }) => name },
          { key: 'period', title: t('期间'), sortBy: ({ period }) => period, cell: ({ period }) => period },
          {
            key: 'state',
            title: t('内容'),
            cell: ({ state, due, open }) => (
              <>
                {reminderWords[state]} <small className="muted">{t('截止 {{due}}', { due })}</small>
                {open.length > 0 && <small className="muted"> {t('欠 {{count}} 项', { count: open.length })}</small>}
              </>
            ),
          },
          {
            key: 'standing',
            title: t('送达'),
            sortBy: ({ standing }) => deliveryWords[standing],
            cell: ({ standing, status, why }) => (
              <>
                {deliveryWords[standing]} {status}
                {why !== undefined && <small className="grave"> {why}</small>}
              </>
            ),
          },
          { key: 'attempts', title: t('次数'), isNumber: true, cell: ({ attempts }) => attempts },
          { key: 'made', title: t('生成'), sortBy: ({ madeAt }) => madeAt, cell: ({ madeAt }) => at(madeAt) },
          { key: 'attempted', title: t('最后发送'), cell: ({ attemptedAt }) => at(attemptedAt) },
          { key: 'next', title: t('再次发送'), cell: ({ next }) => at(next) },
        ]}
      />
    </section>
  );
}
