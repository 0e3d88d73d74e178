import { IndicatorLink } from '../app/links';
import { useIndexChange } from '../api/queries';
import type { IndexMove } from '../api/types';
import { figure, percent, rounded, signed } from '../format';
import { DemoTag } from '../shared/DemoTag';
import { ProblemAlert } from '../shared/ProblemAlert';
import { StatusTag } from '../shared/StatusTag';
import { useRested } from '../shared/use-rested';
import { shortLabel, unitLabel, useScope } from '../state/scope';
import { causeWords, lightOfStatus } from '../words';
import { t } from '../shared/i18n';

interface Props {
  readonly period: string;
  readonly unit: string;
}

/** If an earlier moment is selected: the change of the index from then to today, by indicator and cause. */
export function IndexChange({ period, unit }: Props) {
  const { plan, moment, momentText } = useScope();
  const from = moment.atPosition === undefined ? moment.asOf : undefined;
  const { data, error } = useIndexChange(plan.plan, { period, unit, from: useRested(from) });
  if (from === undefined) return null;
  if (error) return <ProblemAlert error={error} />;
  if (!data) {
    return (
      <aside className="index-change" aria-label={t('指数变动')} aria-busy="true">
        <p>
          <strong>{t('指数变动')}</strong> <span className="muted">{t('计算中…')}</span>
        </p>
      </aside>
    );
  }
  return (
    <aside className="index-change" data-testid="index-change" aria-label={t('指数变动')}>
      <p>
        <strong>{t('指数变动')}</strong> {unitLabel(plan.units, unit)} <Side side={data.from} at={momentText} /> →{' '}
        <Side side={data.to} at={t('今日')} />
        {data.change === undefined ? (
          <span className="muted"> {t('一方没有指数，不能比较')}</span>
        ) : (
          <>
            {t('：')}
            <b className={`number ${tone(data.change)}`}>{signed(data.change, 2)}</b>
            <span className="muted number">
              {data.causes.map(({ cause, change }) => ` ${causeWords[cause]} ${signed(change, 2)}`).join(t('，'))}
            </span>
          </>
        )}
        {data.demo && <DemoTag />}
      </p>
      {data.parts.length === 0 ? (
        <p className="muted">{t('各项指标的得分没有变化')}</p>
      ) : (
        <ul>
          {data.parts.map((part) => (
            <Part key={part.indicator} part={part} whole={largest(data)} />
          ))}
        </ul>
      )}
    </aside>
  );
}

type Share = IndexMove['parts'][number];

const tone = (change: string): string => (Number(change) > 0 ? 'up' : Number(change) < 0 ? 'down' : '');

const largest = ({ parts }: IndexMove): number =>
  Math.max(...parts.map(({ change }) => Math.abs(Number(change))), 1e-9);

/** Index of one side with its coverage and veto. */
function Side({ side, at }: { readonly side: IndexMove['from']; readonly at: string }) {
  return (
    <>
      <span className="muted">{at}</span>{' '}
      <b className="number">{side.value === undefined ? t('无') : rounded(side.value, 2)}</b>
      <small className="muted">
        {side.vetoed.length > 0
          ? t('（覆盖 {{coverage}}，否决 {{codes}}）', {
              coverage: percent(side.coverage),
              codes: side.vetoed.join(t('、')),
            })
          : t('（覆盖 {{coverage}}）', { coverage: percent(side.coverage) })}
      </small>
    </>
  );
}

function Part({ part, whole }: { readonly part: Share; readonly whole: number }) {
  const { indicator, name, change, causes, from, to, because } = part;
  return (
    <li data-indicator={indicator}>
      <IndicatorLink code={indicator}>
        <span className="code">{indicator}</span>
        {name}
      </IndicatorLink>
      <span className={`number share ${tone(change)}`}>{signed(change, 2)}</span>
      <span className="share-bar" aria-hidden="true">
        <i className={tone(change)} style={{ width: `${(Math.abs(Number(change)) / whole) * 50}%` }} />
      </span>
      <span className="number">
        {causes.map(({ cause, change: by }) => causeText(cause, by, causes.length)).join(t('，'))}
      </span>
      <span className="standing-change">
        <Standing standing={from} /> → <Standing standing={to} />
      </span>
      <Reasons because={because} />
    </li>
  );
}

const causeText = (cause: keyof typeof causeWords, change: string, among: number): string =>
  among === 1 ? causeWords[cause] : `${causeWords[cause]} ${signed(change, 2)}`;

function Standing({ standing }: { readonly standing: Share['from'] }) {
  if (!standing) return <span className="none">{t('无此指标')}</span>;
  const { status, shown } = standing;
  return (
    <>
      {shown !== undefined && <span className="number">{figure(shown)} </span>}
      <StatusTag status={status} light={lightOfStatus(status)} />
    </>
  );
}

/** Up to three events with their label and reason. Approvals are left out if there are other events. */
function Reasons({ because }: { readonly because: Share['because'] }) {
  const { plan } = useScope();
  const reported = because.filter(({ type }) => type !== 'MeasurementApproved');
  const shown = (reported.length > 0 ? reported : because).slice(0, 3);
  if (shown.length === 0) return null;
  return (
    <span className="muted cause">
      {shown
        .map(({ label, subject, reason }) => {
          const where = subject.unit === undefined ? '' : `${shortLabel(plan.units, subject.unit)} `;
          return `${where}${t(label)}${reason === undefined ? '' : `${t('：')}${reason}`}`;
        })
        .join(t('；'))}
      {because.length > shown.length && t('（共 {{count}} 个事件）', { count: because.length })}
    </span>
  );
}
