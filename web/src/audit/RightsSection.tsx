import { AutoComplete, DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { useRights } from '../api/audit-calls';
import type { RightHeld } from '../api/types';
import { useFilter } from '../app/links';
import { day, today } from '../format';
import { permissionLabel } from '../permission-words';
import { DataTable, type Column } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { unitName, usePlanHere } from '../state/scope';
import { roleWords } from '../role-words';

/** Who had which right at the end of a day, in this plan. */
export function RightsSection() {
  const plan = usePlanHere();
  const [on, setOn] = useFilter('on');
  const [person, setPerson] = useFilter('person');
  const [unit, setUnit] = useFilter('unit');
  const rights = useRights({
    plan: plan.plan,
    ...(on !== undefined && { asOf: on }),
    ...(unit !== undefined && { unit }),
  });
  const all = rights.data ?? [];
  const rows = all.filter(({ person: id, name }) => person === undefined || id === person || name.includes(person));
  const people = [...new Map(all.map(({ person: id, name }) => [id, name]))];
  const shown = people.find(([id]) => id === person)?.[1] ?? person;
  const columns: readonly Column<RightHeld>[] = [
    { key: 'name', title: t('人员'), cell: ({ name }) => name, sortBy: ({ name }) => name },
    {
      key: 'of',
      title: t('所在单位'),
      cell: ({ unit: of }) => (of === undefined ? '—' : unitName(plan.units, of)),
      sortBy: ({ unit: of }) => of,
    },
    {
      key: 'role',
      title: t('角色'),
      cell: ({ grant }) => roleWords[grant.role],
      sortBy: ({ grant }) => roleWords[grant.role],
    },
    {
      key: 'scope',
      title: t('范围'),
      cell: ({ grant }) =>
        [
          grant.plan === undefined ? t('全部规划') : t('本规划'),
          grant.unit === undefined ? t('全部单位') : t('{{unit}}及其下级', { unit: unitName(plan.units, grant.unit) }),
        ].join(t('，')),
    },
    {
      key: 'from',
      title: t('自'),
      cell: ({ grant }) => day(grant.from, plan.timeZone),
      sortBy: ({ grant }) => grant.from,
    },
    {
      key: 'until',
      title: t('至'),
      cell: ({ grant }) => (grant.until === undefined ? t('未定') : day(grant.until, plan.timeZone)),
      sortBy: ({ grant }) => grant.until,
    },
    {
      key: 'may',
      title: t('权限'),
      cell: ({ permissions }) => (
        <details>
          <summary>{t('{{count}} 项', { count: permissions.length })}</summary>
          {permissions.map(permissionLabel).join(t('、'))}
        </details>
      ),
    },
  ];
  return (
    <section className="card" data-testid="rights" data-settled={!rights.isFetching}>
      <div className="filter-bar" role="search" aria-label={t('筛选权限')}>
        <DatePicker
          aria-label={t('截至哪一天')}
          placeholder={t('今日')}
          format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'YYYY年M月D日']}
          value={on !== undefined && dayjs(on).isValid() ? dayjs(on) : null}
          onChange={(date) => setOn(date?.format('YYYY-MM-DD'))}
        />
        <AutoComplete
          allowClear
          aria-label={t('人员')}
          placeholder={t('姓名的一部分')}
          className="filter-short"
          value={shown}
          options={people
            .filter(([, name]) => name.includes(shown ?? ''))
            .slice(0, 30)
            .map(([id, name]) => ({ value: id, label: name }))}
          onChange={(text?: string) => setPerson(text)}
        />
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          aria-label={t('单位')}
          placeholder={t('全部单位')}
          className="filter-wide"
          value={unit}
          options={plan.units.map(({ code, name }) => ({
            value: code,
            label: t('{{name}}（{{code}}）', { name, code }),
          }))}
          onChange={(value?: string) => setUnit(value)}
        />
      </div>
      {rights.error ? (
        <ProblemAlert error={rights.error} retry={() => void rights.refetch()} />
      ) : (
        <DataTable
          caption={t('某日谁有何权限')}
          columns={columns}
          rows={rows}
          rowKey={({ person: id, grant }) => `${id}/${grant.grant}`}
          isLoading={rights.isPending}
          total={t('截至 {{day}} 终了，有效的授权 {{count}} 项', {
            day: on ?? today(plan.timeZone),
            count: rows.length,
          })}
          empty={t('那一天没有符合条件的授权')}
        />
      )}
    </section>
  );
}
