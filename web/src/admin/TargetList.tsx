import { Select } from 'antd';
import { useIndicators } from '../api/queries';
import type { IndicatorDocument, PlanDocument } from '../api/types';
import { useFilter } from '../app/links';
import { day, figure } from '../format';
import { CommandButton } from '../shared/command/CommandButton';
import { CommandMenu } from '../shared/command/CommandMenu';
import { DataTable, type Column } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { unitName } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';
import { planPlace } from './plan-choices';

interface Row {
  readonly indicator: IndicatorDocument;
  readonly target: IndicatorDocument['targets'][number];
}

/** The targets of all indicators as they hold now, and how they are set, revised and withdrawn. */
export function TargetList({ plan }: { readonly plan: PlanDocument }) {
  const mayDefine = mayAnywhere(useSession(), ['plans.define'], plan.plan);
  const indicators = useIndicators(plan.plan);
  const [code, setCode] = useFilter<string>('code');
  const [unit, setUnit] = useFilter<string>('unit');
  if (indicators.error) return <ProblemAlert error={indicators.error} retry={() => void indicators.refetch()} />;
  const list = indicators.data ?? [];
  const place = planPlace(plan, list);
  const all = list.flatMap((indicator) => indicator.targets.map((target): Row => ({ indicator, target })));
  const rows = all.filter(
    ({ indicator, target }) =>
      (code === undefined || indicator.code === code) && (unit === undefined || target.unit === unit),
  );
  const columns: Column<Row>[] = [
    {
      key: 'indicator',
      title: t('指标'),
      sortBy: ({ indicator }) => indicator.code,
      cell: ({ indicator }) => (
        <>
          <span className="code">{indicator.code}</span>
          {indicator.name}
        </>
      ),
    },
    { key: 'unit', title: t('单位'), cell: ({ target }) => unitName(plan.units, target.unit) },
    { key: 'period', title: t('期间'), sortBy: ({ target }) => target.period, cell: ({ target }) => target.period },
    {
      key: 'value',
      title: t('目标'),
      isNumber: true,
      cell: ({ target }) => target.original ?? (target.value.startsWith('=') ? target.value : figure(target.value)),
    },
    { key: 'version', title: t('版本'), isNumber: true, cell: ({ target }) => target.targetVersion },
    { key: 'known', title: t('掌握日期'), cell: ({ target }) => day(target.knownAt, plan.timeZone) },
    {
      key: 'why',
      title: t('依据或事由'),
      cell: ({ target }) => [target.documentNumber, target.reason].filter(Boolean).join(' · ') || '—',
    },
    ...(mayDefine
      ? [
          {
            key: 'act',
            title: t('办理'),
            cell: ({ indicator, target }: Row) => {
              const path = { code: indicator.code, unit: target.unit, period: target.period };
              return (
                <CommandMenu
                  about={`${indicator.name} ${unitName(plan.units, target.unit)} ${target.period}`}
                  items={[
                    {
                      command: 'reviseTarget',
                      text: t('调整'),
                      path,
                      place,
                      initial: { value: target.original ?? target.value },
                      alsoRequired: ['reason'],
                    },
                    {
                      command: 'withdrawTarget',
                      text: t('撤销目标'),
                      path,
                      place,
                      isDangerous: true,
                      alsoRequired: ['reason'],
                    },
                  ]}
                />
              );
            },
          },
        ]
      : []),
  ];
  return (
    <DataTable
      caption={t('目标')}
      columns={columns}
      rows={rows}
      rowKey={({ indicator, target }) => `${indicator.code}/${target.unit}/${target.period}`}
      total={
        rows.length === all.length
          ? t('目标 {{count}} 个', { count: all.length })
          : t('目标 {{count}} 个，列出 {{shown}} 个', { count: all.length, shown: rows.length })
      }
      empty={all.length === 0 ? t('还没有目标') : t('没有符合条件的目标')}
      isLoading={indicators.isPending}
      tools={
        <>
          <Select
            size="small"
            allowClear
            showSearch
            optionFilterProp="label"
            className="permission-select"
            aria-label={t('指标')}
            placeholder={t('全部指标')}
            value={code}
            onChange={setCode}
            options={list.map((each) => ({ value: each.code, label: `${each.code} ${each.name}` }))}
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
            options={plan.units.map((each) => ({ value: each.code, label: each.name }))}
          />
          {mayDefine && (
            <CommandButton
              command="setTarget"
              text={t('设定目标')}
              place={{ ...place, choices: { ...place.choices, code: place.choices?.indicator ?? [] } }}
            />
          )}
        </>
      }
    />
  );
}
