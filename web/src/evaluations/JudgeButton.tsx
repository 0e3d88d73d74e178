import { useState } from 'react';
import type { AssessorStanding, Evaluation, Judgement, Permission, Verdict } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { t } from '../shared/i18n';
import { mayFor } from '../state/rights';
import { usePlanHere } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';
import { standingWords } from '../words';

const rights: Readonly<Record<AssessorStanding, Permission>> = {
  self: 'evaluations.as-self',
  authority: 'evaluations.as-authority',
  'third-party': 'evaluations.as-third-party',
  experts: 'evaluations.as-experts',
  public: 'evaluations.as-experts',
};

interface Props {
  /** The evaluation. */
  readonly id: string;
  readonly judgement: Judgement;
  /** Who takes part by the scheme: a verdict is offered in these standings. */
  readonly participants?: Evaluation['participants'];
  /** What is concluded on. */
  readonly item?: string;
  readonly isConclusion?: true;
  /** The verdict that is revised. */
  readonly revised?: Verdict;
}

/** The form of a verdict, of its revision, or of a conclusion; none for whom may judge nothing. */
export function JudgeButton({ id, judgement, participants, item, isConclusion, revised }: Props) {
  const plan = usePlanHere();
  const session = useSession();
  const [chosen, setChosen] = useState<{ readonly item?: unknown; readonly scale?: unknown }>({});
  const standings = (Object.keys(standingWords) as AssessorStanding[]).filter(
    (standing) =>
      mayAnywhere(session, [rights[standing]], plan.plan) &&
      (participants === undefined || participants.some((each) => each.standing === standing)),
  );
  if (!isConclusion && !revised && standings.length === 0) return null;

  const about = item ?? revised?.item ?? chosen.item;
  const isCriterion = typeof about === 'string' && about.startsWith('criterion/');
  const scales = judgement.scales.filter(({ code }) => about === undefined || (code === 'criteria') === isCriterion);
  const scale = scales.find(({ code }) => code === (chosen.scale ?? revised?.scale));
  const things = judgement.things.filter(({ unit }) =>
    standings.some((standing) => mayFor(session, rights[standing], plan, unit)),
  );
  const place = {
    ...{ plan: plan.plan, units: plan.units },
    choices: {
      item: things.map((thing) => ({ value: thing.item, label: thing.name })),
      standing: standings.map((value) => ({ value, label: standingWords[value] })),
      scale: scales.map(({ code, label }) => ({ value: code, label })),
      step: (scale ? [scale] : scales).flatMap(({ steps }) =>
        steps.map(({ code, word }) => ({ value: code, label: word })),
      ),
    },
  };
  const judged = ['scale', scale?.upTo === undefined ? 'step' : 'points', 'ground'];
  const common = { place, onChange: setChosen, size: 'small' as const };
  if (isConclusion) {
    return (
      <CommandButton
        {...common}
        command="concludeItem"
        text={t('作出结论')}
        path={{ id }}
        fixed={{ item }}
        fields={[...judged, 'reason', 'evidence']}
      >
        <p className="muted">{t('结论由负责人作出，不由各方判断计算；改变已有的结论须写明事由')}</p>
      </CommandButton>
    );
  }
  if (revised) {
    const { scale: was, step, points, ground } = revised;
    return (
      <CommandButton
        {...common}
        command="reviseVerdict"
        text={t('修改判断')}
        path={{ id, verdict: String(revised.number) }}
        fields={[...judged, 'reason', 'evidence']}
        alsoRequired={['reason']}
        initial={{ scale: was, ground, ...(points === undefined ? { step } : { points }) }}
      />
    );
  }
  return (
    <CommandButton
      {...common}
      command="giveVerdict"
      text={t('作出判断')}
      path={{ id }}
      fields={['item', 'standing', ...judged, 'evidence']}
      initial={standings.length === 1 ? { standing: standings[0] } : {}}
    />
  );
}
