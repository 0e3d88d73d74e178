import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useSearchChange } from '../app/links';
import { t } from '../shared/i18n';
import { useScope } from '../state/scope';

/** Says on every page that it shows the past, and leads back to today. */
export function PastChip() {
  const { plan, period, moment, momentText } = useScope();
  const { asOf, atPosition } = moment;
  const change = useSearchChange();
  if (asOf === undefined && atPosition === undefined) return null;
  // A position at a day is neither the one nor the other.
  const side = atPosition === undefined ? asOf?.slice(0, 10) : asOf === undefined ? `@${atPosition}` : undefined;
  return (
    <div className="past-chip" role="status" data-testid="past">
      <strong>{t('正在回看：截至 {{moment}} 掌握的数据', { moment: momentText })}</strong>
      <span>{t('此后的上报、更正都不计入；回看时不能办理')}</span>
      {side !== undefined && (
        <Link to="/p/$plan/compare" params={{ plan: plan.plan }} search={{ left: side, right: 'now', period }}>
          {t('与今日比较')}
        </Link>
      )}
      <Button size="small" onClick={() => change({ asOf: undefined, at: undefined })}>
        {t('回到今日')}
      </Button>
    </div>
  );
}
