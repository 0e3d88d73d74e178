import { Button, Skeleton } from 'antd';
import { useComparisonCauses, type ComparisonQuery } from '../api/evaluation-calls';
import type { ComparisonCauses } from '../api/types';
import { useFilter } from '../app/links';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { differing, groupsOfCause } from './attribution';
import { CauseList } from './CauseList';
import { MoreTold } from './MoreTold';
import { NumbersTable, VerdictsTable } from './MovedTables';

const shown = 'shown';

/** Why the two sides differ, cause by cause. It takes seconds, so it is asked for by the reader only. */
export function CausesSection({ query }: { readonly query: ComparisonQuery }) {
  const [causes, show] = useFilter<typeof shown>('causes');
  return (
    <section className="card" aria-labelledby="causes-title" data-testid="comparison-causes">
      <h2 id="causes-title">{t('差异的缘由')}</h2>
      <p className="muted">
        {t('两方之间的事件按掌握先后逐个计入，每个缘由只列一次，附其改动的数值、判断、指数；不写入任何记录')}
      </p>
      {causes === shown ? <Causes query={query} /> : <Button onClick={() => show(shown)}>{t('逐个列出缘由')}</Button>}
    </section>
  );
}

function Causes({ query }: { readonly query: ComparisonQuery }) {
  const plan = usePlanHere();
  const [told, tell] = useFilter('told');
  const { data, error, refetch } = useComparisonCauses(plan.plan, {
    ...query,
    ...(told !== undefined && { told: Number(told) }),
  });
  if (error) return <ProblemAlert error={error} retry={() => void refetch()} />;
  if (!data) {
    return (
      <div aria-busy="true">
        <p className="muted" role="status">
          {t('正在逐个计入事件，事件多时要几秒')}
        </p>
        <Skeleton active paragraph={{ rows: 6 }} title={false} />
      </div>
    );
  }
  if (data.causes.length === 0) return <p className="muted">{t('没有缘由：两方的数值、判断、指数都相同')}</p>;
  return (
    <>
      <Told causes={data} />
      <MoreTold parts={data.causes} {...{ told, tell }} />
    </>
  );
}

function Told({ causes: { causes, values, verdicts, indexes } }: { readonly causes: ComparisonCauses }) {
  const changed = values.filter(differing);
  const ofIndex = indexes.filter(differing);
  return (
    <>
      <p className="muted">
        {t('缘由 {{count}} 项；各项的变动之和，恰为两方之差。“单独”指只计入该事件及其同一事项此前的事件', {
          count: causes.length,
        })}
      </p>
      <CauseList causes={causes.map((cause) => ({ ...cause, groups: groupsOfCause(cause) }))} testId="causes" />
      {changed.length > 0 && (
        <details>
          <summary>{t('数值 {{count}} 个，各因第几项', { count: changed.length })}</summary>
          <NumbersTable numbers={changed} testId="caused-values" />
        </details>
      )}
      {verdicts.length > 0 && (
        <details>
          <summary>{t('判断 {{count}} 项，各因第几项', { count: verdicts.length })}</summary>
          <VerdictsTable verdicts={verdicts} testId="caused-verdicts" />
        </details>
      )}
      {ofIndex.length > 0 && (
        <details>
          <summary>{t('指数 {{count}} 个，各因第几项', { count: ofIndex.length })}</summary>
          <NumbersTable numbers={ofIndex} testId="caused-indexes" />
        </details>
      )}
    </>
  );
}
