import { QRCode, Typography } from 'antd';
import { t } from '../shared/i18n';

/** The secret for an authenticator on a phone: to be photographed, opened or typed. */
export function PhoneSecret({ uri }: { readonly uri: string }) {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return (
    <div className="phone-secret">
      <QRCode type="svg" size={148} value={uri} bordered={false} aria-label={t('两步验证的二维码')} />
      <div>
        <p>{t('用手机上的验证器（任何支持 TOTP 的应用）扫描二维码，或手工输入密钥：')}</p>
        <Typography.Text code copyable={{ text: secret }} data-testid="totp-secret">
          {secret.replace(/(.{4})(?=.)/g, '$1 ')}
        </Typography.Text>
        <p className="muted">
          {t('密钥只显示这一次，不要转给他人。')} <a href={uri}>{t('用本机的验证器打开')}</a>
        </p>
        <details>
          <summary>{t('完整的网址')}</summary>
          <code className="uri" data-testid="totp-uri">
            {uri}
          </code>
        </details>
      </div>
    </div>
  );
}
