import type { Person } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { t } from '../shared/i18n';
import { mayAnywhere, useSession } from '../state/session';
import { grantStandingWords, lastDay } from './grants';
import { permissionLabel } from '../permission-words';
import { peoplePlace, useScopes } from './places';

type Token = Person['tokens'][number];

interface Props {
  readonly person: string;
  readonly tokens: readonly Token[];
}

/** The tokens with which programs act for a person. */
export function TokenList({ person, tokens }: Props) {
  const scopes = useScopes();
  return (
    <ul className="own-list">
      {tokens.map((token) => (
        <li key={token.token} className={isOver(token) ? 'ended' : undefined} data-token={token.token}>
          <span>
            <b>{token.title}</b>
            <small className="muted">
              {token.permissions.map(permissionLabel).join(t('、'))}
              {' · '}
              {scopes.planTitle(token.plan)}
              {token.unit !== undefined && ` · ${scopes.unitName(token.unit)}`}
              {' · '}
              {isOver(token) ? grantStandingWords.over : t('至 {{until}}', { until: lastDay(token.until) })}
            </small>
          </span>
          <RevokeButton person={person} token={token} />
        </li>
      ))}
    </ul>
  );
}

export const isOver = ({ until }: Token): boolean => Date.parse(until) <= Date.now();

export function RevokeButton({ person, token }: { readonly person: string; readonly token: Token }) {
  const session = useSession();
  const place = peoplePlace(useScopes());
  if (isOver(token) || !mayAnywhere(session, ['tokens.revoke'])) return null;
  return (
    <CommandButton
      command="revokeToken"
      text={t('吊销')}
      submitText={t('吊销令牌')}
      isDangerous
      path={{ person, token: token.token }}
      place={place}
      alsoRequired={['reason']}
    >
      <p>{t('用“{{title}}”的程序随即不能再访问', { title: token.title })}</p>
    </CommandButton>
  );
}
