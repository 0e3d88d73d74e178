import { t } from '../shared/i18n';

interface Props {
  readonly of: string;
  readonly what: string;
  readonly none: boolean;
}

/** Note that the unit has no items of its own, so all items of the plan are shown. */
export function WholeNote({ of, what, none }: Props) {
  if (!none) return null;
  return (
    <p className="muted other-count">{t('{{of}}没有单独负责的{{what}}，以下为规划的全部{{what}}', { of, what })}</p>
  );
}
