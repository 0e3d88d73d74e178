import { useState } from 'react';
import type { AuditSample } from '../api/types';
import { figure as shownFigure } from '../format';
import { CommandButton } from '../shared/command/CommandButton';
import { EvidenceList } from '../shared/EvidenceList';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';
import { outcomeWords } from './sample-words';

type Sampled = AuditSample['strata'][number]['figures'][number];

/** What the last check of a sampled figure found: by whom, why, and on what sources. */
export function CheckFound({ check }: Pick<Sampled, 'check'>) {
  const plan = usePlanHere();
  if (!check) return <span className="muted">{t('还没有核对')}</span>;
  const { outcome, found, by, reason, evidence, earlier } = check;
  return (
    <>
      <b className={outcome === 'confirmed' ? undefined : 'grave'}>{outcomeWords[outcome]}</b>
      {found !== undefined && <> {shownFigure(found)}</>} <small className="muted">{by}</small>
      <div>{reason}</div>
      <EvidenceList plan={plan.plan} evidence={evidence} />
      {earlier > 0 && <small className="muted">{t('此前核对 {{times}} 次', { times: earlier })}</small>}
    </>
  );
}

interface Props {
  /** The evaluation and its snapshot. */
  readonly id: string;
  readonly snapshot: number;
  readonly figure: Sampled;
}

/** The form of a check. */
export function CheckButton({ id, snapshot, figure: { code, unit, period, check } }: Props) {
  const plan = usePlanHere();
  const [chosen, setChosen] = useState<{ readonly outcome?: unknown }>({});
  const found = chosen.outcome === 'corrected' ? ['found'] : [];
  return (
    <CommandButton
      command="checkSampledFigure"
      text={check ? t('再核对') : t('核对')}
      path={{ id, snapshot: String(snapshot) }}
      place={{
        ...{ plan: plan.plan, units: plan.units },
        choices: { outcome: Object.entries(outcomeWords).map(([value, label]) => ({ value, label })) },
      }}
      fixed={{ code, unit, period }}
      fields={['outcome', ...found, 'reason', 'evidence']}
      alsoRequired={[...found, 'reason', 'evidence']}
      onChange={setChosen}
    />
  );
}
