import { Button, Select } from 'antd';
import { usePeople } from '../api/people-calls';
import type { Grant, RoleName } from '../api/types';
import { useFilter } from '../app/links';
import { DataTable, type Column } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { SearchField } from '../shared/SearchField';
import { ProblemAlert } from '../shared/ProblemAlert';
import { roleWords } from '../role-words';
import { EndGrantButton } from './GrantList';
import { fromDay, grantStanding, grantStandingWords, lastDay, type GrantStanding } from './grants';
import { useScopes } from './places';

interface Row {
  readonly person: string;
  readonly name: string;
  readonly grant: Grant;
}

/** Every grant that was ever made. */
export function GrantsView({ onOpen }: { readonly onOpen: (person: string) => void }) {
  const people = usePeople();
  const scopes = useScopes();
  const [text, setText] = useFilter<string>('q');
  const [role, setRole] = useFilter<RoleName>('role');
  const [standing, setStanding] = useFilter<GrantStanding>('standing');
  if (people.error) return <ProblemAlert error={people.error} retry={() => void people.refetch()} />;
  const all = (people.data ?? []).flatMap(({ id, name, grants }) =>
    grants.map((grant): Row => ({ person: id, name, grant })),
  );
  const rows = all.filter(
    ({ name, person, grant }) =>
      (text === undefined || name.includes(text.trim()) || person === text.trim()) &&
      (role === undefined || grant.role === role) &&
      (standing === undefined || grantStanding(grant) === standing),
  );
  const columns: Column<Row>[] = [
    {
      key: 'name',
      title: t('人员'),
      sortBy: ({ name }) => name,
      cell: ({ person, name }) => (
        <Button type="link" size="small" onClick={() => onOpen(person)}>
          {name}
        </Button>
      ),
    },
    {
      key: 'role',
      title: t('角色'),
      sortBy: ({ grant }) => roleWords[grant.role],
      cell: ({ grant }) => roleWords[grant.role],
    },
    {
      key: 'plan',
      title: t('规划'),
      cell: ({ grant }) => (isOfInstallation(grant.role) ? t('本系统') : scopes.planTitle(grant.plan)),
    },
    {
      key: 'unit',
      title: t('单位'),
      cell: ({ grant }) =>
        grant.unit === undefined ? '—' : t('{{unit}}及下属单位', { unit: scopes.unitName(grant.unit) }),
    },
    { key: 'from', title: t('起'), sortBy: ({ grant }) => grant.from, cell: ({ grant }) => fromDay(grant.from) },
    {
      key: 'until',
      title: t('止（含当日）'),
      sortBy: ({ grant }) => grant.until,
      cell: ({ grant }) => (grant.until === undefined ? t('不限期') : lastDay(grant.until)),
    },
    {
      key: 'standing',
      title: t('状态'),
      cell: ({ grant }) => (
        <span className={`grant-${grantStanding(grant)}`}>{grantStandingWords[grantStanding(grant)]}</span>
      ),
    },
    { key: 'act', title: t('办理'), cell: (row) => <EndGrantButton {...row} /> },
  ];
  return (
    <DataTable
      caption={t('授权')}
      columns={columns}
      rows={rows}
      rowKey={({ person, grant }) => `${person}/${grant.grant}`}
      total={
        rows.length === all.length
          ? t('授权 {{count}} 项', { count: all.length })
          : t('授权 {{count}} 项，列出 {{shown}} 项', { count: all.length, shown: rows.length })
      }
      empty={all.length === 0 ? t('还没有授权') : t('没有符合条件的授权：请放宽筛选')}
      isLoading={people.isPending}
      tools={
        <>
          <SearchField
            className="admin-search"
            label={t('按姓名查找')}
            placeholder={t('姓名')}
            value={text}
            onSearch={setText}
          />
          <Select<RoleName>
            size="small"
            allowClear
            className="role-select"
            aria-label={t('角色')}
            placeholder={t('全部角色')}
            value={role}
            onChange={setRole}
            options={Object.entries(roleWords).map(([value, label]) => ({ value: value as RoleName, label }))}
          />
          <Select<GrantStanding>
            size="small"
            allowClear
            aria-label={t('状态')}
            placeholder={t('全部状态')}
            value={standing}
            onChange={setStanding}
            options={Object.entries(grantStandingWords).map(([value, label]) => ({
              value: value as GrantStanding,
              label,
            }))}
          />
        </>
      }
    />
  );
}

const isOfInstallation = (role: RoleName) => role === 'system-admin' || role === 'security-admin';
