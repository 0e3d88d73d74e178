import type { Anomaly } from '../api/types';
import { RaiseFinding } from '../programme/RaiseFinding';
import { CommandButton } from '../shared/command/CommandButton';
import { t } from '../shared/i18n';
import { mayFor } from '../state/rights';
import { useIsToday, useScope } from '../state/scope';
import { useSession } from '../state/session';

/** What was said of a mark: of the mark itself, otherwise with the value; and the forms of those who may say more. */
export function MarkSaid({ mark }: { readonly mark: Anomaly }) {
  const { explained, explanation, approved } = mark;
  return (
    <div className="anomaly-message">
      {explained ? <Explained explained={explained} /> : (explanation ?? '—')}
      {!explained && explanation !== undefined && (
        <small className="muted">{approved ? t('所附数值已审核') : t('所附数值待审核')}</small>
      )}
      <Forms mark={mark} />
      <RaiseFromMark mark={mark} />
    </div>
  );
}

function Explained({ explained: { text, by, judged } }: Required<Pick<Anomaly, 'explained'>>) {
  return (
    <>
      {text} <small className="muted">{by}</small>
      <small className={judged?.accepted === false ? 'grave' : 'muted'}>
        {judged === undefined
          ? t('说明待审核')
          : judged.accepted
            ? t('{{by}} 已认可', { by: judged.by })
            : t('{{by}} 不认可：{{reason}}', { by: judged.by, reason: judged.reason ?? '' })}
      </small>
    </>
  );
}

function Forms({ mark: { kind, unit, figure, explained } }: { readonly mark: Anomaly }) {
  const { plan } = useScope();
  const session = useSession();
  const isToday = useIsToday();
  // Marks of a rule are explained with the report; one on all numbers of a unit is of no single figure.
  if (!figure || kind === 'rule' || !isToday) return null;
  const place = { plan: plan.plan, units: plan.units, unit };
  const path = { code: figure.code, unit, period: figure.period, kind };
  const mayExplain = mayFor(session, 'figures.report', plan, unit);
  const mayJudge = explained !== undefined && mayFor(session, 'figures.approve', plan, unit);
  if (!mayExplain && !mayJudge) return null;
  return (
    <div className="anomaly-forms">
      {mayExplain && (
        <CommandButton command="explainAnomaly" text={t('说明原因')} path={path} place={place} fields={['text']} />
      )}
      {mayJudge && explained.judged?.accepted !== true && (
        <CommandButton
          command="judgeAnomalyExplanation"
          text={t('认可')}
          path={path}
          place={place}
          fixed={{ accepted: true }}
          fields={[]}
        />
      )}
      {mayJudge && explained.judged?.accepted !== false && (
        <CommandButton
          command="judgeAnomalyExplanation"
          text={t('不认可')}
          path={path}
          place={place}
          fixed={{ accepted: false }}
          fields={['reason']}
          alsoRequired={['reason']}
        />
      )}
    </div>
  );
}

/** Raises a finding about the marked figure. */
function RaiseFromMark({ mark: { unit, figure, message } }: { readonly mark: Anomaly }) {
  if (!figure) return null;
  const { code, name, period } = figure;
  const title = `${code} ${name} ${period}${t('：')}${message}`;
  const finding = { subject: code, title, grounds: [`figure/${code}/${unit}/${period}`] };
  return <RaiseFinding type="link" finding={{ ...finding, subjectType: 'indicator' }} />;
}
