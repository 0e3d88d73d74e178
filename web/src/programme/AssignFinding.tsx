import { useAssignmentProposal } from '../api/programme-calls';
import { CommandButton } from '../shared/command/CommandButton';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';

interface Props {
  readonly id: string;
  readonly name: string;
}

/** The form that assigns a finding, with the owner and the due day that its subject and grounds suggest. */
export function AssignFinding({ id, name }: Props) {
  const plan = usePlanHere();
  const { data, isPending } = useAssignmentProposal(plan.plan, id);
  if (isPending) return null;
  const { on, owner, dueOn, ownerFrom, dueFrom, usualDays } = data ?? {};
  return (
    <CommandButton
      command="assignFinding"
      text={t('交办整改')}
      place={{ plan: plan.plan, units: plan.units }}
      path={{ id }}
      fields={['on', 'owner', 'dueOn', 'reason', 'evidence']}
      initial={{ on, owner, dueOn }}
    >
      <p className="muted">
        {id} {name}
      </p>
      {usualDays !== undefined && (
        <p className="muted">
          {ownerFrom === undefined
            ? t('问题没有指明单位：请选整改单位')
            : t('整改单位按 {{of}} 建议', { of: ownerFrom })}
          {t('；')}
          {dueFrom === undefined
            ? t('期限按 {{days}} 天建议（通鉴的默认值）', { days: usualDays })
            : t('期限按 {{of}} 的期限建议', { of: dueFrom })}
        </p>
      )}
    </CommandButton>
  );
}
