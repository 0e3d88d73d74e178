import { Input, Segmented, Select } from 'antd';
import { useIndicators } from '../api/queries';
import { useFilter } from '../app/links';
import { t } from '../shared/i18n';
import { judgedUnits, usePlanHere } from '../state/scope';

type Marks = 'all' | 'with' | 'none';

/** What of the queue is shown; kept in the address. */
export function ReviewFiltersBar() {
  const plan = usePlanHere();
  const indicators = useIndicators(plan.plan).data ?? [];
  const [unit, setUnit] = useFilter('unit');
  const [period, setPeriod] = useFilter('period');
  const [code, setCode] = useFilter('code');
  const [marks, setMarks] = useFilter<Marks>('marks');
  return (
    <div className="filter-bar" role="search" aria-label={t('筛选待审核的数据')}>
      <Select
        allowClear
        showSearch
        optionFilterProp="label"
        aria-label={t('单位')}
        placeholder={t('全部单位')}
        className="filter-wide"
        value={unit}
        onChange={setUnit}
        options={judgedUnits(plan.units).map(({ code, name }) => ({
          value: code,
          label: t('{{name}}（{{code}}）', { name, code }),
        }))}
      />
      <Input.Search
        key={period}
        allowClear
        aria-label={t('期间')}
        placeholder={t('期间，如 2022、2022-Q3')}
        className="filter-short"
        defaultValue={period}
        onSearch={(text) => setPeriod(text.trim() || undefined)}
      />
      <Select
        allowClear
        showSearch
        optionFilterProp="label"
        aria-label={t('指标')}
        placeholder={t('全部指标')}
        className="filter-wide"
        value={code}
        onChange={setCode}
        options={indicators.map(({ code: value, name }) => ({ value, label: `${value} ${name}` }))}
      />
      <Segmented<Marks>
        aria-label={t('数据质量标记')}
        value={marks ?? 'all'}
        onChange={(value) => setMarks(value === 'all' ? undefined : value)}
        options={[
          { value: 'all', label: t('全部') },
          { value: 'none', label: t('没有标记') },
          { value: 'with', label: t('有标记') },
        ]}
      />
    </div>
  );
}
