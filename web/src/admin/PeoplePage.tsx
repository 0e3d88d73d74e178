import { Button, Select } from 'antd';
import { useState } from 'react';
import { usePeople } from '../api/people-calls';
import type { Person } from '../api/types';
import { useFilter } from '../app/links';
import { moment } from '../format';
import { DataTable, type Column } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ownTimeZone } from '../shared/own-time-zone';
import { PageHead } from '../shared/PageHead';
import { SearchField } from '../shared/SearchField';
import { ProblemAlert } from '../shared/ProblemAlert';
import { mayAnywhere, useSession } from '../state/session';
import { InviteDialog } from './InviteDialog';
import { isInForce } from './grants';
import { personStanding, standingWords, type PersonStanding } from './person-standing';
import { PersonDrawer } from './PersonDrawer';
import { useScopes } from './places';

/** Everybody who was ever invited, and what is done about them. */
export function PeoplePage() {
  const session = useSession();
  const people = usePeople();
  const scopes = useScopes();
  const [text, setText] = useFilter<string>('q');
  const [standing, setStanding] = useFilter<PersonStanding>('standing');
  const [unit, setUnit] = useFilter<string>('unit');
  const [person, setPerson] = useFilter<string>('person');
  const [isInviting, setInviting] = useState(false);
  const all = people.data ?? [];
  const rows = all.filter(
    (each) =>
      (text === undefined || matches(each, text)) &&
      (standing === undefined || personStanding(each) === standing) &&
      (unit === undefined || each.unit === unit),
  );
  const columns: Column<Person>[] = [
    {
      key: 'name',
      title: t('姓名'),
      sortBy: ({ name }) => name,
      cell: ({ id, name, demo }) => (
        <Button type="link" size="small" onClick={() => setPerson(id)}>
          {name}
          {demo && <span className="muted">{t('（示例）')}</span>}
        </Button>
      ),
    },
    { key: 'unit', title: t('单位'), sortBy: (each) => each.unit, cell: (each) => scopes.unitName(each.unit) || '—' },
    { key: 'roles', title: t('现有角色'), isNumber: true, cell: ({ grants }) => grants.filter(isInForce).length },
    { key: 'accounts', title: t('账号'), cell: ({ waysIn }) => accountsOf(waysIn) },
    {
      key: 'factor',
      title: t('两步验证'),
      cell: ({ waysIn }) => (waysIn.hasSecondFactor ? t('已启用') : <span className="muted">{t('未启用')}</span>),
    },
    {
      key: 'last',
      title: t('最近登录'),
      sortBy: ({ waysIn }) => waysIn.lastAt,
      cell: ({ waysIn }) => (waysIn.lastAt === undefined ? '—' : moment(waysIn.lastAt, ownTimeZone)),
    },
    {
      key: 'standing',
      title: t('状态'),
      sortBy: (each) => standingWords[personStanding(each)],
      cell: (each) => <span className={`person-${personStanding(each)}`}>{standingWords[personStanding(each)]}</span>,
    },
  ];
  return (
    <>
      <PageHead title={t('人员')} note={t('姓名只存于名录，不在事件中；最近登录以访问日志的保留期为限')}>
        {mayAnywhere(session, ['people.invite']) && (
          <Button type="primary" onClick={() => setInviting(true)}>
            {t('邀请人员')}
          </Button>
        )}
      </PageHead>
      {people.error ? (
        <ProblemAlert error={people.error} retry={() => void people.refetch()} />
      ) : (
        <DataTable
          caption={t('人员')}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          total={
            rows.length === all.length
              ? t('人员 {{count}} 名', { count: all.length })
              : t('人员 {{count}} 名，列出 {{shown}} 名', { count: all.length, shown: rows.length })
          }
          empty={all.length === 0 ? t('还没有人员') : t('没有符合条件的人员：请放宽筛选')}
          isLoading={people.isPending}
          current={person}
          tools={
            <>
              <SearchField
                className="admin-search"
                label={t('按姓名、账号或编号查找')}
                placeholder={t('姓名、账号或编号')}
                value={text}
                onSearch={setText}
              />
              <Select<PersonStanding>
                size="small"
                allowClear
                aria-label={t('状态')}
                placeholder={t('全部状态')}
                value={standing}
                onChange={setStanding}
                options={Object.entries(standingWords).map(([value, label]) => ({
                  value: value as PersonStanding,
                  label,
                }))}
              />
              <Select
                size="small"
                allowClear
                showSearch
                optionFilterProp="label"
                className="unit-select"
                aria-label={t('单位')}
                placeholder={t('全部单位')}
                value={unit}
                onChange={setUnit}
                options={scopes.units.map(({ code, name }) => ({ value: code, label: name }))}
              />
            </>
          }
        />
      )}
      <PersonDrawer person={person} onClose={() => setPerson(undefined)} />
      <InviteDialog isOpen={isInviting} onClose={() => setInviting(false)} />
    </>
  );
}

function matches({ name, id, waysIn }: Person, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [name, id, ...waysIn.accounts].some((each) => each.toLowerCase().includes(wanted));
}

function accountsOf({ accounts, openId }: Person['waysIn']): string {
  const named = [...accounts, ...(openId > 0 ? [t('统一身份 {{count}} 个', { count: openId })] : [])];
  return named.join(t('、')) || '—';
}
