import { ThingLink, useFilter } from '../app/links';
import { useIndicators } from '../api/queries';
import type { Comparison, Difference, TrailEntry } from '../api/types';
import { isChange } from '../indicators/TrailTable';
import { choicesOf, Pick } from '../programme/ListTools';
import { resourceOf } from '../programme/things';
import { StatusTag } from '../shared/StatusTag';
import { shortLabel, unitLabel, usePlanHere } from '../state/scope';
import { aspectWords, isStatus, lightOfStatus } from '../words';
import { Cause } from './Cause';
import { alike, grouped, isReal, once, type ProgrammeAspect, type Topic } from './differences';
import { t } from '../shared/i18n';

/** How many differences there are of each aspect. */
function countBy(differences: readonly Difference[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { aspect } of differences) counts[aspect] = (counts[aspect] ?? 0) + 1;
  return counts;
}

export function DifferencesTable({ comparison }: { readonly comparison: Comparison }) {
  const { left, right } = comparison;
  const [aspect, setAspect] = useFilter<Difference['aspect']>('aspect');
  const real = comparison.differences.filter(isReal);
  const differences = real.filter((each) => aspect === undefined || each.aspect === aspect);
  if (real.length === 0) return <p className="muted">{t('两者没有差异')}</p>;
  return (
    <>
      <div className="comparison-count">
        <p className="muted">
          {t('{{left}}（{{leftPeriod}}）→ {{right}}（{{rightPeriod}}）：{{count}} 处差异', {
            left: left.label,
            leftPeriod: left.period,
            right: right.label,
            rightPeriod: right.period,
            count: real.length,
          })}
        </p>
        <Pick label={t('方面')} chosen={aspect} choose={setAspect} choices={choicesOf(aspectWords, countBy(real))} />
      </div>
      <table className="plain-table differences cards">
        <thead>
          <tr>
            <th scope="col">{t('对象')}</th>
            <th scope="col">{t('方面')}</th>
            <th scope="col" className="number">
              {t('由')}
            </th>
            <th scope="col" className="number">
              {t('到')}
            </th>
            <th scope="col">{t('其间的事件、经办人与事由')}</th>
          </tr>
        </thead>
        {grouped(differences).map(({ key, topic, entries }) => (
          <Group key={key} topic={topic} differences={entries} />
        ))}
      </table>
    </>
  );
}

interface GroupProps {
  readonly topic: Topic;
  readonly differences: readonly Difference[];
}

const topicWords: Readonly<Record<ProgrammeAspect, string>> = {
  promise: t('规划任务目标'),
  project: t('重大项目'),
  policy: t('政策改革'),
  task: t('重点任务'),
  finding: t('提出的问题'),
};

function Group({ topic, differences }: GroupProps) {
  const plan = usePlanHere();
  const indicators = useIndicators(plan.plan).data;
  const title = () => {
    if (topic === 'index-and-rules') return t('指数与规则');
    if ('aspect' in topic) return topicWords[topic.aspect];
    return `${topic.indicator} ${indicators?.find(({ code }) => code === topic.indicator)?.name ?? t('指标')}`;
  };
  return (
    <tbody>
      <tr className="area-row">
        <th colSpan={5} scope="rowgroup">
          {title()}
        </th>
      </tr>
      {alike(differences).map(({ difference, units }) => (
        <DifferenceLine
          key={`${difference.aspect} ${difference.subject ?? ''} ${difference.unit ?? ''}`}
          difference={difference}
          others={units.slice(1)}
        />
      ))}
    </tbody>
  );
}

interface LineProps {
  readonly difference: Difference;
  /** Other units with the same difference. */
  readonly others: readonly string[];
}

function DifferenceLine({ difference, others }: LineProps) {
  const plan = usePlanHere();
  const { aspect, unit, subject, from, to, because } = difference;
  return (
    <tr data-difference={`${aspect} ${difference.indicator ?? subject ?? ''} ${unit ?? ''}`}>
      <th scope="row">
        {subject === undefined ? (
          unit === undefined ? (
            t('规划')
          ) : (
            unitLabel(plan.units, unit)
          )
        ) : (
          <SubjectName difference={difference} />
        )}
        {others.length > 0 && (
          <small className="muted">
            {t('及 {{count}} 个单位：{{units}}', {
              count: others.length,
              units: others.map((code) => shortLabel(plan.units, code)).join(t('、')),
            })}
          </small>
        )}
      </th>
      <td data-label={t('方面')}>{aspectWords[aspect]}</td>
      <td data-label={t('由')} className={subject === undefined ? 'number' : undefined}>
        <Side text={from} />
      </td>
      <td data-label={t('到')} className={subject === undefined ? 'number' : undefined}>
        <Side text={to} />
      </td>
      <td data-label={t('原因')}>
        {aspect === 'status' || aspect === 'index' ? (
          <InShort entries={once(because)} />
        ) : subject === undefined ? (
          once(because).map((entry) => <Cause key={entry.eventId} entry={entry} />)
        ) : (
          <CourseOf entries={once(because)} />
        )}
      </td>
    </tr>
  );
}

/** Name of a promise, project, policy, task or finding, with a link to its detail. */
function SubjectName({ difference: { aspect, subject, name } }: { readonly difference: Difference }) {
  const text = (
    <>
      <span className="code">{subject}</span>
      {name}
    </>
  );
  const resource = resourceOf(aspect);
  if (subject === undefined || resource === undefined) return text;
  return <ThingLink thing={{ resource, id: subject }}>{text}</ThingLink>;
}

function Side({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return <span className="none">{t('无')}</span>;
  return isStatus(text) ? <StatusTag status={text} light={lightOfStatus(text)} /> : text;
}

/** Short list of events for a status or index; the rows of the figures show the events in full. */
function InShort({ entries }: { readonly entries: readonly TrailEntry[] }) {
  const plan = usePlanHere();
  if (entries.length === 0) return <span className="none">{t('由数据、目标的变化而来')}</span>;
  const named = entries.map(({ eventId, label, subject }) => {
    const where = [subject.code, subject.unit && shortLabel(plan.units, subject.unit)].filter(Boolean);
    return { eventId, text: `${where.join(' ')} ${label}` };
  });
  return (
    <small className="muted">
      {t('由 {{count}} 个事件而来：', { count: entries.length })}
      {named.map(({ eventId, text }, at) => (
        <span key={eventId} title={t('事件编号 {{eventId}}', { eventId })}>
          {at > 0 && t('；')}
          {text}
        </span>
      ))}
    </small>
  );
}

const toldInFull = 3;

/** The changes of a programme item, or its last event if there are none; the other events are collapsed. */
function CourseOf({ entries }: { readonly entries: readonly TrailEntry[] }) {
  const changes = entries.filter(isChange);
  const told = new Set(changes.length > 0 ? changes : entries.slice(-toldInFull));
  const others = entries.filter((entry) => !told.has(entry));
  return (
    <>
      {[...told].map((entry) => (
        <Cause key={entry.eventId} entry={entry} />
      ))}
      {others.length > 0 && (
        <details className="other-causes">
          <summary>{t('其间还有 {{count}} 个事件', { count: others.length })}</summary>
          {others.map((entry) => (
            <Cause key={entry.eventId} entry={entry} />
          ))}
        </details>
      )}
    </>
  );
}
