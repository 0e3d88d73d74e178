import { Link } from '@tanstack/react-router';
import { usePlanCode } from '../app/links';
import { t } from '../shared/i18n';

interface Props {
  readonly count: number | undefined;
  /** Of one indicator only. */
  readonly code?: string;
}

/** How many approved figures were changed since their approval, and the way to them; nothing where there are none. */
export function ChangedLine({ count = 0, code }: Props) {
  const plan = usePlanCode();
  if (count === 0) return null;
  return (
    <p className="changed-line" data-testid="changed-since-approval">
      {t('所用的数据中，有 {{count}} 个在审核通过后又有变更；变更审核通过之前仍用原数', { count })}{' '}
      <Link to="/p/$plan/changed" params={{ plan }} search={code === undefined ? {} : { code }}>
        {t('看这些数据')}
      </Link>
    </p>
  );
}
