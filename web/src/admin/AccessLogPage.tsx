import { Alert, Button, Select } from 'antd';
import { useAccessLog, useAccessProof } from '../api/admin-calls';
import { usePeople } from '../api/people-calls';
import type { AccessEntry, AccessKind } from '../api/types';
import { useFilter } from '../app/links';
import { moment } from '../format';
import { DayInput } from '../shared/command/CommandFields';
import { DataTable, type Column } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ownTimeZone } from '../shared/own-time-zone';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { accessWords } from './access-words';

/** Who came, who did not get in, and who read what is to be noted. */
export function AccessLogPage() {
  const people = usePeople().data ?? [];
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const [person, setPerson] = useFilter<string>('person');
  const [kind, setKind] = useFilter<AccessKind>('kind');
  const [from, setFrom] = useFilter<string>('from');
  const [until, setUntil] = useFilter<string>('until');
  const question = {
    ...(person !== undefined && { person }),
    ...(kind !== undefined && { kind }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
  const log = useAccessLog(question);
  const rows = log.data?.pages.flatMap(({ entries }) => entries) ?? [];
  const columns: Column<AccessEntry>[] = [
    { key: 'at', title: t('时间'), cell: ({ at }) => moment(at, ownTimeZone) },
    {
      key: 'person',
      title: t('人员'),
      cell: ({ person: id }) => (id === undefined ? <span className="muted">{t('不明')}</span> : (names.get(id) ?? id)),
    },
    { key: 'kind', title: t('类别'), cell: ({ kind: of }) => accessWords[of] },
    {
      key: 'detail',
      title: t('内容'),
      cell: ({ detail }) => <span className="access-detail">{Object.values(detail).join(' ')}</span>,
    },
    { key: 'address', title: t('网络地址'), cell: ({ address }) => address ?? '—' },
    { key: 'sequence', title: t('序号'), isNumber: true, cell: ({ sequence }) => sequence },
  ];
  return (
    <>
      <PageHead
        title={t('访问日志')}
        note={t(
          '登录、失败、导出、第三方查阅、查阅审计记录；查阅本日志也记入本日志。逐条以哈希相连，只能由到期清理删除',
        )}
      />
      <Proof />
      <div className="admin-filters">
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          className="person-select"
          aria-label={t('人员')}
          placeholder={t('任何人')}
          value={person}
          onChange={setPerson}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Select<AccessKind>
          allowClear
          className="kind-select"
          aria-label={t('类别')}
          placeholder={t('任何类别')}
          value={kind}
          onChange={setKind}
          options={Object.entries(accessWords).map(([value, label]) => ({ value: value as AccessKind, label }))}
        />
        <label>
          {t('自')}
          <DayInput value={from} onChange={setFrom} />
        </label>
        <label>
          {t('至')}
          <DayInput value={until} onChange={setUntil} />
        </label>
      </div>
      {log.error ? (
        <ProblemAlert error={log.error} retry={() => void log.refetch()} />
      ) : (
        <DataTable
          caption={t('访问日志')}
          columns={columns}
          rows={rows}
          rowKey={({ sequence }) => String(sequence)}
          total={
            log.hasNextPage
              ? t('最近 {{count}} 条，还有更早的', { count: rows.length })
              : t('共 {{count}} 条', { count: rows.length })
          }
          empty={t('没有符合条件的记录')}
          isLoading={log.isFetching}
          more={log.hasNextPage ? () => void log.fetchNextPage() : undefined}
          tools={
            <a href={`/api/access-log/export?${new URLSearchParams(question).toString()}`} download="access-log.ndjson">
              {t('导出（每行一条 JSON，附哈希链）')}
            </a>
          }
        />
      )}
    </>
  );
}

/** Whether the log is whole, and how far back it reaches. */
function Proof() {
  const proving = useAccessProof();
  return (
    <section className="card access-proof" aria-labelledby="access-proof">
      <h2 id="access-proof">{t('完整性与保留期')}</h2>
      <p>
        {t('保留期由系统管理员以 TONGJIAN_ACCESS_LOG_DAYS 设定，不得少于 184 天；不设定即永久保留')}{' '}
        <Button size="small" loading={proving.isPending} onClick={() => proving.mutate()}>
          {t('核查哈希链')}
        </Button>
      </p>
      {proving.error && <ProblemAlert error={proving.error} retry={() => proving.mutate()} />}
      {proving.data &&
        (proving.data.proof.holds ? (
          <Alert
            type="success"
            showIcon
            role="status"
            title={t('{{count}} 条逐条相连，未被改动', { count: proving.data.proof.entries })}
            description={
              <>
                {proving.data.oldest !== undefined &&
                  t('现存最早一条：{{at}}。', { at: moment(proving.data.oldest, ownTimeZone) })}
                {t('末端第 {{sequence}} 条，哈希 {{hash}}：另行保存，可供日后核对', {
                  sequence: proving.data.proof.end.sequence,
                  hash: proving.data.proof.end.hash,
                })}
              </>
            }
          />
        ) : (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={t('第 {{sequence}} 条与其前一条不相连：日志被改动过', { sequence: proving.data.proof.brokenAt })}
            description={t('请停止使用该凭据库，以备份与导出的日志比对，并报告安全管理员')}
          />
        ))}
    </section>
  );
}
