import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { checkFigure } from '../api/reporting-calls';
import type { FigureCheck, FormFigure, Unit } from '../api/types';
import { moment } from '../format';
import { CommandButton } from '../shared/command/CommandButton';
import { CommandForm } from '../shared/command/CommandForm';
import { t } from '../shared/i18n';
import { mayFor } from '../state/rights';
import { unitName, usePlanHere } from '../state/scope';
import { useSession } from '../state/session';
import { Marks } from './Marks';

interface Props {
  readonly figure: FormFigure;
  readonly unit: Unit;
  readonly period: string;
}

/** What can be done with a value that was reported: correct it, withdraw it; or who can open it. */
export function FigureActions({ figure, unit, period }: Props) {
  const plan = usePlanHere();
  const session = useSession();
  const [isCorrecting, setCorrecting] = useState(false);
  const { code, name, lock, unlock, figure: document } = figure;
  const may = (permission: Parameters<typeof mayFor>[1]) => mayFor(session, permission, plan, unit.code);
  const isLocked = lock !== undefined && unlock === undefined;
  const canCorrect = isLocked ? may('figures.correct-locked') : may('figures.correct') || may('figures.correct-locked');
  const place = { plan: plan.plan, unit: unit.code, units: plan.units };
  const path = { code, unit: unit.code, period };
  return (
    <div className="figure-actions">
      {lock && <LockText figure={figure} />}
      {canCorrect && (
        <Button size="small" onClick={() => setCorrecting(true)}>
          {t('更正')}
        </Button>
      )}
      {document?.standing === 'reported' && may('figures.withdraw') && (
        <CommandButton
          command="withdrawMeasurement"
          text={t('撤回')}
          isDangerous
          place={place}
          path={path}
          revision={document.revision}
          fields={['reason']}
          alsoRequired={['reason']}
        >
          <p>{t('{{name}} {{period}} 所报的数将收回，可重新填报', { name, period })}</p>
        </CommandButton>
      )}
      <Modal
        open={isCorrecting}
        title={t('更正：{{name}}（{{unit}} {{period}}）', { name, unit: unit.name, period })}
        footer={null}
        destroyOnHidden
        width={680}
        onCancel={() => setCorrecting(false)}
      >
        {isCorrecting && (
          <Correction
            figure={figure}
            unit={unit}
            period={period}
            isLocked={isLocked}
            onEnd={() => setCorrecting(false)}
          />
        )}
      </Modal>
    </div>
  );
}

function LockText({ figure: { lock, unlock } }: { readonly figure: FormFigure }) {
  const { timeZone } = usePlanHere();
  if (!lock) return null;
  if (unlock) {
    return (
      <p className="muted">
        {t('已由 {{who}} 解除锁定，至 {{until}} 可以更正', { who: unlock.by.name, until: unlock.until })}
      </p>
    );
  }
  const when = moment(lock.knownAt, timeZone);
  return (
    <p className="muted">
      {lock.because === 'approved'
        ? t('已锁定：{{who}} 于 {{when}} 审核通过', { who: lock.by, when })
        : t('已锁定：评估“{{title}}”于 {{when}} 发布', { title: lock.title, when })}
    </p>
  );
}

type Values = Readonly<Record<string, unknown>>;

interface CorrectionProps extends Props {
  readonly isLocked: boolean;
  readonly onEnd: () => void;
}

/** The form of a correction: the value that stands, what it becomes, why, and on what evidence. */
function Correction({ figure, unit, period, isLocked, onEnd }: CorrectionProps) {
  const plan = usePlanHere();
  const { code, definition, figure: document } = figure;
  const isRatio = definition.measurement.type === 'ratio';
  const numbers = isRatio ? ['numerator', 'denominator'] : ['value'];
  const standing = document?.latest ?? document?.approved;
  const initial = standing ? { ...standing.reported } : {};
  const [values, setValues] = useState<Values>(initial);
  const check = useCorrectionCheck({ plan: plan.plan, code, unit: unit.code, period }, values, isLocked);
  return (
    <CommandForm
      command="correctMeasurement"
      path={{ code, unit: unit.code, period }}
      place={{ plan: plan.plan, unit: unit.code, units: plan.units }}
      fields={[...numbers, ...(definition.breakdowns ? ['parts'] : []), 'reason', 'evidence', 'explanations']}
      alsoRequired={[...numbers, 'reason', ...(isLocked ? ['evidence'] : [])]}
      initial={initial}
      revision={document?.revision}
      onChange={setValues}
      onDone={onEnd}
      onCancel={onEnd}
    >
      <p className="muted">
        {t('计量单位 {{unit}}；{{text}}', { unit: definition.unitOfMeasure, text: definition.text })}
        {isLocked && t('。该数据已锁定：更正须附依据，并重新审核；审核前仍用原值')}
      </p>
      {check && <Marks marks={check.marks} hasNote={false} />}
    </CommandForm>
  );
}

/** What the rules say of the correction, once enough of it is filled in to be decided. */
function useCorrectionCheck(at: Parameters<typeof checkFigure>[0], values: Values, isLocked: boolean) {
  const [check, setCheck] = useState<FigureCheck>();
  const { reason, evidence } = values;
  const isReady = typeof reason === 'string' && reason.trim() !== '' && (!isLocked || evidence !== undefined);
  const body = isReady ? JSON.stringify(values) : undefined;
  const address = JSON.stringify(at);
  useEffect(() => {
    setCheck(undefined);
    if (body === undefined) return;
    let isLatest = true;
    const wait = setTimeout(() => {
      checkFigure(JSON.parse(address) as typeof at, JSON.parse(body) as Values, true).then(
        (found) => isLatest && setCheck(found),
        // What is refused is said when the form is sent.
        () => undefined,
      );
    }, 500);
    return () => {
      isLatest = false;
      clearTimeout(wait);
    };
  }, [address, body]);
  return check;
}

/** Whose approval a reported value waits for. */
export function WaitsFor({ figure: { waitsFor } }: { readonly figure: FormFigure }) {
  const { units } = usePlanHere();
  if (waitsFor?.unit === undefined) return <>{t('待审核')}</>;
  return <>{t('待{{unit}}审核', { unit: unitName(units, waitsFor.unit) })}</>;
}
