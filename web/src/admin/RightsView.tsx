import { Button, Select } from 'antd';
import { useRights } from '../api/people-calls';
import type { Permission, RightHeld } from '../api/types';
import { useFilter } from '../app/links';
import { DataTable, type Column } from '../shared/DataTable';
import { DayInput } from '../shared/command/CommandFields';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { grantSpan } from './GrantList';
import { permissionLabels } from '../permission-words';
import { useScopes } from './places';
import { roleWords } from '../role-words';

/** Who held which right on a day: a question about others, by which nobody gets a right back. */
export function RightsView({ onOpen }: { readonly onOpen: (person: string) => void }) {
  const scopes = useScopes();
  const [on, setOn] = useFilter<string>('on');
  const [permission, setPermission] = useFilter<Permission>('permission');
  const [plan, setPlan] = useFilter<string>('plan');
  const [unit, setUnit] = useFilter<string>('unit');
  const rights = useRights({
    ...(on !== undefined && { asOf: on }),
    ...(permission !== undefined && { permission }),
    ...(plan !== undefined && { plan }),
    ...(unit !== undefined && { unit }),
  });
  const columns: Column<RightHeld>[] = [
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
    { key: 'of', title: t('当时所在单位'), cell: ({ unit: of }) => scopes.unitName(of) || '—' },
    {
      key: 'role',
      title: t('角色'),
      sortBy: ({ grant }) => roleWords[grant.role],
      cell: ({ grant }) => roleWords[grant.role],
    },
    {
      key: 'scope',
      title: t('范围'),
      cell: ({ grant }) =>
        [
          scopes.planTitle(grant.plan),
          grant.unit !== undefined && t('{{unit}}及下属单位', { unit: scopes.unitName(grant.unit) }),
        ]
          .filter(Boolean)
          .join(' · '),
    },
    { key: 'span', title: t('起止'), cell: ({ grant }) => grantSpan(grant) },
  ];
  const rows = rights.data ?? [];
  return (
    <>
      <div className="admin-filters">
        <label>
          {t('截至')}
          <DayInput value={on} onChange={setOn} />
        </label>
        <Select<Permission>
          allowClear
          showSearch
          optionFilterProp="label"
          className="permission-select"
          aria-label={t('权限')}
          placeholder={t('任何权限')}
          value={permission}
          onChange={setPermission}
          options={Object.entries(permissionLabels).map(([value, label]) => ({ value: value as Permission, label }))}
        />
        <Select
          allowClear
          className="plan-select"
          aria-label={t('规划')}
          placeholder={t('任何规划')}
          value={plan}
          onChange={setPlan}
          options={scopes.plans.map((each) => ({ value: each.plan, label: each.title }))}
        />
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          className="unit-select"
          aria-label={t('单位')}
          placeholder={t('任何单位')}
          value={unit}
          onChange={setUnit}
          options={scopes.units.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </div>
      {rights.error ? (
        <ProblemAlert error={rights.error} retry={() => void rights.refetch()} />
      ) : (
        <DataTable
          caption={t('权限')}
          columns={columns}
          rows={rows}
          rowKey={({ person, grant }) => `${person}/${grant.grant}`}
          total={
            on === undefined
              ? t('现在持有的角色 {{count}} 项', { count: rows.length })
              : t('{{day}} 日终持有的角色 {{count}} 项', { day: on, count: rows.length })
          }
          empty={t('当时没有人有这样的权限')}
          isLoading={rights.isPending}
        />
      )}
    </>
  );
}
