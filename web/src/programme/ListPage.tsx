import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { isCode } from '../api/client';
import type { ListName, ListPages } from '../api/programme-calls';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import type { WayOut } from '../state/address';
import { unitLabel, useScope } from '../state/scope';

export type List<Page> = UseInfiniteQueryResult<InfiniteData<Page>>;

const filters = [
  ...['q', 'state', 'kind', 'light', 'standing', 'category', 'flag'],
  ...['timeliness', 'intent', 'plan', 'severity', 'awaits', 'check'],
];
const withoutFilters: WayOut = {
  text: t('去掉筛选'),
  change: Object.fromEntries(filters.map((key) => [key, undefined])),
};

interface Props<Page> {
  readonly title: string;
  readonly list: List<Page>;
  /** Given the first page, which has the counts and sums. */
  readonly children: (first: Page) => ReactNode;
}

/** A list of the programme, as of the moment. */
export function ListPage<Page extends ListPages[ListName]>({ title, list, children }: Props<Page>) {
  const { plan, unit, momentText } = useScope();
  const { data, error, isPlaceholderData } = list;
  const first = data?.pages[0];
  return (
    <>
      <PageHead
        title={title}
        note={
          first &&
          t('{{unit}} · 事项计至 {{until}} · 截至 {{moment}} 掌握的数据', {
            unit: unitLabel(plan.units, unit.code),
            until: first.until,
            moment: momentText,
          })
        }
      />
      {first ? (
        <section
          className={isPlaceholderData ? 'card programme catching-up' : 'card programme'}
          data-testid="programme"
          aria-label={title}
          aria-busy={isPlaceholderData}
        >
          {children(first)}
        </section>
      ) : error ? (
        <ListProblem list={list} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </>
  );
}

/** Why a list is not shown; one that has no such filter is shown without filters. */
export function ListProblem({ list: { error, refetch } }: { readonly list: Pick<List<unknown>, 'error' | 'refetch'> }) {
  if (!error) return null;
  return (
    <ProblemAlert
      error={error}
      retry={() => void refetch()}
      wayOut={isCode(error, 'input.invalid') ? withoutFilters : undefined}
    />
  );
}
