import { Table } from 'antd';
import type { PlanDocument } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { CommandMenu, type CommandItem } from '../shared/command/CommandMenu';
import { enumWords } from '../shared/command/enum-words';
import { t } from '../shared/i18n';
import { unitName } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';
import { PlanPage } from './PlanPage';
import { planPlace } from './plan-choices';
import { SettingsTrail } from './SettingsTrail';

type Unit = PlanDocument['units'][number];

interface Branch extends Unit {
  readonly children?: Branch[];
}

const unitEvents = new Set([
  ...['UnitEnrolled', 'UnitAmended', 'UnitRenamed', 'UnitMoved', 'UnitsMerged', 'UnitSplit', 'UnitEnded'],
  'UnitChangeWithdrawn',
]);

/** The units of a plan through time, and what happens to them. */
export function UnitsPage() {
  return (
    <PlanPage
      title={t('单位')}
      note={t('单位及其隶属、更名、合并、拆分的起止；各期间按当时的单位和名称计算')}
      actions={(plan) => (
        <>
          <CommandButton
            command="enrolUnit"
            text={t('纳入单位')}
            size="middle"
            type="primary"
            place={planPlace(plan)}
          />
          <CommandButton command="mergeUnits" text={t('合并单位')} size="middle" place={planPlace(plan)}>
            <p className="muted">{t('并入的单位须为其中之一，或已纳入、自生效日起设立的单位')}</p>
          </CommandButton>
        </>
      )}
    >
      {(plan) => <Units plan={plan} />}
    </PlanPage>
  );
}

function Units({ plan }: { readonly plan: PlanDocument }) {
  const session = useSession();
  const mayDefine = mayAnywhere(session, ['plans.define'], plan.plan);
  const { units, territoryChanges = [] } = plan;
  const present = units.filter(({ until }) => until === undefined).length;
  return (
    <>
      <p className="data-total">
        {t('单位 {{count}} 个', { count: present })}
        {units.length > present && t('，已撤销 {{count}} 个', { count: units.length - present })}
      </p>
      <Table<Branch>
        size="small"
        className="units-tree"
        rowKey="code"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={treeOf(units)}
        defaultExpandAllRows
        locale={{ emptyText: t('还没有单位：请先纳入最上一级的单位') }}
        rowClassName={({ until }) => (until === undefined ? '' : 'ended')}
        columns={[
          {
            key: 'name',
            title: t('单位'),
            render: (_, { code, name }) => (
              <>
                {name} <span className="code">{code}</span>
              </>
            ),
          },
          { key: 'level', title: t('层级'), render: (_, { level }) => enumWords.level?.[level] ?? level },
          { key: 'bureau', title: t('责任部门'), dataIndex: 'bureau' },
          { key: 'span', title: t('存续'), render: (_, unit) => spanOf(unit) },
          { key: 'before', title: t('此前'), render: (_, unit) => beforeOf(unit, units) },
          ...(mayDefine
            ? [
                {
                  key: 'act',
                  title: t('办理'),
                  render: (_: unknown, unit: Branch) => (
                    <CommandMenu about={unit.name} items={commandsOf(plan, unit)} />
                  ),
                },
              ]
            : []),
        ]}
      />
      {territoryChanges.length > 0 && (
        <>
          <h2 className="admin-subhead">{t('合并、拆分与撤销')}</h2>
          <ul className="plain-list">
            {territoryChanges.map(({ on, from, into }) => (
              <li key={`${on} ${from.join()}`}>
                {t('自 {{day}} 起：{{from}} → {{into}}', {
                  day: on,
                  from: from.map((code) => unitName(units, code)).join(t('、')),
                  into: into.length > 0 ? into.map((code) => unitName(units, code)).join(t('、')) : t('撤销'),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      <SettingsTrail plan={plan} resource="plans" types={unitEvents} title={t('单位的变更记录')} />
    </>
  );
}

function treeOf(units: readonly Unit[]): Branch[] {
  const known = new Set(units.map(({ code }) => code));
  const below = (parent: string | undefined): Branch[] =>
    units
      .filter((unit) => (parent === undefined ? !unit.parent || !known.has(unit.parent) : unit.parent === parent))
      .map((unit) => {
        const children = below(unit.code);
        return { ...unit, ...(children.length > 0 && { children }) };
      });
  return below(undefined);
}

function spanOf({ from, until }: Unit): string {
  if (from === undefined && until === undefined) return t('全程');
  if (until === undefined) return t('{{from}} 起', { from: from ?? '' });
  return from === undefined ? t('至 {{until}} 前', { until }) : t('{{from}} 至 {{until}} 前', { from, until });
}

/** Former names and superiors, each with its end. */
const beforeOf = ({ names = [], parents = [] }: Unit, units: readonly Unit[]): string =>
  [
    ...names.map(({ name, until }) => t('{{until}} 前名为{{name}}', { until, name })),
    ...parents.map(({ parent, until }) =>
      t('{{until}} 前属{{parent}}', { until, parent: parent === undefined ? '—' : unitName(units, parent) }),
    ),
  ].join(t('；'));

function commandsOf(plan: PlanDocument, unit: Unit): CommandItem[] {
  const { code, name, level, bureau, parent, from, until, names = [], parents = [], translations } = unit;
  const common = { path: { code }, place: planPlace(plan) };
  const changes = [
    ...names.map((each) => ({ on: each.until, change: 'name' })),
    ...parents.map((each) => ({ on: each.until, change: 'parent' })),
    ...(plan.territoryChanges ?? [])
      .filter((each) => each.from.includes(code))
      .map(({ on }) => ({ on, change: 'territory' })),
  ];
  return [
    ...(until === undefined
      ? [
          { ...common, command: 'renameUnit' as const, text: t('更名') },
          { ...common, command: 'moveUnit' as const, text: t('改隶'), initial: { parent } },
          { ...common, command: 'splitUnit' as const, text: t('拆分') },
          { ...common, command: 'endUnit' as const, text: t('撤销'), isDangerous: true },
        ]
      : []),
    {
      ...common,
      command: 'amendUnit',
      text: t('更正登记错误'),
      initial: { name, level, bureau, parent, from },
      fixed: { ...(translations && { translations }) },
    },
    ...(changes.length > 0
      ? [{ ...common, command: 'withdrawUnitChange' as const, text: t('撤回变更'), initial: changes.at(-1)! }]
      : []),
  ];
}
