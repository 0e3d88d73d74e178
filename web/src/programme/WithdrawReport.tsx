import type { Permission, TrailEntry } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { t } from '../shared/i18n';
import { mayFor } from '../state/rights';
import { usePlanHere } from '../state/scope';
import { useSession } from '../state/session';
import type { Acted, ActedKind } from './ThingActions';
import { said } from '../shared/said';

const commands = {
  projects: 'withdrawProjectReport',
  policies: 'withdrawPolicyReport',
  tasks: 'withdrawTaskReport',
} as const;

const [report, plan] = ['programme.report', 'programme.plan'] as const;

/** What can be withdrawn, each with the permission that it takes; the rest is content of the plan, which is amended. */
const reports: Readonly<Record<string, Permission>> = {
  ...{ ProjectStarted: report, ProjectProgressReported: report, InvestmentReported: report },
  ...{ InvestmentCorrected: report, ProjectSuspended: report, ProjectResumed: report, ProjectCompleted: report },
  ...{ ProjectRescheduled: plan, ProjectCancelled: plan },
  ...{ PolicyDrafted: report, PolicyIssued: report, PolicyRevised: report, PolicyRepealed: report },
  ...{ PolicyPostponed: plan, PolicyDropped: plan },
  ...{ TaskProgressReported: report, TaskCompleted: report, TaskReopened: report, TaskDropped: plan },
};

/** The ids of the reports that an entry of the trail withdrew. */
export function withdrawnIn(entries: readonly TrailEntry[]): ReadonlySet<string | undefined> {
  const withdrawals = entries.filter(({ type }) => type.endsWith('ReportWithdrawn'));
  return new Set(withdrawals.map(({ data }) => (data as { readonly eventId?: string }).eventId));
}

/** A thing whose reports are withdrawn one by one. The steps of a finding stay: they are answered by further ones. */
export interface Reported extends Acted {
  readonly kind: Exclude<ActedKind, 'findings'>;
}

interface Props {
  readonly thing: Reported;
  readonly entry: TrailEntry;
}

/** Takes one report back, with a reason: everything is then as if it had not been made, and the trail tells both. */
export function WithdrawReport({ thing: { kind, id, name, unit }, entry: { type, eventId, label, to } }: Props) {
  const here = usePlanHere();
  const session = useSession();
  const permission = reports[type];
  if (permission === undefined || !mayFor(session, permission, here, unit)) return null;
  return (
    <CommandButton
      command={commands[kind]}
      text={t('撤回这次登记')}
      isDangerous
      place={{ plan: here.plan, units: here.units, ...(unit !== undefined && { unit }) }}
      path={{ id, report: eventId }}
      fields={['reason', 'evidence']}
      alsoRequired={['reason']}
    >
      <p className="muted">
        {t('{{thing}}：撤回“{{what}}”，如同没有登记过；记录和撤回都留在轨迹中', {
          thing: `${id} ${name}`,
          what: to === undefined ? t(label) : `${t(label)} ${said(to)}`,
        })}
      </p>
    </CommandButton>
  );
}
