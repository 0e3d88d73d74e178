import { invalid } from '../kernel/errors.js';
import { findPeriod, liesWithin, type Period } from '../kernel/period.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf, Version } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { projectProjection } from '../projects/project.projection.js';
import { auditKeys, auditProjection, type AuditPointer } from './audit.projection.js';

export type AuditClock = 'recorded' | 'known';

/** By which of the two times entries are listed; with a minus sign the latest first. */
export const auditSorts = ['recorded', '-recorded', 'known', '-known'] as const;
export type AuditSort = (typeof auditSorts)[number];

/** Both ends are included; an absent one does not restrict. */
export interface TimeRange {
  readonly from?: Instant;
  readonly to?: Instant;
}

/** What is asked of the audit trail: entries that fit all of it. */
export interface TrailQuery {
  /** Ids of persons, one of whom did it. */
  readonly actors?: readonly string[];
  /** Code of the indicator that a figure, a target, a definition or a scope belongs to. */
  readonly indicator?: string;
  /** Code of the unit that the event is about: of a figure, a target, a scope, a project, or the unit itself. */
  readonly unit?: string;
  /** The period of a figure, a target or an evaluation, and the shorter periods in it. */
  readonly period?: Period;
  /** Names of event types. */
  readonly types?: ReadonlySet<string>;
  /** A part of the reason, of the evidence or of what the event says. */
  readonly text?: string;
  readonly recorded?: TimeRange;
  readonly known?: TimeRange;
  /** By default in the order of the log; if only known times are asked for, in the order of these. */
  readonly sort?: AuditSort;
}

export interface PageOptions {
  readonly asOf?: AsOf;
  readonly cursor?: string;
  readonly limit?: number;
  /** As many entries of the index are looked at for one page: a page may come out short, and still have a next one. */
  readonly scan?: number;
}

const scannedTogether = 1_000;

interface Found {
  readonly pointers: readonly AuditPointer[];
  readonly next?: string;
}

/**
 * A page of the index. Each page goes on behind the key of an entry, so that it neither repeats nor leaves out an entry
 * that was there at the first page, whatever comes in meanwhile.
 */
