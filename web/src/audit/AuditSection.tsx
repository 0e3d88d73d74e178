import { Button, DatePicker, Input, Segmented, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { auditCsv, useAudit, type AuditQuestion } from '../api/audit-calls';
import { TrailTable } from '../detail/TrailTable';
import { AddressNotice } from '../shared/AddressNotice';
import { Heading } from '../shared/Heading';
import { ProblemAlert } from '../shared/ProblemAlert';
import { isCalendarDay } from '../state/address';
import { go, usePageState } from '../state/page-state';
import { useScope } from '../state/scope';
import { useMay } from '../state/session';

const ways = [
  { value: 'known', label: '知悉日' },
  { value: 'recorded', label: '入库日' },
  { value: 'actor', label: '经办人' },
] as const;
type Way = (typeof ways)[number]['value'];

/** For whom may read the audit trail. Who may not, but has a link into it, is told so. */
export function AuditSection() {
  const { plan } = useScope();
  const { audit } = usePageState();
  if (useMay('audit.read', plan.plan)) return <AuditQuery />;
  if (audit === undefined) return null;
  return (
    <AddressNotice
      text="网址含审计查询，须有“查阅审计记录”的权限：您没有，可请审计员查阅"
      wayOut={{ text: '清除', change: { audit: undefined } }}
    />
  );
}

/** Audit query: the events of one person or of one day. */
function AuditQuery() {
  const { plan } = useScope();
  const { audit } = usePageState();
  const question = questionOf(audit);
  const [way, setWay] = useState<Way>(ways.find(({ value }) => value === audit?.split(':')[0])?.value ?? 'known');
  const found = useAudit(plan.plan, question);
  const entries = found.data?.pages.flatMap((page) => page.entries) ?? [];
  const asked = audit?.startsWith(`${way}:`) ? audit.slice(way.length + 1) : undefined;
  return (
    <section aria-labelledby="audit" data-testid="audit">
      <Heading id="audit" title="审计查询" english="Audit">
        <p>某人经办的、某日知悉或入库的全部事件</p>
      </Heading>
      <div className="card">
        <div className="audit-tools">
          <Segmented aria-label="查询方式" value={way} options={[...ways]} onChange={setWay} />
          {way === 'actor' ? (
            <Input.Search
              key="actor"
              className="audit-actor"
              aria-label="经办人编号"
              placeholder="经办人编号，如 demo-reviewer-1"
              defaultValue={asked}
              enterButton="查询"
              onSearch={(text) => go({ audit: text.trim() ? `actor:${text.trim()}` : undefined })}
            />
          ) : (
            <DatePicker
              aria-label={way === 'known' ? '知悉日' : '入库日'}
              value={asked !== undefined && isCalendarDay(asked) ? dayjs(asked) : null}
              onChange={(date) => go({ audit: date ? `${way}:${date.format('YYYY-MM-DD')}` : undefined })}
            />
          )}
          {question && (
            <>
              {entries.length > 0 && (
                <a href={auditCsv(plan.plan, question)} download="audit.csv">
                  下载 CSV
                </a>
              )}
              <Button type="link" size="small" onClick={() => go({ audit: undefined })}>
                清除
              </Button>
            </>
          )}
        </div>
        {audit !== undefined && !question && (
          <AddressNotice
            text={`不认识审计查询“${audit}”：写作 known:2023-08-20、recorded:2023-08-20 或 actor:经办人编号`}
            wayOut={{ text: '清除', change: { audit: undefined } }}
          />
        )}
        {question &&
          (found.error ? (
            <ProblemAlert error={found.error} wayOut={{ text: '清除', change: { audit: undefined } }} />
          ) : found.isPending ? (
            <Skeleton active paragraph={{ rows: 3 }} title={false} />
          ) : entries.length === 0 ? (
            <p className="muted">没有事件</p>
          ) : (
            <>
              <TrailTable entries={entries} withSubject />
              {found.hasNextPage && (
                <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                  再看 50 条
                </Button>
              )}
            </>
          ))}
      </div>
    </section>
  );
}

/** Parses the query from the URL parameter: `known:2023-08-20`, `recorded:2023-08-20` or `actor:demo-reviewer-1`. */
function questionOf(audit: string | undefined): AuditQuestion | undefined {
  const [way, ...rest] = audit?.split(':') ?? [];
  const text = rest.join(':');
  if (text === '') return undefined;
  if (way === 'actor') return { actor: text };
  return way === 'known' || way === 'recorded' ? { day: text, clock: way } : undefined;
}
