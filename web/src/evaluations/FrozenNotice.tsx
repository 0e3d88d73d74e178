import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { Evaluation } from '../api/types';
import { moment } from '../format';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';

interface Props {
  readonly evaluation: Evaluation;
  /** The snapshot whose page this is. */
  readonly here?: number;
}

/** Says of an evaluation that is published or superseded that it changes no more, and why. */
export function FrozenNotice({ evaluation, here }: Props) {
  const plan = usePlanHere();
  const { published, publishedAt, accepted = [], supersededBy, supersededBecause } = evaluation;
  return (
    <>
      {supersededBy !== undefined && (
        <Alert
          type="warning"
          showIcon
          title={
            <>
              {t('已由')}{' '}
              <Link to="/p/$plan/evaluations/$id" params={{ plan: plan.plan, id: supersededBy }}>
                {supersededBy}
              </Link>{' '}
              {t('接替，不再改动')}
            </>
          }
          description={supersededBecause !== undefined && t('事由：{{reason}}', { reason: supersededBecause })}
        />
      )}
      {published !== undefined && (
        <Alert
          type="info"
          showIcon
          title={t('已发布存档 {{number}}（{{at}}），内容不再改动，该期间的数据已锁定', {
            number: published,
            at: moment(publishedAt!, plan.timeZone),
          })}
          description={
            <>
              {accepted.length > 0 && <p>{t('发布时接受的未了结事项：{{list}}', { list: accepted.join(t('、')) })}</p>}
              {here !== published && (
                <Link
                  to="/p/$plan/evaluations/$id/snapshots/$number"
                  params={{ plan: plan.plan, id: evaluation.id, number: String(published) }}
                >
                  {t('看所发布的各数，及其后来掌握的变动')}
                </Link>
              )}
            </>
          }
        />
      )}
    </>
  );
}
