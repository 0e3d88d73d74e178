import { Tag } from 'antd';
import type { Grant } from '../api/types';
import { moment } from '../format';
import { CommandButton } from '../shared/command/CommandButton';
import { t } from '../shared/i18n';
import { ownTimeZone } from '../shared/own-time-zone';
import { mayAnywhere, useSession } from '../state/session';
import { roleWords } from '../role-words';
import { fromDay, grantStanding, grantStandingWords, lastDay } from './grants';
import { peoplePlace, useScopes } from './places';

interface Props {
  readonly person: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

/** The roles of a person through time, those that hold first. */
export function GrantList({ person, name, grants }: Props) {
  const scopes = useScopes();
  if (grants.length === 0) return <p className="muted">{t('还没有角色：由安全管理员授予')}</p>;
  const order = { now: 0, later: 1, over: 2 };
  const sorted = grants.toSorted((a, b) => order[grantStanding(a)] - order[grantStanding(b)]);
  return (
    <ul className="own-list">
      {sorted.map((grant) => (
        <li key={grant.grant} className={grantStanding(grant) === 'over' ? 'ended' : undefined}>
          <span>
            <b>{roleWords[grant.role]}</b>{' '}
            {grantStanding(grant) !== 'now' && <Tag>{grantStandingWords[grantStanding(grant)]}</Tag>}
            <small className="muted">
              {scopes.planTitle(grant.plan)}
              {grant.unit !== undefined && ` · ${t('{{unit}}及下属单位', { unit: scopes.unitName(grant.unit) })}`}
              {' · '}
              {grantSpan(grant)}
              {grant.moment !== undefined &&
                ` · ${t('只看截至 {{moment}} 掌握的数据', { moment: moment(grant.moment, ownTimeZone) })}`}
              {grant.evaluations && ` · ${t('评估：{{list}}', { list: grant.evaluations.join(t('、')) })}`}
            </small>
          </span>
          <EndGrantButton person={person} name={name} grant={grant} />
        </li>
      ))}
    </ul>
  );
}

/** `2026-01-01 至 2026-12-31` */
export function grantSpan({ from, until }: Pick<Grant, 'from' | 'until'>): string {
  return until === undefined
    ? t('{{from}} 起，不限期', { from: fromDay(from) })
    : t('{{from}} 至 {{until}}', { from: fromDay(from), until: lastDay(until) });
}

export function EndGrantButton({ person, name, grant }: Omit<Props, 'grants'> & { readonly grant: Grant }) {
  const session = useSession();
  const place = peoplePlace(useScopes());
  if (grantStanding(grant) === 'over' || !mayAnywhere(session, ['roles.end'])) return null;
  return (
    <CommandButton
      command="endRole"
      text={t('终止')}
      submitText={t('终止角色')}
      isDangerous
      path={{ person, grant: grant.grant }}
      place={place}
      alsoRequired={['reason']}
    >
      <p>{t('终止{{name}}的{{role}}：一秒之内生效，其经办的一切不变', { name, role: roleWords[grant.role] })}</p>
    </CommandButton>
  );
}
