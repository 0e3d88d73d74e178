import { Select, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { isCode } from '../api/client';
import { usePlan, usePlans } from '../api/queries';
import type { PlanDocument } from '../api/types';
import { useFilter } from '../app/links';
import { AddressNotice } from '../shared/AddressNotice';
import { CommandButton } from '../shared/command/CommandButton';
import { t } from '../shared/i18n';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { mayAnywhere, useSession } from '../state/session';

interface Props {
  readonly title: string;
  readonly note: string;
  readonly actions?: (plan: PlanDocument) => ReactNode;
  readonly children: (plan: PlanDocument) => ReactNode;
}

/** A page of administration about one plan: the one that the address names, or else the first. */
export function PlanPage({ title, note, actions, children }: Props) {
  const session = useSession();
  const plans = usePlans();
  const [named, setNamed] = useFilter<string>('plan');
  const own = (plans.data ?? []).filter(({ plan }) => mayAnywhere(session, ['plans.define', 'audit.read'], plan));
  const code = named ?? own[0]?.plan;
  const plan = usePlan(code);
  return (
    <>
      <PageHead title={title} note={note}>
        {own.length > 1 && (
          <Select
            className="plan-select"
            aria-label={t('规划')}
            value={code}
            onChange={setNamed}
            options={own.map((each) => ({ value: each.plan, label: each.title }))}
          />
        )}
        {plan.data && mayAnywhere(session, ['plans.define'], plan.data.plan) && actions?.(plan.data)}
      </PageHead>
      {plans.error ? (
        <ProblemAlert error={plans.error} retry={() => void plans.refetch()} />
      ) : plans.data && code === undefined ? (
        <NoPlan />
      ) : isCode(plan.error, 'plan.unknown') ? (
        <AddressNotice
          text={t('没有规划 {{code}}', { code: code ?? '' })}
          waysOut={own.map((each) => ({ text: t('看“{{title}}”', { title: each.title }), href: `?plan=${each.plan}` }))}
        />
      ) : plan.error ? (
        <ProblemAlert error={plan.error} retry={() => void plan.refetch()} />
      ) : plan.data ? (
        <div key={plan.data.plan}>{children(plan.data)}</div>
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </>
  );
}

function NoPlan() {
  return (
    <div className="card empty-plan">
      <p>{t('还没有规划：在此建立，或在“规划”页装载规划文件夹')}</p>
      <DraftButton />
    </div>
  );
}

export function DraftButton() {
  return (
    <CommandButton
      command="draftPlan"
      text={t('建立规划')}
      place={{ plan: '', units: [] }}
      fields={draftFields}
      initial={{ timeZone: 'Asia/Shanghai' }}
      size="middle"
    >
      <p className="muted">{t('先建立规划本身，再纳入单位、定义标杆区、指标和目标；整套资料宜以文件夹装载')}</p>
    </CommandButton>
  );
}

/** What a plan is, first; what goes with its text, then. */
export const draftFields = [
  ...['title', 'territory', 'startYear', 'endYear', 'baseline', 'midterm', 'timeZone', 'language'],
  ...['fiscalYear', 'money', 'actionPlans', 'glossary', 'assumptions', 'previousResults', 'reason', 'evidence'],
];
