import { Alert } from 'antd';
import type { WayOut } from '../state/address';
import { t } from './i18n';
import { PageTitle } from './PageTitle';
import { WaysOut } from './WaysOut';

interface Props {
  readonly text: string;
  readonly waysOut: readonly WayOut[];
  /** It is all that the page has to say. */
  readonly isPage?: boolean;
}

/** Says that a part of the address names nothing, and leads on. */
export function AddressNotice({ text, waysOut, isPage = false }: Props) {
  return (
    <Alert
      showIcon
      role="alert"
      type="warning"
      className="address-notice"
      title={isPage ? <PageTitle>{t('网址有误')}</PageTitle> : t('网址有误')}
      description={text}
      action={<WaysOut ways={waysOut} />}
    />
  );
}
