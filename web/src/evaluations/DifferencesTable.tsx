import { useIndicators } from '../api/queries';
import type { Comparison, Difference, TrailEntry } from '../api/types';
import { moment } from '../format';
import { DemoTag } from '../shared/DemoTag';
import { StatusTag } from '../shared/StatusTag';
import { shortLabel, unitLabel, useScope } from '../state/scope';
import { aspectWords, isStatus, lightOfStatus } from '../words';

export function DifferencesTable({ comparison }: { readonly comparison: Comparison }) {
  const { left, right } = comparison;
  const differences = comparison.differences.filter(isReal);
  if (differences.length === 0) return <p className="muted">两者没有差异</p>;
  return (
    <>
      <p className="muted">
        {left.label}（{left.period}）→ {right.label}（{right.period}）：{differences.length} 处差异
      </p>
      <table className="plain-table differences cards">
        <thead>
          <tr>
            <th scope="col">对象</th>
            <th scope="col">方面</th>
            <th scope="col" className="number">
              由
            </th>
            <th scope="col" className="number">
              到
            </th>
            <th scope="col">其间的事件、经办人与事由</th>
          </tr>
        </thead>
        {grouped(differences).map(({ indicator, entries }) => (
          <Group key={indicator ?? ''} indicator={indicator} differences={entries} />
        ))}
      </table>
    </>
  );
}

interface GroupProps {
  readonly indicator: string | undefined;
  readonly differences: readonly Difference[];
}

function Group({ indicator, differences }: GroupProps) {
  const { plan } = useScope();
  const name = useIndicators(plan.plan).data?.find(({ code }) => code === indicator)?.name;
  return (
    <tbody>
      <tr className="area-row">
        <th colSpan={5} scope="rowgroup">
          {indicator === undefined ? '指数与规则' : `${indicator} ${name ?? '指标'}`}
        </th>
      </tr>
      {alike(differences).map(({ difference, units }) => (
        <DifferenceLine
          key={`${difference.aspect} ${difference.unit ?? ''}`}
          difference={difference}
          others={units.slice(1)}
        />
      ))}
    </tbody>
  );
}

interface LineProps {
  readonly difference: Difference;
  /** Units of which the very same is true. */
  readonly others: readonly string[];
}

function DifferenceLine({ difference, others }: LineProps) {
  const { plan } = useScope();
  const { aspect, unit, from, to, because } = difference;
  return (
    <tr data-difference={`${aspect} ${difference.indicator ?? ''} ${unit ?? ''}`}>
      <th scope="row">
        {unit === undefined ? '规划' : unitLabel(plan.units, unit)}
        {others.length > 0 && (
          <small className="muted">
            及 {others.length} 个单位：{others.map((code) => shortLabel(plan.units, code)).join('、')}
          </small>
        )}
      </th>
      <td data-label="方面">{aspectWords[aspect]}</td>
      <td data-label="由" className="number">
        <Side text={from} />
      </td>
      <td data-label="到" className="number">
        <Side text={to} />
      </td>
      <td data-label="原因">
        {aspect === 'status' || aspect === 'index' ? (
          <InShort entries={once(because)} />
        ) : (
          once(because).map((entry) => <Cause key={entry.eventId} entry={entry} />)
        )}
      </td>
    </tr>
  );
}

function Side({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return <span className="none">无</span>;
  return isStatus(text) ? <StatusTag status={text} light={lightOfStatus(text)} /> : text;
}

/** A conclusion follows from events that are told in full where the figures are. */
function InShort({ entries }: { readonly entries: readonly TrailEntry[] }) {
  const { plan } = useScope();
  if (entries.length === 0) return <span className="none">由数据、目标的变化而来</span>;
  const named = entries.map(({ eventId, label, subject }) => {
    const where = [subject.code, subject.unit && shortLabel(plan.units, subject.unit)].filter(Boolean);
    return { eventId, text: `${where.join(' ')} ${label}` };
  });
  return (
    <small className="muted">
      由 {entries.length} 个事件而来：
      {named.map(({ eventId, text }, at) => (
        <span key={eventId} title={`事件编号 ${eventId}`}>
          {at > 0 && '；'}
          {text}
        </span>
      ))}
    </small>
  );
}

function Cause({ entry }: { readonly entry: TrailEntry }) {
  const { plan } = useScope();
  const { label, subject, knownAt, actor, from, to, reason, evidence, position, eventId, demo } = entry;
  return (
    <div className="event-cause">
      <b>{label}</b> {subject.unit !== undefined && unitLabel(plan.units, subject.unit)}{' '}
      {[from, to].filter(Boolean).join(' → ')}
      {demo && <DemoTag />}
      <small className="muted">
        {moment(knownAt, plan.timeZone)} · {actor.name} · 位置 {position} ·{' '}
        <code title={eventId}>{eventId.slice(0, 8)}</code>
      </small>
      {reason !== undefined && <span>事由：{reason}</span>}
      {evidence?.map(({ title, locator }) => (
        <small className="muted" key={title}>
          依据：{[title, locator].filter(Boolean).join('，')}
        </small>
      ))}
    </div>
  );
}

/** The same on both sides, and nothing happened between: no difference to a person. */
const isReal = ({ from, to, because }: Difference) => from !== to || because.length > 0;

/** One event may stand behind several of the figures that a value rests on; it is told once. */
const once = (entries: readonly TrailEntry[]) => [...new Map(entries.map((entry) => [entry.eventId, entry])).values()];

/** Indicators first, for they explain what follows: the index comes last. */
function grouped(differences: readonly Difference[]): { indicator: string | undefined; entries: Difference[] }[] {
  const codes = [...new Set(differences.map(({ indicator }) => indicator))].sort((a, b) =>
    a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1,
  );
  return codes.map((indicator) => ({
    indicator,
    entries: differences.filter((entry) => entry.indicator === indicator),
  }));
}

/** A plan's target that holds for all changes for all: one line, not ten. */
function alike(differences: readonly Difference[]): { difference: Difference; units: string[] }[] {
  const lines = new Map<string, { difference: Difference; units: string[] }>();
  for (const difference of differences) {
    const { aspect, unit, from, to, because } = difference;
    const events = because.map(({ eventId }) => eventId);
    // Values, verdicts and indexes are each unit's own, even where they happen to be equal.
    const own = aspect === 'targets' ? undefined : unit;
    const key = JSON.stringify([aspect, own, from, to, events]);
    const line = lines.get(key) ?? { difference, units: [] };
    if (unit !== undefined) line.units.push(unit);
    lines.set(key, line);
  }
  return [...lines.values()];
}
