import { t } from './i18n';

/** On paper: that a list of which only a part was read goes on. */
export function PrintedPart({ count }: { readonly count: number }) {
  return <p className="printed-scope">{t('以上为前 {{count}} 行，其余没有打印', { count })}</p>;
}
