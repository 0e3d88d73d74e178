import type { Judgement, Verdict } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { EvidenceList } from '../shared/EvidenceList';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';
import { useSession } from '../state/session';
import { standingWords } from '../words';
import { JudgeButton } from './JudgeButton';

interface Props {
  /** The evaluation. */
  readonly id: string;
  readonly verdict: Verdict;
  readonly judgement: Judgement;
  readonly isOpen: boolean;
}

/** A verdict with its assessor, ground and documents; what it said before; for its assessor, its change. */
export function VerdictLine({ id, verdict, judgement, isOpen }: Props) {
  const plan = usePlanHere();
  const { person } = useSession();
  const { number, standing, shown, ground, by, reason, evidence, earlier, withdrawn, assessor } = verdict;
  return (
    <li className={withdrawn ? 'withdrawn' : ''} data-verdict={number}>
      <span>{standingWords[standing]}</span> <strong className={`step ${shown.colour}`}>{shown.word}</strong>
      <small className="muted">
        {ground} · {by}
      </small>
      {evidence && <EvidenceList plan={plan.plan} evidence={evidence} />}
      {earlier.length > 0 && (
        <small className="muted">
          {t('改过 {{count}} 次，最近的事由：{{reason}}', { count: earlier.length, reason: reason ?? '—' })}
        </small>
      )}
      {withdrawn && <small className="muted">{t('已撤回：{{reason}}', { reason: withdrawn.reason ?? '—' })}</small>}
      {isOpen && !withdrawn && assessor === person && (
        <span className="thing-actions">
          <JudgeButton id={id} judgement={judgement} revised={verdict} />
          <CommandButton
            command="withdrawVerdict"
            text={t('撤回判断')}
            isDangerous
            path={{ id, verdict: String(number) }}
            place={{ plan: plan.plan, units: plan.units }}
            fields={['reason']}
            alsoRequired={['reason']}
          />
        </span>
      )}
    </li>
  );
}
