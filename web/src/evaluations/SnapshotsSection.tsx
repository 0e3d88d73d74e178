import type { Evaluation } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';
import { useMay } from '../state/session';
import { SnapshotTable } from './SnapshotTable';

interface Props {
  readonly evaluation: Evaluation;
  readonly isOpen: boolean;
}

/** The snapshots of an evaluation, and taking another one. */
export function SnapshotsSection({ evaluation, isOpen }: Props) {
  const plan = usePlanHere();
  const mayTake = useMay('evaluations.snapshot', plan.plan);
  const { id, asOf } = evaluation;
  return (
    <section className="card" aria-labelledby="snapshots" data-testid="snapshots">
      <h2 id="snapshots">{t('评估存档')}</h2>
      <SnapshotTable evaluations={[evaluation]} />
      {mayTake && isOpen && (
        <CommandButton
          command="takeSnapshot"
          text={t('生成存档')}
          path={{ id }}
          place={{ plan: plan.plan, units: plan.units }}
          fields={['asOf', 'reason']}
          initial={asOf === undefined ? {} : { asOf: asOf.slice(0, 10) }}
        >
          <p className="muted">{t('存档评估期间截至该日掌握的全部结论；内容与已有存档相同的不新增')}</p>
        </CommandButton>
      )}
    </section>
  );
}