export async function searchTrail(
  views: Views,
  plan: string,
  query: TrailQuery,
  { asOf = {}, cursor, limit = 100, scan = 20_000 }: PageOptions,
): Promise<Found> {
  const { prefix, start, isWithin, reverse, left } = indexOf(plan, query);
  if (cursor !== undefined && !cursor.startsWith(prefix)) {
    throw invalid('audit.cursor', '游标不属于这一查询：请用上一页答复中的 next，其余参数不变', 'cursor');
  }
  const fits = await filterOf(views, plan, left);
  // Where everything fits, no more is read than goes on the page.
  const atOnce = fits === everything ? Math.min(limit + 1, scannedTogether) : Math.min(scan, scannedTogether);
  const pointers: AuditPointer[] = [];
  // The key of the last entry on the page.
  let last = cursor;
  let after = cursor ?? start;
  for (let scanned = 0; scanned < scan;) {
    const page = await views.list(auditProjection, prefix, { asOf, after, limit: atOnce, reverse });
    for (const entry of page) {
      const { key, body } = entry;
      if (!isWithin(key)) return { pointers };
      if (!fits(entry)) continue;
      if (pointers.length === limit) return { pointers, next: last };
      pointers.push(body);
      last = key;
    }
    if (page.length < atOnce) return { pointers };
    after = page.at(-1)!.key;
    scanned += page.length;
    // The store may answer without I/O: let others be served between two reads.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { pointers, next: after };
}

/** The index for a query: where it begins, whether a key is not yet beyond its end, and what is left to be checked. */
function indexOf(plan: string, query: TrailQuery) {
  const { actors, recorded, known } = query;
  const sort = query.sort ?? (known && !recorded ? 'known' : 'recorded');
  const reverse = sort.startsWith('-');
  const clock = sort.endsWith('known') ? 'known' : 'recorded';
  const range = clock === 'known' ? known : recorded;
  if (clock === 'recorded' && !range && actors?.length === 1) {
    const left = { ...query, actors: undefined };
    return { prefix: auditKeys.byActor(plan, actors[0]!), start: undefined, isWithin: () => true, reverse, left };
  }
  const prefix = (clock === 'known' ? auditKeys.byKnown : auditKeys.byRecorded)(plan);
  const { from, to } = range ?? {};
  const momentIn = (key: string, bound: Instant) => key.slice(prefix.length, prefix.length + bound.length);
  // A key goes on with a slash behind its moment: it is greater than the moment alone, and less than with a 0 behind it.
  const start = reverse ? to && `${prefix}${to}0` : from && prefix + from;
  const isWithin = (key: string) =>
    reverse ? from === undefined || momentIn(key, from) >= from : to === undefined || momentIn(key, to) <= to;
  return { prefix, start, isWithin, reverse, left: { ...query, [clock]: undefined } };
}

type Fits = (entry: Version<AuditPointer>) => boolean;
const everything: Fits = () => true;

async function filterOf(views: Views, plan: string, query: TrailQuery): Promise<Fits> {
  const { actors, indicator, unit, period, types, text, recorded, known } = query;
  const projects = unit === undefined ? undefined : await projectsOf(views, plan, unit);
  const among = actors && new Set(actors);
  const sought = text?.toLowerCase();
  const checks: Fits[] = [
    ...(among ? [({ body }: Version<AuditPointer>) => among.has(body.actor)] : []),
    ...(types ? [({ body }: Version<AuditPointer>) => types.has(body.type)] : []),
    ...(recorded ? [({ body }: Version<AuditPointer>) => lies(body.recordedAt, recorded)] : []),
    ...(known ? [({ knownAt }: Version<AuditPointer>) => lies(knownAt, known)] : []),
    ...(indicator === undefined ? [] : [({ body }: Version<AuditPointer>) => subjectIn(body).indicator === indicator]),
    ...(projects === undefined
      ? []
      : [
          ({ body }: Version<AuditPointer>) => {
            const { units, project } = subjectIn(body);
            return units.includes(unit!) || (project !== undefined && projects.has(project));
          },
        ]),
    ...(period ? [({ body }: Version<AuditPointer>) => liesIn(period, subjectIn(body).period)] : []),
    ...(sought ? [({ body }: Version<AuditPointer>) => body.text?.toLowerCase().includes(sought) ?? false] : []),
  ];
  return checks.length === 0 ? everything : (entry) => checks.every((check) => check(entry));
}

const lies = (moment: Instant, { from, to }: TimeRange): boolean =>
  (from === undefined || moment >= from) && (to === undefined || moment <= to);

async function projectsOf(views: Views, plan: string, unit: string): Promise<ReadonlySet<string>> {
  const projects: readonly Version<{ id: string; unit: string }>[] = await views.list(projectProjection, `${plan}/`);
  return new Set(projects.flatMap(({ body }) => (body.unit === unit ? [body.id] : [])));
}

interface Subject {
  readonly indicator?: string;
  readonly units: readonly string[];
  readonly period?: string;
  readonly project?: string;
}

function subjectIn({ stream, units = [], period }: AuditPointer): Subject {
  const { category, parts } = parseStreamName(stream);
  const [code, unit, ofPeriod] = parts;
  if (category === 'figure') return { indicator: code, units: unit === undefined ? [] : [unit], period: ofPeriod };
  if (category === 'indicator') return { indicator: code, units, period };
  return { units, period, ...(category === 'project' && { project: code }) };
}

/** Whether a period is the asked one, or one of the shorter ones in it. */
export function liesIn(asked: Period, text: string | undefined): boolean {
  const period = text === undefined ? undefined : findPeriod(text);
  return period !== undefined && liesWithin(period, asked);
}
