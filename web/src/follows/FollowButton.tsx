import { Button } from 'antd';
import { useFollow, useFollows } from '../api/follow-calls';
import type { SearchHit } from '../api/types';
import { ProblemAlert } from '../shared/ProblemAlert';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';

interface Props {
  readonly kind: SearchHit['kind'];
  readonly id: string;
}

/** Follows a thing of the plan: the desk then shows what became known of it last. */
export function FollowButton({ kind, id }: Props) {
  const { plan } = usePlanHere();
  const { data } = useFollows(plan);
  const { mutate, isPending, error } = useFollow(plan);
  const isFollowed = data?.follows.some((each) => each.kind === kind && each.id === id);
  if (isFollowed === undefined) return null;
  return (
    <span className="unprinted">
      <Button
        size="small"
        aria-pressed={isFollowed}
        loading={isPending}
        title={t('关注的在“我的工作台”列出，附最近的变化')}
        onClick={() => mutate({ kind, id, follow: !isFollowed })}
      >
        <span aria-hidden="true">{isFollowed ? '★' : '☆'}</span> {isFollowed ? t('已关注') : t('关注')}
      </Button>
      {error && <ProblemAlert error={error} />}
    </span>
  );
}
