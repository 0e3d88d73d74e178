import { Descriptions } from 'antd';
import type { PlanDocument } from '../api/types';
import { useFilter } from '../app/links';
import { AddressNotice } from '../shared/AddressNotice';
import { CommandButton } from '../shared/command/CommandButton';
import { CommandMenu } from '../shared/command/CommandMenu';
import { DataTable } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { mayAnywhere, useSession } from '../state/session';
import { FolderLoader } from './FolderLoader';
import { IndicatorDefinitions } from './IndicatorDefinitions';
import { DraftButton, draftFields, PlanPage } from './PlanPage';
import { planPlace } from './plan-choices';
import { SettingsTrail } from './SettingsTrail';
import { TargetList } from './TargetList';
import { Views } from './Views';

const views = {
  plan: t('规划自身'),
  areas: t('标杆区'),
  indicators: t('指标'),
  targets: t('目标'),
  folder: t('装载文件夹'),
};
type View = keyof typeof views;

/** The definition of one plan: the plan itself, its areas, indicators and targets, and whole folders. */
export function PlansPage() {
  const [view = 'plan'] = useFilter<View>('view');
  return (
    <PlanPage
      title={t('规划')}
      note={t('规划的结构、指标和目标。每次修改都留痕，不覆盖原有内容')}
      actions={() => <DraftButton />}
    >
      {(plan) => (
        <>
          <Views label={t('内容')} chosen={view} views={views} forget={['q', 'code', 'unit']} />
          {view === 'plan' ? (
            <PlanItself plan={plan} />
          ) : view === 'areas' ? (
            <Areas plan={plan} />
          ) : view === 'indicators' ? (
            <IndicatorDefinitions plan={plan} />
          ) : view === 'targets' ? (
            <TargetList plan={plan} />
          ) : view === 'folder' ? (
            <FolderLoader />
          ) : (
            <AddressNotice
              text={t('本页没有“{{view}}”', { view })}
              waysOut={[{ text: t('看规划自身'), href: '/admin/plans' }]}
            />
          )}
        </>
      )}
    </PlanPage>
  );
}

const planEvents = new Set(['PlanDrafted', 'PlanAmended', 'PlanApproved', 'PlanClosed']);

function PlanItself({ plan }: { readonly plan: PlanDocument }) {
  const mayDefine = mayAnywhere(useSession(), ['plans.define'], plan.plan);
  const { approval, closed, title, territory, startYear, endYear, baseline, midterm, timeZone, language } = plan;
  const { fiscalYear, money, translations, actionPlans, glossary, assumptions, previousResults } = plan;
  const place = planPlace(plan);
  const own = {
    ...{ title, territory, startYear, endYear, baseline, midterm, timeZone, language },
    ...{ fiscalYear, money, actionPlans, glossary, assumptions, previousResults },
  };
  return (
    <>
      <div className="card">
        <Descriptions
          size="small"
          column={{ xs: 1, md: 2 }}
          items={[
            { key: 'code', label: t('规划代码'), children: <code>{plan.plan}</code> },
            { key: 'territory', label: t('地域'), children: territory },
            { key: 'years', label: t('规划期'), children: `${startYear}–${endYear}` },
            { key: 'baseline', label: t('基期'), children: baseline },
            { key: 'midterm', label: t('中期'), children: midterm ?? '—' },
            { key: 'zone', label: t('时区'), children: timeZone },
            {
              key: 'fiscal',
              label: t('财政年度'),
              children: fiscalYear ? t('自 {{month}} 月起', { month: fiscalYear.firstMonth }) : t('按日历年'),
            },
            { key: 'money', label: t('金额单位'), children: money?.unit ?? t('万元') },
            {
              key: 'approval',
              label: t('批准'),
              children: approval
                ? [approval.approvedBy, approval.documentNumber, approval.approvedOn].filter(Boolean).join(' · ')
                : t('尚未登记批准'),
            },
            { key: 'standing', label: t('状态'), children: closed ? t('已结束') : t('执行中') },
            {
              key: 'parts',
              label: t('文本'),
              children: t(
                '行动计划 {{plans}} 个，名词 {{terms}} 条，假设 {{assumptions}} 条，上期结果 {{results}} 项',
                {
                  plans: actionPlans.length,
                  terms: glossary.length,
                  assumptions: assumptions.length,
                  results: previousResults.length,
                },
              ),
            },
          ]}
        />
        {mayDefine && (
          <div className="form-buttons">
            <CommandButton
              command="amendPlan"
              text={t('修订规划')}
              place={place}
              fields={draftFields}
              initial={own}
              fixed={{ ...(translations && { translations }) }}
              alsoRequired={['reason']}
            >
              <p className="muted">{t('整体重述：表中已是现有内容，只改要改的')}</p>
            </CommandButton>
            {approval ? (
              <CommandButton
                command="amendApproval"
                text={t('修改批准的登记')}
                place={place}
                initial={approval}
                alsoRequired={['reason']}
              />
            ) : (
              <CommandButton command="approvePlan" text={t('登记批准')} place={place} />
            )}
            {!closed && (
              <CommandButton command="closePlan" text={t('结束规划')} isDangerous place={place} typed={plan.plan}>
                <p>{t('结束后不能再定义和填报；已有数据、评估和存档照常可查')}</p>
              </CommandButton>
            )}
          </div>
        )}
      </div>
      <SettingsTrail plan={plan} resource="plans" types={planEvents} title={t('规划的变更记录')} />
    </>
  );
}

function Areas({ plan }: { readonly plan: PlanDocument }) {
  const mayDefine = mayAnywhere(useSession(), ['plans.define'], plan.plan);
  const place = planPlace(plan);
  const actionPlans = new Map(plan.actionPlans.map(({ code, name }) => [code, name]));
  return (
    <DataTable
      caption={t('标杆区')}
      rows={plan.areas}
      rowKey={({ code }) => code}
      total={t('标杆区 {{count}} 个', { count: plan.areas.length })}
      empty={t('还没有标杆区')}
      tools={mayDefine && <CommandButton command="defineArea" text={t('定义标杆区')} place={place} />}
      columns={[
        { key: 'code', title: t('代码'), width: 90, sortBy: ({ code }) => code, cell: ({ code }) => code },
        { key: 'name', title: t('名称'), cell: ({ name }) => name },
        {
          key: 'actionPlan',
          title: t('行动计划'),
          cell: ({ actionPlan }) => (actionPlan === undefined ? '—' : (actionPlans.get(actionPlan) ?? actionPlan)),
        },
        { key: 'line', title: t('文本行号'), isNumber: true, width: 100, cell: ({ line }) => line ?? '—' },
        ...(mayDefine
          ? [
              {
                key: 'act',
                title: t('办理'),
                width: 90,
                cell: ({ code, name, actionPlan, line, translations }: PlanDocument['areas'][number]) => (
                  <CommandMenu
                    about={name}
                    items={[
                      {
                        command: 'amendArea',
                        text: t('修改'),
                        path: { code },
                        place,
                        initial: { name, actionPlan, line },
                        fixed: { ...(translations && { translations }) },
                      },
                      { command: 'retireArea', text: t('取消'), path: { code }, place, isDangerous: true },
                    ]}
                  />
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
