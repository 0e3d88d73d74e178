import { useIndicators } from '../api/queries';
import type { Evaluation } from '../api/types';
import { RaiseFinding, type Finding } from '../programme/RaiseFinding';
import { t } from '../shared/i18n';
import { judgedUnits, topUnit, usePlanHere } from '../state/scope';

type Recorded = Evaluation['findings'][number];

interface Props {
  readonly evaluation: Evaluation;
  readonly finding: Pick<Recorded, 'severity' | 'subject' | 'text'>;
}

/** Turns a problem that an evaluation recorded into a finding that is assigned and followed up. */
export function FollowUp({ evaluation, finding: { severity, subject, text } }: Props) {
  const { plan, units } = usePlanHere();
  const indicators = useIndicators(plan).data ?? [];
  const words = subject.split(/[\s，、：]+/);
  const indicator = indicators.find(({ code }) => words.includes(code));
  const unit = judgedUnits(units).find(({ code, name }) => words.includes(code) || words.includes(name));
  const { id, published, snapshots } = evaluation;
  const number = published ?? snapshots.at(-1)?.number;
  const at = (unit ?? topUnit(units))?.code;
  const finding: Finding = {
    ...{ severity, title: text, detail: t('评估 {{id}} 提出：{{subject}}', { id, subject }) },
    ...(indicator
      ? {
          ...{ subjectType: 'indicator', subject: indicator.code },
          grounds: number === undefined || at === undefined ? [] : [`snapshot/${id}/${number}/${indicator.code}/${at}`],
        }
      : { subjectType: 'plan' }),
  };
  return <RaiseFinding type="link" text={t('转为整改')} finding={finding} />;
}
