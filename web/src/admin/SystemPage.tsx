import { Alert, Button, Descriptions, Popconfirm, Progress } from 'antd';
import { useRebuild, useSystemStatus } from '../api/admin-calls';
import type { SystemStatus } from '../api/types';
import { moment } from '../format';
import { DataTable } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ownTimeZone } from '../shared/own-time-zone';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';

/** How the installation stands, and what is done to keep it running. */
export function SystemPage() {
  const status = useSystemStatus();
  return (
    <>
      <PageHead title={t('系统')} note={t('每十秒更新；系统管理员不读取任何规划的数据')} />
      {status.error && <ProblemAlert error={status.error} retry={() => void status.refetch()} />}
      {status.data && <Health status={status.data} />}
      {status.data && <ViewsTable status={status.data} />}
      <Commands />
      <Metrics />
    </>
  );
}

function Health({ status }: { readonly status: SystemStatus }) {
  const { version, head, ready, failure, refusing, loading, viewsAsOf } = status;
  return (
    <section className="card rules-section" aria-labelledby="health">
      <h2 id="health">{t('运行状态')}</h2>
      <Alert
        type={ready ? 'success' : 'error'}
        showIcon
        role="status"
        title={ready ? t('可以服务：日志可写，视图可读') : t('不能完全服务')}
        description={refusing?.detail ?? failure}
      />
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'version', label: t('程序版本'), children: version },
          { key: 'head', label: t('日志末端（系统记录序号）'), children: head ?? t('还没有事件') },
          {
            key: 'writes',
            label: t('写入'),
            children: refusing ? t('不接受（{{code}}）', { code: refusing.code }) : t('接受'),
          },
          {
            key: 'age',
            label: t('视图'),
            children: viewsAsOf === undefined ? t('是最新的') : t('截至 {{at}}', { at: ageText(viewsAsOf) }),
          },
          ...(loading ? [{ key: 'loading', label: t('启动装载'), children: t('进行中') }] : []),
        ]}
      />
    </section>
  );
}

const ageText = (viewsAsOf: string) => (viewsAsOf === 'unknown' ? t('不明') : moment(viewsAsOf, ownTimeZone));

function ViewsTable({ status: { views, head } }: { readonly status: SystemStatus }) {
  const behind = views.filter(({ caughtUp }) => !caughtUp).length;
  return (
    <section className="card rules-section" aria-labelledby="views">
      <h2 id="views">{t('视图')}</h2>
      <DataTable
        caption={t('视图')}
        rows={views}
        rowKey={({ name }) => name}
        total={
          behind === 0
            ? t('视图 {{count}} 个，全部跟上日志', { count: views.length })
            : t('视图 {{count}} 个，{{behind}} 个还没有跟上', { count: views.length, behind })
        }
        empty={t('视图不可读')}
        tools={<Rebuild />}
        columns={[
          { key: 'name', title: t('视图'), sortBy: ({ name }) => name, cell: ({ name }) => <code>{name}</code> },
          { key: 'version', title: t('版本'), isNumber: true, cell: ({ version }) => version },
          {
            key: 'checkpoint',
            title: t('已读到（系统记录序号）'),
            isNumber: true,
            cell: ({ checkpoint }) => checkpoint,
          },
          {
            key: 'state',
            title: t('状态'),
            cell: ({ stopped, caughtUp }) =>
              stopped ? (
                <span className="grave">
                  {t('停在第 {{position}} 号事件：{{error}}', { position: stopped.position, error: stopped.error })}
                </span>
              ) : caughtUp ? (
                t('最新')
              ) : (
                t('正在跟上，末端 {{head}}', { head: head ?? '' })
              ),
          },
        ]}
      />
    </section>
  );
}

/** Rebuilds the views beside the live ones, and says how far it is. */
function Rebuild() {
  const { start, line, status, error } = useRebuild();
  const isRunning = status === 'pending';
  const share = (100 * Number(line?.position ?? 0)) / Math.max(1, Number(line?.head ?? 1));
  return (
    <span className="rebuild">
      <Popconfirm
        title={t('由日志重建全部视图？')}
        description={t('在现有视图旁边重建，建成后切换；期间照常服务，会占用处理器')}
        okText={t('重建')}
        cancelText={t('取消')}
        onConfirm={start}
      >
        <Button size="small" loading={isRunning}>
          {t('重建视图')}
        </Button>
      </Popconfirm>
      {isRunning && line && (
        <>
          <code>{line.projection}</code>
          <Progress size="small" percent={line.rebuilt ? 100 : Math.floor(share)} className="rebuild-progress" />
        </>
      )}
      {status === 'success' && <span role="status">{t('全部视图已重建')}</span>}
      {error && <ProblemAlert error={error} retry={start} />}
    </span>
  );
}

const commands: readonly (readonly [what: string, command: string])[] = [
  [t('备份：可在运行时进行，写完即自行核对'), t('npx tongjian --data <数据文件夹> backup <新文件夹>')],
  [t('恢复到空的数据文件夹'), t('npx tongjian --data <空文件夹> restore <备份文件夹>')],
  [t('核查整个日志，不经服务器'), t('npx tongjian --data <数据文件夹> verify-log')],
  [t('检查本机的安装和配置'), t('npx tongjian --data <数据文件夹> doctor')],
  [t('遗失两步验证的管理员：在本机重置'), t('npx tongjian person reset-second-factor <人员编号> --reason <事由>')],
];

/** What is done at the machine only, as it is typed there. */
function Commands() {
  return (
    <section className="card rules-section" aria-labelledby="commands">
      <h2 id="commands">{t('在服务器本机办理')}</h2>
      <p className="muted">{t('备份含日志和依据文件，不含凭据库；凭据库另行备份，见运行维护文档')}</p>
      <dl className="cli-commands">
        {commands.map(([what, command]) => (
          <div key={command}>
            <dt>{what}</dt>
            <dd>
              <code>{command}</code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Metrics() {
  return (
    <section className="card rules-section" aria-labelledby="metrics">
      <h2 id="metrics">{t('监控')}</h2>
      <ul className="plain-list">
        <li>
          <a href="/api/health/live">/api/health/live</a> {t('进程在运行')}
        </li>
        <li>
          <a href="/api/health/ready">/api/health/ready</a> {t('可以服务，否则答 503')}
        </li>
        <li>
          <a href="/api/metrics">/api/metrics</a>{' '}
          {t(
            'Prometheus 指标：各路由的请求时间、命令的结果、写入日志的时间、排队和拒绝的请求、日志和视图存储是否应答、各视图落后多少秒',
          )}
        </li>
      </ul>
    </section>
  );
}
