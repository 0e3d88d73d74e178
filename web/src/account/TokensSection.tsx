import { Button, Popconfirm, Skeleton } from 'antd';
import { useState } from 'react';
import { useRevokeToken, useTokens } from '../api/account-calls';
import type { TokenListing } from '../api/types';
import { moment } from '../format';
import { ownTimeZone } from '../shared/own-time-zone';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useSession } from '../state/session';
import { OnceShown } from './OnceShown';
import { TokenForm } from './TokenForm';
import { t } from '../shared/i18n';

/** Tokens with which programs act for the person. */
export function TokensSection() {
  const session = useSession();
  const tokens = useTokens();
  const revoking = useRevokeToken();
  const [secret, setSecret] = useState<string>();
  const [isIssuing, setIssuing] = useState(false);
  return (
    <section aria-labelledby="own-tokens" data-testid="tokens">
      <h2 id="own-tokens">{t('程序用的令牌')}</h2>
      <p className="muted">{t('程序凭令牌以本人名义办理，权限不超出本人的；随本人的访问一同终止')}</p>
      {secret !== undefined && <OnceShown title={t('令牌已签发')} text={secret} onSaved={() => setSecret(undefined)} />}
      {revoking.error && <ProblemAlert error={revoking.error} />}
      {tokens.error ? (
        <ProblemAlert error={tokens.error} retry={() => void tokens.refetch()} />
      ) : tokens.data ? (
        <ul className="own-list">
          {tokens.data.map((token) => (
            <TokenLine
              key={token.token}
              token={token}
              isRevoking={revoking.isPending && revoking.variables === token.token}
              onRevoke={() => revoking.mutate(token.token)}
            />
          ))}
        </ul>
      ) : (
        <Skeleton active paragraph={{ rows: 1 }} title={false} />
      )}
      {isIssuing ? (
        <TokenForm
          onCancel={() => setIssuing(false)}
          onIssued={(issued) => {
            setSecret(issued);
            setIssuing(false);
          }}
        />
      ) : (
        session.roles.length > 0 && (
          <Button size="small" onClick={() => setIssuing(true)}>
            {t('签发令牌')}
          </Button>
        )
      )}
    </section>
  );
}

interface LineProps {
  readonly token: TokenListing;
  readonly isRevoking: boolean;
  readonly onRevoke: () => void;
}

function TokenLine({ token: { token, title, permissions, unit, until }, isRevoking, onRevoke }: LineProps) {
  const { roles } = useSession();
  const labels = new Map(roles.flatMap(({ may }) => may.map(({ permission, label }) => [permission, label])));
  const hasEnded = Date.parse(until) <= Date.now();
  return (
    <li data-token={token} className={hasEnded ? 'ended' : undefined}>
      <span>
        <b>{title}</b>
        <small className="muted">
          {permissions.map((permission) => labels.get(permission) ?? permission).join(t('、'))}
          {unit !== undefined && ` · ${t('单位 {{unit}}', { unit })}`} ·{' '}
          {hasEnded
            ? t('已于 {{moment}} 失效', { moment: moment(until, ownTimeZone) })
            : t('至 {{moment}}', { moment: moment(until, ownTimeZone) })}
        </small>
      </span>
      {!hasEnded && (
        <Popconfirm
          title={t('吊销“{{title}}”？', { title })}
          description={t('用它的程序随即不能再访问')}
          okText={t('吊销')}
          cancelText={t('取消')}
          onConfirm={onRevoke}
        >
          <Button size="small" loading={isRevoking}>
            {t('吊销')}
          </Button>
        </Popconfirm>
      )}
    </li>
  );
}
