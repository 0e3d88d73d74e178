import type { AppraisalSheet } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { EvidenceList } from '../shared/EvidenceList';
import { t } from '../shared/i18n';
import { mayFor } from '../state/rights';
import { useIsToday, useScope } from '../state/scope';
import { useSession } from '../state/session';
import { said } from '../shared/said';

export type Objection = AppraisalSheet['objections'][number];

interface Props {
  readonly sheet: AppraisalSheet;
  /** The id of the deduction; absent of a cap, to which nobody objects. */
  readonly deduction?: string;
  readonly withdrawn: boolean;
}

/** What a unit said against a deduction, and the decision; the forms of those who may object or decide. */
export function ObjectionCell({ sheet, deduction, withdrawn }: Props) {
  const { plan } = useScope();
  const session = useSession();
  const isToday = useIsToday();
  if (deduction === undefined) return <span className="none">—</span>;
  const { unit, period, putForth, frozen, objections } = sheet;
  const last = objections.findLast((each) => each.deduction === deduction);
  const isNow = isToday && !frozen;
  const isNew =
    last === undefined || last.withdrawn || (last.decided?.accepted === false && last.round !== putForth?.round);
  const mayObject = isNow && putForth?.isOpen && isNew && !withdrawn && mayFor(session, 'appraisal.object', plan, unit);
  if (!last && !mayObject) return <span className="none">—</span>;
  return (
    <div className="objection">
      {last && <ObjectionSaid objection={last} isFrozen={frozen !== undefined} />}
      {last && isNow && !last.decided && !last.withdrawn && (
        <>
          <DecisionForms objection={last} period={period} />
          <WithdrawalForm objection={last} period={period} />
        </>
      )}
      {mayObject && (
        <CommandButton
          command="objectToDeduction"
          text={t('申诉')}
          path={{ period, unit }}
          place={{ plan: plan.plan, units: plan.units, unit }}
          fixed={{ deduction }}
          fields={['reason', 'evidence']}
          alsoRequired={['reason']}
        >
          <p className="muted">{t('写明为何不应扣分，可附依据；由其他单位的审核员或评估负责人裁定')}</p>
        </CommandButton>
      )}
    </div>
  );
}

interface SaidProps {
  readonly objection: Objection;
  readonly isFrozen: boolean;
}

export function ObjectionSaid({ objection, isFrozen }: SaidProps) {
  const { plan } = useScope();
  const { number, reason = '', by, evidence = [], decided, withdrawn } = objection;
  return (
    <>
      <span>{t('申诉 {{number}}：{{reason}}', { number, reason })}</span> <small className="muted">{by}</small>
      {evidence.length > 0 && <EvidenceList plan={plan.plan} evidence={evidence} />}
      <small className={decided?.accepted === false ? 'grave' : 'muted'}>
        {withdrawn
          ? t('{{by}} 撤回：{{reason}}', { by: withdrawn.by, reason: withdrawn.reason ?? '' })
          : decided === undefined
            ? isFrozen
              ? t('定稿时未裁定')
              : t('待裁定')
            : decided.accepted
              ? t('{{by}} 采纳：{{reason}}', { by: decided.by, reason: decided.reason ?? '' })
              : t('{{by}} 未采纳：{{reason}}', { by: decided.by, reason: decided.reason ?? '' })}
      </small>
    </>
  );
}

interface FormsProps {
  readonly objection: Pick<Objection, 'number' | 'unit' | 'text' | 'points'>;
  readonly period: string;
}

/** Withdrawing an objection of the unit before it is decided; nothing for who may not object. */
function WithdrawalForm({ objection: { number, unit }, period }: FormsProps) {
  const { plan } = useScope();
  const session = useSession();
  if (!mayFor(session, 'appraisal.object', plan, unit)) return null;
  return (
    <CommandButton
      command="withdrawObjection"
      text={t('撤回申诉')}
      path={{ period, unit, number: String(number) }}
      place={{ plan: plan.plan, units: plan.units, unit }}
      fields={['reason', 'evidence']}
      alsoRequired={['reason']}
    />
  );
}

/** Accepting and refusing an objection; nothing for who may not, or belongs to the unit. */
export function DecisionForms({ objection: { number, unit, text, points }, period }: FormsProps) {
  const { plan } = useScope();
  const session = useSession();
  if (session.unit === unit || !mayFor(session, 'appraisal.decide', plan, unit)) return null;
  const form = {
    ...{ command: 'decideObjection' as const, path: { period, unit, number: String(number) } },
    place: { plan: plan.plan, units: plan.units, unit },
    fields: ['reason', 'evidence'],
    alsoRequired: ['reason'],
  };
  const what = (
    <p className="muted">
      {said(text)}
      {t('：')}
      {t('扣 {{points}} 分', { points })}
    </p>
  );
  return (
    <span className="objection-forms">
      <CommandButton {...form} text={t('采纳')} fixed={{ accepted: true }}>
        {what}
      </CommandButton>{' '}
      <CommandButton {...form} text={t('不采纳')} fixed={{ accepted: false }}>
        {what}
      </CommandButton>
    </span>
  );
}
