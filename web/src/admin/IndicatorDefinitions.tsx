import { useIndicators } from '../api/queries';
import type { IndicatorDocument, PlanDocument } from '../api/types';
import { useFilter } from '../app/links';
import { figure } from '../format';
import { CommandButton } from '../shared/command/CommandButton';
import { CommandMenu, type CommandItem } from '../shared/command/CommandMenu';
import { enumWords } from '../shared/command/enum-words';
import { DataTable, type Column } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { SearchField } from '../shared/SearchField';
import { ProblemAlert } from '../shared/ProblemAlert';
import { unitName } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';
import { attributeWords, frequencyWords, kindWords } from '../words';
import { planPlace } from './plan-choices';

const fields = [
  ...['name', 'printedName', 'role', 'area', 'attribute', 'kind', 'direction', 'frequency', 'decimals'],
  ...['definition', 'targetScope', 'trajectory', 'weight', 'owner', 'line', 'assumptions', 'reason', 'evidence'],
];

/** The indicators of a plan as they are defined now. */
export function IndicatorDefinitions({ plan }: { readonly plan: PlanDocument }) {
  const mayDefine = mayAnywhere(useSession(), ['plans.define'], plan.plan);
  const indicators = useIndicators(plan.plan);
  const [text, setText] = useFilter<string>('q');
  if (indicators.error) return <ProblemAlert error={indicators.error} retry={() => void indicators.refetch()} />;
  const all = indicators.data ?? [];
  const rows = all.filter(({ code, name }) => text === undefined || code === text || name.includes(text.trim()));
  const areas = new Map(plan.areas.map(({ code, name }) => [code, name]));
  const columns: Column<IndicatorDocument>[] = [
    { key: 'code', title: t('代码'), width: 80, sortBy: ({ code }) => code, cell: ({ code }) => code },
    {
      key: 'name',
      title: t('指标'),
      cell: ({ name, retiredFrom, definitions }) => (
        <>
          {name}
          <small className="muted">
            {' '}
            {definitions.at(-1)?.definition.unitOfMeasure}
            {retiredFrom !== undefined && t(' · 自 {{period}} 停用', { period: retiredFrom })}
          </small>
        </>
      ),
    },
    { key: 'role', title: t('用途'), cell: ({ role }) => enumWords.role?.[role] ?? role },
    { key: 'area', title: t('标杆区'), cell: ({ area }) => (area === undefined ? '—' : (areas.get(area) ?? area)) },
    { key: 'attribute', title: t('属性'), cell: ({ attribute }) => attributeWords[attribute] },
    { key: 'kind', title: t('类型'), cell: ({ kind }) => kindWords[kind] },
    { key: 'frequency', title: t('频次'), cell: ({ frequency }) => frequencyWords[frequency] },
    {
      key: 'weight',
      title: t('权重'),
      isNumber: true,
      sortBy: ({ weight }) => Number(weight),
      cell: ({ weight }) => figure(weight),
    },
    { key: 'owner', title: t('责任单位'), cell: ({ owner }) => unitName(plan.units, owner) || '—' },
    { key: 'version', title: t('口径版本'), isNumber: true, cell: ({ definitions }) => definitions.length },
    ...(mayDefine
      ? [
          {
            key: 'act',
            title: t('办理'),
            cell: (indicator: IndicatorDocument) => (
              <CommandMenu about={indicator.name} items={commandsOf(plan, indicator)} />
            ),
          },
        ]
      : []),
  ];
  return (
    <DataTable
      caption={t('指标')}
      columns={columns}
      rows={rows}
      rowKey={({ code }) => code}
      total={t('指标 {{count}} 项', { count: all.length })}
      empty={all.length === 0 ? t('还没有指标') : t('没有符合条件的指标')}
      isLoading={indicators.isPending}
      tools={
        <>
          <SearchField
            className="admin-search"
            label={t('按代码或名称查找')}
            placeholder={t('代码或名称')}
            value={text}
            onSearch={setText}
          />
          {mayDefine && (
            <CommandButton
              command="defineIndicator"
              text={t('定义指标')}
              fields={fields}
              place={planPlace(plan)}
              initial={{ role: 'main', frequency: 'A', targetScope: 'all', trajectory: 'linear', weight: '1' }}
            />
          )}
        </>
      }
    />
  );
}

function commandsOf(plan: PlanDocument, indicator: IndicatorDocument): CommandItem[] {
  const { code, name, printedName, role, area, attribute, kind, direction, frequency, decimals } = indicator;
  const { targetScope, trajectory, weight, owner, line, assumptions, translations, definitions } = indicator;
  const definition = definitions.at(-1)?.definition;
  const common = { path: { code }, place: planPlace(plan) };
  return [
    {
      ...common,
      command: 'amendIndicator',
      text: t('修改'),
      fields: [...fields.slice(0, -2), 'comparable', 'reason', 'evidence'],
      alsoRequired: ['reason'],
      initial: {
        ...{ name, printedName, role, area, attribute, kind, direction, frequency, decimals, definition },
        ...{ targetScope, trajectory, weight, owner, line, assumptions },
      },
      fixed: { ...(translations && { translations }) },
    },
    {
      ...common,
      command: 'redefineIndicator',
      text: t('口径变更'),
      alsoRequired: ['reason'],
      initial: { definition },
    },
    { ...common, command: 'setIndicatorScope', text: t('设定对单位是否适用') },
    ...(indicator.retiredFrom === undefined
      ? [{ ...common, command: 'retireIndicator' as const, text: t('停用'), isDangerous: true }]
      : []),
  ];
}
