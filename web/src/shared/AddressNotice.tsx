import { Alert } from 'antd';
import type { WayOut } from '../state/address';
import { t } from './i18n';
import { WaysOut } from './WaysOut';

interface Props {
  readonly text: string;
  readonly waysOut: readonly WayOut[];
}

/** Says that a part of the address names nothing, and leads on. */
export function AddressNotice({ text, waysOut }: Props) {
  return (
    <Alert
      showIcon
      role="alert"
      type="warning"
      className="address-notice"
      title={t('网址有误')}
      description={text}
      action={<WaysOut ways={waysOut} />}
    />
  );
}
