import { useSearch } from '@tanstack/react-router';
import { Alert, Button, Segmented, Skeleton } from 'antd';
import { useEffect } from 'react';
import { auditFile, useAudit, useAuditTotal } from '../api/audit-calls';
import { useFilter, useSearchChange } from '../app/links';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { PrintedPart } from '../shared/PrintedPart';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';
import { AuditForm } from './AuditForm';
import { AuditTable } from './AuditTable';
import { auditKeys, questionOf } from './question';
import { RightsSection } from './RightsSection';

type View = 'trail' | 'rights';

/** What auditors ask: who changed what, and who had which right. */
export function AuditPage() {
  const plan = usePlanHere();
  const session = useSession();
  const [view] = useFilter<View>('view');
  const change = useSearchChange();
  const seesTrail = mayAnywhere(session, ['audit.read'], plan.plan);
  const seesRights = mayAnywhere(session, ['rights.read'], plan.plan);
  const isRights = view === 'rights' || !seesTrail;
  return (
    <main className="page" data-testid="audit-page">
      <PageHead title={t('审计查询')} note={t('今日的全部系统记录：何人、何时、由何改为何、为何')}>
        {seesTrail && seesRights && (
          <Segmented<View>
            aria-label={t('查什么')}
            value={isRights ? 'rights' : 'trail'}
            options={[
              { value: 'trail', label: t('变更记录') },
              { value: 'rights', label: t('某日谁有何权限') },
            ]}
            onChange={(value) => change({ view: value === 'trail' ? undefined : value, sort: undefined })}
          />
        )}
      </PageHead>
      {!seesTrail && !seesRights ? (
        <Alert
          type="info"
          showIcon
          title={t('您没有查阅审计记录的权限')}
          description={t('审计记录由审计员查阅；需要这项权限的，请联系安全管理员授予“审计员”角色')}
        />
      ) : isRights ? (
        <RightsSection />
      ) : (
        <AuditSearch />
      )}
    </main>
  );
}

function AuditSearch() {
  const plan = usePlanHere();
  const search = useSearch({ from: '/p/$plan/audit' });
  const change = useSearchChange();
  const question = questionOf(search);
  const found = useAudit(plan.plan, question);
  const entries = found.data?.pages.flatMap((page) => page.entries) ?? [];
  // The server looks at a part of the log at a time: until something is found, or the end is reached, it is asked on.
  const isSearching = found.isFetching || (entries.length === 0 && found.hasNextPage);
  const { hasNextPage, isFetching, fetchNextPage } = found;
  useEffect(() => {
    if (entries.length === 0 && hasNextPage && !isFetching) void fetchNextPage();
  }, [entries.length, hasNextPage, isFetching, fetchNextPage]);
  const isFiltered = auditKeys.some((key) => key !== 'sort' && search[key] !== undefined);
  return (
    <div data-testid="audit" data-settled={!isSearching} aria-busy={isSearching}>
      <div className="card">
        <AuditForm key={JSON.stringify(search)} search={search} />
        <div className="audit-tools">
          <AuditTotal question={question} />
          {isFiltered && (
            <Button
              size="small"
              type="link"
              onClick={() => change(Object.fromEntries(auditKeys.map((key) => [key, undefined])))}
            >
              {t('清除条件')}
            </Button>
          )}
          <span className="files">
            <a href={auditFile(plan.plan, question, 'csv')} download>
              {t('下载 CSV')}
            </a>
            <a href={auditFile(plan.plan, question, 'xlsx')} download>
              {t('下载工作簿（XLSX）')}
            </a>
          </span>
        </div>
        {found.error ? (
          <ProblemAlert error={found.error} retry={() => void found.refetch()} />
        ) : entries.length > 0 ? (
          <>
            <AuditTable entries={entries} sort={question.sort!} />
            {hasNextPage && (
              <>
                <PrintedPart count={entries.length} />
                <Button className="more" loading={found.isFetchingNextPage} onClick={() => void fetchNextPage()}>
                  {t('再看一页')}
                </Button>
              </>
            )}
          </>
        ) : isSearching ? (
          <Skeleton active paragraph={{ rows: 6 }} title={false} />
        ) : (
          <p className="muted">{t('没有符合条件的记录')}</p>
        )}
      </div>
    </div>
  );
}

/** How many fit: exactly once all are counted, until then at least so many. */
function AuditTotal({ question }: { readonly question: Readonly<Record<string, string>> }) {
  const plan = usePlanHere();
  const { data, error, isFetching, hasNextPage, fetchNextPage } = useAuditTotal(plan.plan, question);
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  if (error) return null;
  const count = (data?.pages ?? []).reduce((sum, { entries }) => sum + entries, 0);
  const isWhole = data !== undefined && !hasNextPage;
  return (
    <strong role="status" data-testid="audit-total">
      {isWhole ? t('共 {{count}} 条', { count }) : t('至少 {{count}} 条，还在数', { count })}
    </strong>
  );
}
