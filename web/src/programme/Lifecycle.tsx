import type { FindingNow } from '../api/types';
import { moment } from '../format';
import { useScope } from '../state/scope';
import { bureauOf } from './reading';
import { t } from '../shared/i18n';

type Step = NonNullable<FindingNow['steps']>[number];

interface Stage {
  readonly name: string;
  readonly state: 'done' | 'now' | 'late' | 'back' | 'to-come';
  readonly who?: string;
  readonly when?: string;
}

/** The stages of a 整改 in a line: what is done, by whom and when; what is next, whose turn it is. */
export function Lifecycle({ finding }: { readonly finding: FindingNow }) {
  const { plan } = useScope();
  const stages = stagesOf(finding, (code) => bureauOf(plan.units, code), plan.timeZone);
  return (
    <ol className="lifecycle" data-testid="lifecycle">
      {stages.map(({ name, state, who, when }) => (
        <li key={name} data-state={state} aria-current={state === 'done' || state === 'to-come' ? undefined : 'step'}>
          <strong>{name}</strong>
          {who !== undefined && <span>{who}</span>}
          {when !== undefined && <small className="muted">{when}</small>}
        </li>
      ))}
    </ol>
  );
}

function stagesOf(finding: FindingNow, bureau: (code: string) => string, timeZone: string): Stage[] {
  const { raisedBy, raisedAt, owner = '', dueOn = '', overdueDays, steps = [], standing, closed } = finding;
  const last = (what: Step['what']) => steps.findLast((step) => step.what === what);
  const [assigned, reported, accepted] = [last('assigned'), last('reported'), last('accepted')];
  const isHandedIn = standing === 'reported' || standing === 'accepted' || standing === 'closed';
  const isAccepted = standing === 'accepted' || standing === 'closed';
  const due = t('期限 {{dueOn}}', { dueOn });
  const late = overdueDays === undefined ? due : t('期限 {{dueOn}}，逾期 {{days}} 天', { dueOn, days: overdueDays });
  return [
    {
      name: t('提出'),
      state: 'done',
      who: raisedBy,
      ...(raisedAt !== undefined && { when: moment(raisedAt, timeZone) }),
    },
    { name: t('交办'), state: 'done', ...saidBy(assigned) },
    isHandedIn
      ? { name: t('报送'), state: 'done', ...saidBy(reported) }
      : {
          ...{ name: standing === 'sent-back' ? t('退回重报') : t('报送'), who: bureau(owner), when: late },
          state: overdueDays !== undefined ? 'late' : standing === 'sent-back' ? 'back' : 'now',
        },
    isAccepted
      ? { name: t('验收'), state: 'done', ...saidBy(accepted) }
      : {
          ...{ name: t('验收'), state: standing === 'reported' ? 'now' : 'to-come' },
          who: t('审核员或评估负责人'),
        },
    closed
      ? { name: t('办结'), state: 'done', who: closed.by, when: closed.on }
      : {
          ...{ name: t('办结'), state: standing === 'accepted' ? 'now' : 'to-come' },
          who: t('其他单位的评估负责人'),
        },
  ];
}

const saidBy = (step: Step | undefined) => step && { who: step.by, ...(step.on !== undefined && { when: step.on }) };
