import { Descriptions, Select } from 'antd';
import { useDueDays } from '../api/admin-calls';
import { useIndicators } from '../api/queries';
import type { DueDay, PlanDocument } from '../api/types';
import { useFilter } from '../app/links';
import { moment, today } from '../format';
import { CommandButton } from '../shared/command/CommandButton';
import { DataTable } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { frequencies } from '../state/periods';
import { unitName } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';
import { frequencyWords } from '../words';
import { PlanPage } from './PlanPage';
import { planPlace } from './plan-choices';
import { SettingsTrail } from './SettingsTrail';

const deadlineEvents = new Set(['DeadlinesSet']);
const unlockEvents = new Set(['FiguresUnlocked', 'UnlockingEnded']);

/** Until when units report, and for which of them what is locked was opened. */
export function DeadlinesPage() {
  return (
    <PlanPage title={t('报送期限')} note={t('期限按频次设定为期末后的天数；逾期的由系统据此算出')}>
      {(plan) => (
        <>
          <Deadlines plan={plan} />
          <DueDays plan={plan} />
          <Unlocks plan={plan} />
        </>
      )}
    </PlanPage>
  );
}

function Deadlines({ plan }: { readonly plan: PlanDocument }) {
  const mayDefine = mayAnywhere(useSession(), ['plans.define'], plan.plan);
  const { days = {}, programme } = plan.deadlines ?? {};
  return (
    <section className="card rules-section" aria-labelledby="deadlines">
      <h2 id="deadlines">{t('期限')}</h2>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          ...frequencies.map((frequency) => ({
            key: frequency,
            label: t('{{frequency}}报', { frequency: frequencyWords[frequency] }),
            children:
              days[frequency] === undefined ? t('没有期限') : t('期末后 {{days}} 天', { days: days[frequency] }),
          })),
          {
            key: 'programme',
            label: t('项目、政策、任务的进展'),
            children:
              programme === undefined
                ? t('每一期都报')
                : t('按{{frequency}}报', { frequency: frequencyWords[programme] }),
          },
        ]}
      />
      {mayDefine && (
        <CommandButton
          command="setDeadlines"
          text={t('设定期限')}
          place={planPlace(plan)}
          initial={{ days, programme }}
          alsoRequired={['reason']}
        />
      )}
      <SettingsTrail plan={plan} resource="plans" types={deadlineEvents} title={t('期限的变更记录')} />
    </section>
  );
}

function DueDays({ plan }: { readonly plan: PlanDocument }) {
  const due = useDueDays(plan.plan);
  const [year, setYear] = useFilter<string>('year');
  if (due.error) return <ProblemAlert error={due.error} retry={() => void due.refetch()} />;
  const all = due.data ?? [];
  const years = [...new Set(all.map((each) => each.due.slice(0, 4)))];
  const now = today(plan.timeZone);
  const rows = all.filter((each) => year === undefined || each.due.startsWith(year));
  const next = all.find((each) => each.due >= now);
  return (
    <section className="card rules-section" aria-labelledby="due-days">
      <h2 id="due-days">{t('报送日历')}</h2>
      <DataTable<DueDay>
        caption={t('报送日历')}
        rows={rows}
        rowKey={({ period }) => period}
        current={next?.period}
        total={
          next
            ? t('下一截止日：{{due}}（{{period}}）', { due: next.due, period: next.period })
            : t('各期 {{count}} 个', { count: all.length })
        }
        empty={all.length === 0 ? t('还没有期限：设定后，各期的截止日列在这里') : t('该年没有截止日')}
        isLoading={due.isPending}
        tools={
          years.length > 0 && (
            <Select
              size="small"
              allowClear
              className="unit-select"
              aria-label={t('截止年份')}
              placeholder={t('全部年份')}
              value={year}
              onChange={setYear}
              options={years.map((value) => ({ value, label: value }))}
            />
          )
        }
        columns={[
          { key: 'period', title: t('期间'), cell: ({ period }) => period },
          { key: 'frequency', title: t('频次'), cell: ({ frequency }) => frequencyWords[frequency] },
          { key: 'due', title: t('截止日（含当日）'), sortBy: (each) => each.due, cell: (each) => each.due },
          { key: 'state', title: t('状态'), cell: (each) => (each.due < now ? t('已过') : t('未到')) },
        ]}
      />
    </section>
  );
}

function Unlocks({ plan }: { readonly plan: PlanDocument }) {
  const mayUnlock = mayAnywhere(useSession(), ['figures.unlock'], plan.plan);
  const indicators = useIndicators(plan.plan).data ?? [];
  const base = planPlace(plan, indicators);
  const place = { ...base, choices: { ...base.choices, code: base.choices?.indicator ?? [] } };
  const now = today(plan.timeZone);
  const unlocks = plan.unlocks ?? [];
  return (
    <section className="card rules-section" aria-labelledby="unlocks">
      <h2 id="unlocks">{t('解除锁定')}</h2>
      <p className="muted">
        {t(
          '末级审核通过的、或其期间已有评估发布的数据是锁定的。解锁按单位和期间办理，到期自动恢复；解锁标在所涉的每个数据上',
        )}
      </p>
      <DataTable
        caption={t('解除锁定')}
        rows={unlocks}
        rowKey={({ unit, period, code, knownAt }) => [unit, period, code, knownAt].join('/')}
        total={t('解锁 {{count}} 项', { count: unlocks.length })}
        empty={t('没有解锁的单位和期间')}
        tools={
          mayUnlock && (
            <CommandButton command="unlockFigures" text={t('解除锁定')} place={place} alsoRequired={['reason']} />
          )
        }
        columns={[
          { key: 'unit', title: t('单位'), cell: ({ unit }) => unitName(plan.units, unit) },
          { key: 'period', title: t('期间'), cell: ({ period }) => period },
          {
            key: 'code',
            title: t('指标'),
            cell: ({ code }) =>
              code === undefined ? t('全部指标') : (indicators.find((each) => each.code === code)?.name ?? code),
          },
          {
            key: 'until',
            title: t('至（含当日）'),
            cell: ({ until }) => (until < now ? t('{{until}}（已恢复）', { until }) : until),
          },
          { key: 'by', title: t('经办'), cell: ({ by, knownAt }) => `${by.name} ${moment(knownAt, plan.timeZone)}` },
          { key: 'reason', title: t('事由'), cell: ({ reason }) => reason ?? '—' },
          ...(mayUnlock
            ? [
                {
                  key: 'act',
                  title: t('办理'),
                  cell: ({ unit, period, code, until }: (typeof unlocks)[number]) =>
                    until >= now && (
                      <CommandButton
                        command="endUnlocking"
                        text={t('恢复锁定')}
                        place={place}
                        fields={['reason']}
                        fixed={{ unit, period, ...(code !== undefined && { code }) }}
                      />
                    ),
                },
              ]
            : []),
        ]}
      />
      <SettingsTrail plan={plan} resource="plans" types={unlockEvents} title={t('解锁的变更记录')} />
    </section>
  );
}
