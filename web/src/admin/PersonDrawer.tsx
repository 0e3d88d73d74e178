import { Descriptions, Drawer, Skeleton } from 'antd';
import { usePerson } from '../api/people-calls';
import type { Person } from '../api/types';
import { moment } from '../format';
import { t } from '../shared/i18n';
import { ownTimeZone } from '../shared/own-time-zone';
import { ProblemAlert } from '../shared/ProblemAlert';
import { GrantList } from './GrantList';
import { PersonActions } from './PersonActions';
import { PersonHistory } from './PersonHistory';
import { personStanding, standingWords } from './person-standing';
import { useScopes } from './places';
import { TokenList } from './TokenList';

interface Props {
  readonly person: string | undefined;
  readonly onClose: () => void;
}

/** One person: how they sign in, what they may do and could do before, and what was done about them. */
export function PersonDrawer({ person, onClose }: Props) {
  const { data, error, refetch } = usePerson(person);
  return (
    <Drawer
      open={person !== undefined}
      size="large"
      title={data?.name ?? t('人员')}
      rootClassName="person-drawer"
      destroyOnHidden
      onClose={onClose}
    >
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : data ? (
        <PersonDetail person={data} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  );
}

function PersonDetail({ person }: { readonly person: Person }) {
  const scopes = useScopes();
  const { id, unit, waysIn, invitedAt, grants, tokens } = person;
  const { accounts, openId, hasSecondFactor, lastAt } = waysIn;
  return (
    <div className="person-detail" data-testid="person-detail">
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'standing', label: t('状态'), children: standingWords[personStanding(person)] },
          { key: 'unit', label: t('所在单位'), children: scopes.unitName(unit) || t('不属任何单位') },
          { key: 'accounts', label: t('账号'), children: accounts.join(t('、')) || t('还没有账号') },
          ...(openId > 0
            ? [{ key: 'openid', label: t('统一身份账号'), children: t('已绑定 {{count}} 个', { count: openId }) }]
            : []),
          { key: 'factor', label: t('两步验证'), children: hasSecondFactor ? t('已启用') : t('未启用') },
          {
            key: 'last',
            label: t('最近登录'),
            children: lastAt === undefined ? t('访问日志中没有') : moment(lastAt, ownTimeZone),
          },
          { key: 'invited', label: t('邀请时间'), children: moment(invitedAt, ownTimeZone) },
          { key: 'id', label: t('人员编号'), children: <code>{id}</code> },
        ]}
      />
      <PersonActions person={person} />
      <section aria-labelledby="person-grants">
        <h3 id="person-grants">{t('角色')}</h3>
        <GrantList person={id} name={person.name} grants={grants} />
      </section>
      {tokens.length > 0 && (
        <section aria-labelledby="person-tokens">
          <h3 id="person-tokens">{t('程序用的令牌')}</h3>
          <TokenList person={id} tokens={tokens} />
        </section>
      )}
      <section aria-labelledby="person-history">
        <h3 id="person-history">{t('经过')}</h3>
        <PersonHistory person={id} />
      </section>
    </div>
  );
}
