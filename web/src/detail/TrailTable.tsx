import type { TrailEntry } from '../api/types';
import { moment as momentOf } from '../format';
import { openThing, resourceOf } from '../programme/things';
import { DemoTag } from '../shared/DemoTag';
import { go } from '../state/page-state';
import { unitLabel, useScope } from '../state/scope';
import { useMay } from '../state/session';

interface Props {
  readonly entries: readonly TrailEntry[];
  /** Whether to show the subject of each entry, because the entries belong to different figures. */
  readonly withSubject?: boolean;
}

export function TrailTable({ entries, withSubject = false }: Props) {
  return (
    <table className="plain-table trail cards">
      <thead>
        <tr>
          <th scope="col">知悉时间</th>
          <th scope="col">动作</th>
          <th scope="col">由 → 改为</th>
          <th scope="col">经办人</th>
          <th scope="col">事由与依据</th>
          <th scope="col">入库记录</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <TrailLine key={entry.eventId} entry={entry} withSubject={withSubject} />
        ))}
      </tbody>
    </table>
  );
}

const changes = new Set([
  ...['MeasurementCorrected', 'MeasurementWithdrawn', 'MeasurementReturned'],
  ...['InvestmentCorrected', 'ProjectRescheduled', 'ProjectSuspended', 'ProjectCancelled'],
  ...['PolicyPostponed', 'PolicyDropped', 'PolicyRepealed', 'TaskReopened', 'TaskDropped'],
  ...['PromiseWithdrawn', 'FindingWithdrawn', 'ProjectAmended', 'PolicyAmended', 'CitedPolicyAmended'],
  ...['TaskAmended', 'PromiseAmended', 'FindingAmended'],
  ...['ProjectReportWithdrawn', 'PolicyReportWithdrawn', 'TaskReportWithdrawn'],
]);

/** Whether the event revises an earlier one: a correction, amendment, return, withdrawal, postponement and so on. */
export const isChange = ({ type }: TrailEntry): boolean => changes.has(type);

function TrailLine({ entry, withSubject }: { readonly entry: TrailEntry; readonly withSubject: boolean }) {
  const { plan } = useScope();
  const mayAudit = useMay('audit.read', plan.plan);
  const { actor, evidence, reason, subject } = entry;
  const actorUnit = actor.unit === undefined ? '' : unitLabel(plan.units, actor.unit);
  return (
    <tr data-event={entry.type} className={isChange(entry) ? 'change-row' : undefined}>
      <td data-label="知悉时间" className="known">
        <span className="number">{momentOf(entry.knownAt, plan.timeZone)}</span>
        {entry.backfilled && (
          <span className="backfilled" title="补录：入库晚于知悉，知悉时间取自来源文件">
            补录
          </span>
        )}
      </td>
      <td data-label="动作">
        <b className={isChange(entry) ? 'emphasised' : undefined}>{entry.label}</b>
        {subject.unit !== undefined && <small className="muted">{unitLabel(plan.units, subject.unit)}</small>}
        {withSubject && <Subject entry={entry} />}
      </td>
      <td data-label="由 → 改为" className="from-to">
        {entry.from !== undefined && <span className="muted">{entry.from} →</span>}
        <span>{entry.to ?? '—'}</span>
      </td>
      <td data-label="经办人">
        {mayAudit ? (
          <button
            type="button"
            className="link"
            title="看此人经办的全部事件"
            onClick={() => go({ audit: `actor:${actor.id}`, indicator: undefined, thing: undefined })}
          >
            {actor.name}
          </button>
        ) : (
          actor.name
        )}
        <small className="muted">{[actorUnit, actor.id].filter(Boolean).join(' · ')}</small>
      </td>
      <td data-label="事由与依据">
        {reason === undefined ? <span className="none">未填事由</span> : reason}
        {entry.demo && <DemoTag />}
        {evidence?.map(({ title, locator }) => (
          <small className="muted" key={`${title} ${locator ?? ''}`}>
            依据：{title}
            {locator !== undefined && `，${locator}`}
          </small>
        ))}
      </td>
      <td data-label="入库记录" className="record">
        <span className="number">{momentOf(entry.recordedAt, plan.timeZone)}</span>
        <small>
          位置{' '}
          <button
            type="button"
            className="link number"
            title="按此条入库时的日志看全页"
            onClick={() => go({ atPosition: entry.position })}
          >
            {entry.position}
          </button>
        </small>
        <code title={`事件编号 ${entry.eventId}`}>{entry.eventId}</code>
      </td>
    </tr>
  );
}

/** The subject of an event: a link to the figure or item, or otherwise the stream name. */
function Subject({ entry }: { readonly entry: TrailEntry }) {
  const { code, unit, period, id } = entry.subject;
  const resource = resourceOf(entry.category);
  if (resource !== undefined && id !== undefined) {
    return (
      <small>
        <button type="button" className="link" onClick={() => openThing({ resource, id })}>
          {id}
        </button>
      </small>
    );
  }
  if (code === undefined) return <small className="muted">{entry.stream}</small>;
  return (
    <small>
      <button type="button" className="link" onClick={() => go({ indicator: code, of: unit, trail: period })}>
        {[code, period].filter(Boolean).join(' · ')}
      </button>
    </small>
  );
}
