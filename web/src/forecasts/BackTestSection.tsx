import { Skeleton } from 'antd';
import { useBackTest } from '../api/forecast-calls';
import type { Seen } from '../api/overview-calls';
import type { BackTest } from '../api/types';
import { DemoTag } from '../shared/DemoTag';
import { ProblemAlert } from '../shared/ProblemAlert';
import { t } from '../shared/i18n';
import { methodWords } from './forecast-words';

interface Props {
  readonly seen: Seen;
  readonly unit: string | undefined;
}

/** How each method would have done as of earlier years. */
export function BackTestSection({ seen, unit }: Props) {
  const { data, error, refetch } = useBackTest(seen, unit);
  return (
    <section className="card" data-testid="back-test">
      <h2>
        {t('预测方法的回溯检验')} {data?.demo && <DemoTag />}
      </h2>
      <p className="muted">
        {t(
          '站在每个较早的年份，只用当时以前的数值预测，再与后来的数值比较。误差以此前逐期变动的平均幅度为 1：小于 1 优于“维持不变”的一步误差；偏差为正是预测偏高。',
        )}
      </p>
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : data ? (
        <OutcomesTable outcomes={data.outcomes} />
      ) : (
        <Skeleton active paragraph={{ rows: 4 }} title={false} />
      )}
    </section>
  );
}

/** What came of forecasts, by method and number of periods ahead. */
export function OutcomesTable({ outcomes }: Pick<BackTest, 'outcomes'>) {
  if (outcomes.length === 0) return <p className="muted">{t('还没有可以检验的预测')}</p>;
  return (
    <table className="plain-table cards">
      <thead>
        <tr>
          <th scope="col">{t('方法')}</th>
          <th scope="col" className="number">
            {t('向前期数')}
          </th>
          <th scope="col" className="number">
            {t('次数')}
          </th>
          <th scope="col" className="number">
            {t('平均误差')}
          </th>
          <th scope="col" className="number">
            {t('平均偏差')}
          </th>
          <th scope="col" className="number">
            {t('落在 80% 区间内')}
          </th>
        </tr>
      </thead>
      <tbody>
        {outcomes.map(({ method, horizon, count, scaledError, scaledBias, coverage, isFew }) => (
          <tr key={`${method} ${horizon}`} className={isFew ? 'muted' : undefined}>
            <th scope="row">{methodWords[method]}</th>
            <td className="number" data-label={t('向前期数')}>
              {horizon}
            </td>
            <td className="number" data-label={t('次数')}>
              {count}
              {isFew && <small className="note">{t('不足 10 次，不作比较')}</small>}
            </td>
            <td className="number" data-label={t('平均误差')}>
              {scaledError ?? '—'}
            </td>
            <td className="number" data-label={t('平均偏差')}>
              {scaledBias ?? '—'}
            </td>
            <td className="number" data-label={t('落在 80% 区间内')}>
              {coverage ? t('{{share}}%（{{count}} 次）', coverage) : '—'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
