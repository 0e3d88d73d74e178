import { DomainError, notFound } from '../kernel/errors.js';
import { EventLogUnavailable, type EventLog, type EventPlace } from '../kernel/event-log.js';
import type { LogPresence } from '../kernel/log-presence.js';
import { comparePositions, type Position } from '../kernel/position.js';
import { readStored, type FileStore, type StoredFile } from '../kernel/file-store.js';
import { canonicalJson, sha256 } from '../kernel/json.js';
import type { Projection } from '../kernel/projection.js';
import { foldInto } from '../kernel/projector.js';
import type { Instant } from '../kernel/time.js';
import type { VersionedStore } from '../kernel/versioned-store.js';
import { Views } from '../kernel/views.js';
import type { EvaluationKind } from './evaluation.events.js';
import type { SnapshotFacts } from './evaluation.decider.js';
import type { SnapshotEntry } from './evaluation.projection.js';
import { topUnit } from '../plans/plan.projection.js';
import { currentMethod, methodNumbered, type Method } from '../assessment/method.js';
import { kept } from '../overview/kept.js';
import { allLongSeries, type LongSeries } from '../overview/long-series.js';
import { composeOverview, type Overview } from '../overview/overview.js';
import { PlanReader } from '../overview/plan-reader.js';

/** The content of a snapshot. Its hash depends on this content only, not on when, where or by whom it was taken. */
export interface SnapshotContent {
  readonly format: 'tongjian-snapshot/1';
  readonly kind: EvaluationKind;
  readonly title: string;
  readonly asOf: Instant;
  readonly overview: Overview;
  /** Of the top unit: the indicators that continue one of an earlier plan; absent where none does. */
  readonly longSeries?: readonly LongSeries[];
}

export interface SnapshotSubject {
  readonly plan: string;
  readonly kind: EvaluationKind;
  readonly title: string;
  readonly period: string;
  readonly asOf: Instant;
  readonly position: Position;
}

export interface Verification {
  readonly contentHash: string;
  /** Whether the stored file exists and has the hash of the event. */
  readonly stored: StoredFile['state'];
  /** SHA-256 of the content recomputed from the log for the same cut-offs. */
  readonly recomputedHash: string;
  readonly reproduced: boolean;
  readonly events: number;
}

/** Composes the content as of the subject's known time and position. */
export async function freeze(
  views: Views,
  subject: SnapshotSubject,
  method: Method = currentMethod,
): Promise<SnapshotContent> {
  const { plan, kind, title, period, asOf, position } = subject;
  const moment = { knownAt: asOf, position };
  const overview = await composeOverview(views, plan, period, moment, undefined, method);
  const readers = new Map<string, Promise<PlanReader>>();
  const open = (of: string) => kept(readers, of, () => PlanReader.open(views, of, moment, method));
  const sources = { views, asOf: moment, open, isSeen: () => true };
  const longSeries = await allLongSeries(sources, plan, topUnit(overview) ?? '');
  return { format: 'tongjian-snapshot/1', kind, title, asOf, overview, ...(longSeries.length > 0 && { longSeries }) };
}

/**
 * Stores the content, computed by the current method, as canonical JSON (RFC 8785) under its SHA-256. Returns the facts
 * for the event SnapshotTaken. The last parameter is the log's last event at the cut-off.
 */
export async function store(
  files: FileStore,
  content: SnapshotContent,
  { stream, revision, position }: EventPlace,
): Promise<SnapshotFacts> {
  const text = canonicalJson(content);
  const { overview } = content;
  const whole = overview.indexes.find(({ unit }) => unit === topUnit(overview))?.index;
  return {
    period: overview.period,
    asOf: content.asOf,
    position,
    lastEvent: { stream, revision },
    rulesVersion: overview.rules.version,
    method: currentMethod.number,
    contentHash: await files.put(text),
    size: Buffer.byteLength(text),
    summary: {
      ...(whole?.value !== undefined && { index: whole.value }),
      coverage: whole?.coverage ?? '0',
      statuses: statusCounts(overview),
    },
  };
}

/** @throws {DomainError} `snapshot.content-missing` */
export async function readContent(files: FileStore, hash: string): Promise<SnapshotContent> {
  const bytes = await files.get(hash);
  if (!bytes) throw notFound('snapshot.content-missing', `找不到快照内容 ${hash}`);
  return JSON.parse(bytes.toString('utf8')) as SnapshotContent;
}

/** Number of the top unit's indicators per status. */
export function statusCounts(overview: Overview): Record<string, number> {
  const top = topUnit(overview);
  const counts: Record<string, number> = {};
  for (const { cells } of overview.indicators) {
    const status = cells.find(({ unit }) => unit === top)?.assessment.status;
    if (status) counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

/**
 * The position of a snapshot's cut-off in this log. The log may be a copy with other positions than the one in which
 * the snapshot was taken.
 * @throws {DomainError} `snapshot.ahead-of-log` if the log does not contain the cut-off
 */
export async function cutOff(
  log: Pick<EventLog, 'readStream' | 'head'>,
  { position, lastEvent }: Pick<SnapshotFacts, 'position' | 'lastEvent'>,
): Promise<Position> {
  if (lastEvent) {
    const [event] = await log.readStream(lastEvent.stream, { from: lastEvent.revision, limit: 1 });
    if (event) return event.position;
  } else {
    const head = await log.head();
    if (head && comparePositions(position, head) <= 0) return position;
  }
  throw new DomainError('refused', 'snapshot.ahead-of-log', '日志短于该快照的截点：日志可能被换成了旧的备份');
}

/**
 * As `cutOff`, for showing a snapshot: while the log is unavailable, the position that was noted with the snapshot.
 * @throws {DomainError} `snapshot.ahead-of-log`
 */
export async function shownCutOff(
  presence: Pick<LogPresence, 'ask'>,
  entry: Pick<SnapshotFacts, 'position' | 'lastEvent'>,
): Promise<Position> {
  try {
    return await presence.ask((log) => cutOff(log, entry));
  } catch (error) {
    if (error instanceof EventLogUnavailable) return entry.position;
    throw error;
  }
}

/**
 * Recomputes a snapshot from the log up to its cut-off by its method, in an empty scratch store, and compares the hashes.
 * Also checks the stored file. Does not read the live views.
 * @throws {DomainError} `snapshot.unknown-method`, `snapshot.ahead-of-log`
 */
export async function verify(
  {
    log,
    files,
    scratch,
    projections,
  }: {
    log: EventLog;
    files: FileStore;
    scratch: VersionedStore;
    projections: readonly Projection[];
  },
  subject: Omit<SnapshotSubject, 'position'>,
  entry: SnapshotEntry,
): Promise<Verification> {
  const method = methodNumbered(entry.method);
  const position = await cutOff(log, entry);
  const events = await foldInto(scratch, log, projections, position);
  const content = await freeze(new Views(scratch), { ...subject, position }, method);
  const recomputedHash = sha256(canonicalJson(content));
  return {
    contentHash: entry.contentHash,
    stored: (await readStored(files, entry.contentHash)).state,
    recomputedHash,
    reproduced: recomputedHash === entry.contentHash,
    events,
  };
}
