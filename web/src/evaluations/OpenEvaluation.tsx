import { useNavigate } from '@tanstack/react-router';
import { CommandButton } from '../shared/command/CommandButton';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';
import { useMay, useSession } from '../state/session';
import { standingWords } from '../words';

/** The scales that every evaluation may use; their words are in the judgement of each. */
const defaultScales = [
  { value: 'five', label: t('五档') },
  { value: 'pass', label: t('合格–不合格') },
  { value: 'points', label: t('百分制') },
  { value: 'criteria', label: t('定性评分 1–5') },
];

/** Opens an evaluation with its scheme, for whom may, and leads to its workbench. */
export function OpenEvaluation() {
  const plan = usePlanHere();
  const { person } = useSession();
  const navigate = useNavigate();
  if (!useMay('evaluations.open', plan.plan)) return null;
  const fields = ['kind', 'period', 'title', 'purpose', 'basis', 'standard', 'method', 'window', 'evaluator', 'asOf'];
  const choices = {
    lead: [{ value: person, label: t('我本人') }],
    standing: Object.entries(standingWords).map(([value, label]) => ({ value, label })),
    useScales: defaultScales,
  };
  return (
    <CommandButton
      command="openEvaluation"
      text={t('建立评估')}
      size="middle"
      place={{ plan: plan.plan, units: plan.units, choices }}
      fields={[...fields, 'participants', 'lead', 'useScales', 'scales', 'reason', 'evidence']}
      initial={{ kind: 'midterm', period: plan.midterm }}
      onDone={(done) => {
        const id = /\.([^.]+)$/.exec(done.stream)?.[1];
        if (id !== undefined) void navigate({ to: '/p/$plan/evaluations/$id', params: { plan: plan.plan, id } });
      }}
    />
  );
}
