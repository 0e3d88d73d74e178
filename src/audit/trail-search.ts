import { invalid } from '../kernel/errors.js';
import { findPeriod, liesWithin, type Period } from '../kernel/period.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf, Version } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { projectProjection } from '../projects/project.projection.js';
import { auditKeys, auditProjection, type AuditPointer } from './audit.projection.js';

export type AuditClock = 'recorded' | 'known';

/** What is asked of the audit trail: entries that fit all of it. */
export interface TrailQuery {
  readonly actor?: string;
  /** Code of the indicator that a figure, a target, a definition or a scope belongs to. */
  readonly indicator?: string;
  /** Code of the unit that the event is about: of a figure, a target, a scope, a project, or the unit itself. */
  readonly unit?: string;
  /** The period of a figure, a target or an evaluation, and the shorter periods in it. */
  readonly period?: Period;
  /** Names of event types. */
  readonly types?: ReadonlySet<string>;
  /** Both ends are included; an absent one does not restrict. */
  readonly range?: { readonly clock: AuditClock; readonly from?: Instant; readonly to?: Instant };
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

/** A page of the index, in the order of the log; with a range of known time in the order of that. */
export async function searchTrail(
  views: Views,
  plan: string,
  query: TrailQuery,
  { asOf = {}, cursor, limit = 100, scan = 20_000 }: PageOptions,
): Promise<Found> {
  const { prefix, from, isWithin } = indexOf(plan, query);
  if (cursor !== undefined && !cursor.startsWith(prefix)) {
    throw invalid('audit.cursor', '游标不属于这一查询：请用上一页答复中的 next，其余参数不变', 'cursor');
  }
  const fits = await filterOf(views, plan, query);
  // Where everything fits, no more is read than goes on the page.
  const atOnce = fits === everything ? limit + 1 : Math.min(scan, scannedTogether);
  const pointers: AuditPointer[] = [];
  // The key of the last entry on the page.
  let last = cursor;
  let after = cursor ?? from;
  for (let scanned = 0; scanned < scan;) {
    const page = await views.list(auditProjection, prefix, { asOf, after, limit: atOnce });
    for (const { key, body } of page) {
      if (!isWithin(key)) return { pointers };
      if (!fits(body)) continue;
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

/** The narrowest index for a query: where it begins, and whether a key is not yet beyond its end. */
function indexOf(plan: string, { actor, range }: TrailQuery) {
  if (!range) {
    const prefix = actor === undefined ? auditKeys.byRecorded(plan) : auditKeys.byActor(plan, actor);
    return { prefix, from: undefined, isWithin: () => true };
  }
  const prefix = (range.clock === 'recorded' ? auditKeys.byRecorded : auditKeys.byKnown)(plan);
  const { from, to } = range;
  return {
    prefix,
    // A key goes on behind its moment: it is greater than the moment alone.
    from: from === undefined ? undefined : prefix + from,
    isWithin: (key: string) => to === undefined || key.slice(prefix.length, prefix.length + to.length) <= to,
  };
}

type Fits = (pointer: AuditPointer) => boolean;
const everything: Fits = () => true;

async function filterOf(views: Views, plan: string, query: TrailQuery): Promise<Fits> {
  const { actor, indicator, unit, period, types, range } = query;
  const projects = unit === undefined ? undefined : await projectsOf(views, plan, unit);
  const checks: Fits[] = [
    ...(actor !== undefined && range ? [(pointer: AuditPointer) => pointer.actor === actor] : []),
    ...(types ? [({ type }: AuditPointer) => types.has(type)] : []),
    ...(indicator === undefined ? [] : [(pointer: AuditPointer) => subjectIn(pointer).indicator === indicator]),
    ...(projects === undefined
      ? []
      : [
          (pointer: AuditPointer) => {
            const { units, project } = subjectIn(pointer);
            return units.includes(unit!) || (project !== undefined && projects.has(project));
          },
        ]),
    ...(period ? [(pointer: AuditPointer) => liesIn(period, subjectIn(pointer).period)] : []),
  ];
  return checks.length === 0 ? everything : (pointer) => checks.every((check) => check(pointer));
}

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
