import { Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useEffect, useId, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { IndicatorLink } from '../app/links';
import { useFigure, useTrail } from '../api/queries';
import type { FigureAnswer, TrailEntry } from '../api/types';
import { moment as momentOf } from '../format';
import { isChange } from '../indicators/TrailTable';
import { DemoTag } from '../shared/DemoTag';
import { EvidenceList } from '../shared/EvidenceList';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { shortLabel, unitLabel, useScope } from '../state/scope';
import type { ShownFigure } from './FigureValue';
import { said } from '../shared/said';

interface Props {
  readonly figure: ShownFigure;
  /** The number that was opened: the panel stands beside it, and gives the focus back to it. */
  readonly number: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
}

/** Who entered a number, when and why, on what evidence, and what it was before. The page beside it stays usable. */
export function FigurePanel({ figure, number, onClose }: Props) {
  const { plan, moment, momentText } = useScope();
  const panel = useRef<HTMLElement>(null);
  const title = useId();
  const { code, name, unit, period, shown, unitOfMeasure } = figure;
  const trail = useTrail({ plan: plan.plan, code, unit, period }, moment);
  const close = () => {
    if (panel.current?.contains(document.activeElement)) number.current?.focus();
    onClose();
  };
  usePlace(panel, number, onClose);
  useLeave(panel, number, close);
  return (
    <section
      ref={panel}
      popover="manual"
      role="dialog"
      aria-labelledby={title}
      tabIndex={-1}
      className="figure-panel"
      data-testid="figure"
    >
      <header>
        <h2 id={title}>
          {unitLabel(plan.units, unit)} <span className="code">{code}</span> {name} <small>{period}</small>
        </h2>
        <span className="figure-ways">
          <IndicatorLink code={code} unit={unit} trail={period} aria-label={t('打开 {{name}} 的全部记录', { name })}>
            {t('打开')}
          </IndicatorLink>
          <Link to="/p/$plan/what-if" params={{ plan: plan.plan }} search={{ code, unit }}>
            {t('假设推演')}
          </Link>
          <button type="button" className="link" onClick={close}>
            {t('关闭')}
          </button>
        </span>
      </header>
      <p className="figure-shown">
        <strong>{shown}</strong> <span className="muted">{unitOfMeasure}</span>
        {trail.data?.some(({ demo }) => demo) && <DemoTag />}
        <small className="muted">{t('截至 {{moment}} 掌握的数据', { moment: momentText })}</small>
      </p>
      <Record figure={figure} trail={trail} />
    </section>
  );
}

const mostSteps = 6;

interface RecordProps {
  readonly figure: ShownFigure;
  readonly trail: ReturnType<typeof useTrail>;
}

function Record({ figure: { code, unit, period }, trail }: RecordProps) {
  const { plan, moment } = useScope();
  const of = { plan: plan.plan, code, unit, period };
  const isOwn = ({ subject }: TrailEntry) =>
    subject.code === code && subject.unit === unit && subject.period === period;
  const own = (trail.data ?? []).filter(isOwn);
  const reported = useFigure(of, moment, own.length > 0);
  const error = trail.error ?? reported.error;
  if (error) return <ProblemAlert error={error} />;
  if (!trail.data || (own.length > 0 && !reported.data))
    return <Skeleton active paragraph={{ rows: 4 }} title={false} />;
  const entries = own.length > 0 ? own : trail.data;
  const entry = own.find(({ eventId }) => eventId === reported.data?.inUse?.eventId);
  const steps = entries.toReversed().slice(0, mostSteps);
  return (
    <>
      {own.length === 0 && (
        <p className="muted">
          {entries.length === 0 ? t('没有任何记录') : t('由其他数据计算，没有自己的记录；计算所用数据的最近记录：')}
        </p>
      )}
      {entry && reported.data?.inUse && <Source entry={entry} used={reported.data.inUse} figure={reported.data} />}
      {steps.length > 0 && (
        <>
          <h3>{own.length === 0 ? t('最近记录') : t('历次记录')}</h3>
          <ol className="figure-steps">
            {steps.map((step) => (
              <li key={step.eventId} className={isChange(step) ? 'change-row' : undefined}>
                <span className="number muted">{momentOf(step.knownAt, plan.timeZone)}</span>
                <span>
                  <b>{t(step.label)}</b>
                  {!isOwn(step) && ` ${shortLabel(plan.units, step.subject.unit ?? '')}`}{' '}
                  {step.from !== undefined && <span className="muted">{said(step.from)} → </span>}
                  {step.to !== undefined && said(step.to)} {step.demo && <DemoTag />}
                  {step.reason !== undefined && isChange(step) && <small className="muted">{step.reason}</small>}
                </span>
              </li>
            ))}
          </ol>
          {entries.length > steps.length && (
            <p className="muted">{t('共 {{count}} 条，打开可看全部', { count: entries.length })}</p>
          )}
        </>
      )}
    </>
  );
}

interface SourceProps {
  readonly entry: TrailEntry;
  readonly used: NonNullable<FigureAnswer['inUse']>;
  readonly figure: FigureAnswer;
}

function Source({ entry, used, figure }: SourceProps) {
  const { plan } = useScope();
  const at = (instant: string) => <span className="number">{momentOf(instant, plan.timeZone)}</span>;
  const { by, knownAt, reason, evidence, demo } = used;
  const { approval, latest } = figure;
  return (
    <dl className="figure-source">
      <Fact name={t('经办人')}>
        {by.name} {by.unit !== undefined && <small className="muted">{unitLabel(plan.units, by.unit)}</small>}
        {demo && <DemoTag />}
      </Fact>
      <Fact name={t('掌握日期')}>
        {at(knownAt)} {entry.backfilled && <span className="backfilled">{t('补录')}</span>}
      </Fact>
      <Fact name={t('录入日期')}>{at(entry.recordedAt)}</Fact>
      <Fact name={t('事由')}>{reason ?? <span className="none">{t('未填事由')}</span>}</Fact>
      <Fact name={t('依据')}>
        <EvidenceList plan={plan.plan} evidence={evidence} />
      </Fact>
      {approval && (
        <Fact name={t('审核')}>
          {approval.by.name} {at(approval.knownAt)}
        </Fact>
      )}
      {latest && latest.eventId !== used.eventId && (
        <Fact name={t('另有')}>{t('此后上报的更正还没有审核通过，未计入')}</Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const gap = 6;

/** Keeps the panel beside its number, below the date bar; it ends when the number is scrolled out of sight. */
function usePlace(
  panel: RefObject<HTMLElement | null>,
  number: RefObject<HTMLButtonElement | null>,
  onGone: () => void,
): void {
  const gone = useRef(onGone);
  useEffect(() => {
    gone.current = onGone;
  });
  useLayoutEffect(() => {
    const place = () => {
      const at = number.current?.getBoundingClientRect();
      const shown = panel.current;
      if (!at || !shown) return;
      const bar = document.querySelector('.date-bar')?.getBoundingClientRect();
      const top = Math.max(bar?.bottom ?? 0, 0) + gap;
      const [above, below] = [at.top - top, innerHeight - at.bottom - 2 * gap];
      if (at.bottom < top || at.top > innerHeight) return gone.current();
      const isBelow = below >= Math.min(above, 320);
      shown.style.left = `${Math.max(gap, Math.min(at.left, document.documentElement.clientWidth - shown.offsetWidth - gap))}px`;
      shown.style.top = isBelow ? `${at.bottom + gap}px` : 'auto';
      shown.style.bottom = isBelow ? 'auto' : `${innerHeight - at.top + gap}px`;
      shown.style.maxHeight = `${isBelow ? below : above}px`;
    };
    panel.current?.showPopover();
    panel.current?.focus({ preventScroll: true });
    place();
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    return () => {
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    };
  }, [panel, number]);
}

/** Whatever lies over the page belongs to the date bar or to another panel. */
const beside = '.date-bar, .ant-select-dropdown, .ant-picker-dropdown';

/** Esc closes the panel, and so does a click elsewhere on the page; the date bar may be used beside it. */
function useLeave(
  panel: RefObject<HTMLElement | null>,
  number: RefObject<HTMLButtonElement | null>,
  onLeave: () => void,
): void {
  const leave = useRef(onLeave);
  useEffect(() => {
    leave.current = onLeave;
  });
  useEffect(() => {
    const isOwn = (target: EventTarget | null) =>
      target instanceof Node && (panel.current?.contains(target) || number.current?.contains(target));
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      if (isOwn(document.activeElement) || document.activeElement === document.body) leave.current();
    };
    const onPointer = ({ target }: PointerEvent) => {
      if (!isOwn(target) && !(target instanceof Element && target.closest(beside))) leave.current();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPointer);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPointer);
    };
  }, [panel, number]);
}
