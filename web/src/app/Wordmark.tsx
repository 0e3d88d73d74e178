import mark from './mark.svg?no-inline';
import { t } from '../shared/i18n';

export function Wordmark({ size = 30 }: { readonly size?: number }) {
  return (
    <span className="wordmark">
      <img src={mark} alt="" width={size} height={size} />
      {t('通鉴')}
    </span>
  );
}
