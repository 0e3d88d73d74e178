import { Link } from '@tanstack/react-router';
import type { LongSeries } from '../api/types';
import { figure } from '../format';
import { t } from '../shared/i18n';

interface Props {
  readonly base: LongSeries['bases'][number];
  readonly origin: LongSeries['origins'][number] | undefined;
}

/** Whether a base is what the plan before had for the same period, and the final evaluation that it was taken from. */
export function BaseLine({ base: { period, shown, former, outcome }, origin }: Props) {
  const other =
    former.rebased === undefined ? figure(former.shown) : `${figure(former.shown)} → ${figure(former.rebased)}`;
  return (
    <p className={outcome === 'differs' ? 'grave' : undefined} data-testid="base-line">
      {outcome === 'agrees'
        ? t('✓ 基期（{{period}}）{{shown}}，与原规划一致', { period, shown: figure(shown) })
        : outcome === 'differs'
          ? t('✗ 基期（{{period}}）{{shown}}，原规划现为 {{other}}', { period, shown: figure(shown), other })
          : t('基期（{{period}}）{{shown}}；原规划为 {{other}}，口径不同，不可比', {
              period,
              shown: figure(shown),
              other,
            })}
      {origin && (
        <>
          {t('；承接自')}
          <Link
            to="/p/$plan/evaluations/$id/snapshots/$number"
            params={{ plan: origin.from.plan, id: origin.from.evaluation, number: String(origin.from.snapshot) }}
          >
            {t('{{title}}存档 {{snapshot}}', origin.from)}
          </Link>
          {origin.supersededBy !== undefined && t('（该评估已由 {{id}} 接替）', { id: origin.supersededBy })}
        </>
      )}
    </p>
  );
}
