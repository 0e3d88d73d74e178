import { Button } from 'antd';
import { useSearchChange } from '../app/links';
import { t } from '../shared/i18n';
import { useScope } from '../state/scope';

/** Says on every page that it shows the past, and leads back to today. */
export function PastChip() {
  const { moment, momentText } = useScope();
  const change = useSearchChange();
  if (moment.asOf === undefined && moment.atPosition === undefined) return null;
  return (
    <div className="past-chip" role="status" data-testid="past">
      <strong>{t('正在回看：截至 {{moment}} 掌握的数据', { moment: momentText })}</strong>
      <span>{t('此后的上报、更正都不计入；回看时不能办理')}</span>
      <Button size="small" onClick={() => change({ asOf: undefined, at: undefined })}>
        {t('回到今日')}
      </Button>
    </div>
  );
}
