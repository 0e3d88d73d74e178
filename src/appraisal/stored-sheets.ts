import type { AppraisalRulesInForce } from '../appraisal-rules/appraisal-rules.projection.js';
import { notFound } from '../kernel/errors.js';
import type { FileStore } from '../kernel/file-store.js';
import { canonicalJson } from '../kernel/json.js';
import type { Instant } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import { composeOverview } from '../overview/overview.js';
import { judgedUnits } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import type { StoredAppraisal } from '../slice/appraisals.js';
import type { Objection } from './appraisal.projection.js';
import type { AppraisalScore } from './appraise.js';
import { scoresOf } from './scores.js';

/** The sheet of one unit in a stored document, with its objections as they stood. */
export interface StoredSheet extends AppraisalScore {
  readonly unit: string;
  readonly unitName: string;
  readonly objections: readonly Objection[];
}

/** The sheets of all units for a year as they were put forth or published. Nothing of it changes any more. */
export interface StoredSheets {
  readonly format: 'tongjian-appraisal/1';
  readonly plan: string;
  readonly period: string;
  readonly asOf: Instant;
  readonly day: string;
  readonly rules: AppraisalRulesInForce;
  readonly demo: boolean;
  readonly sheets: readonly StoredSheet[];
}

/** Computes the sheets of all units as of now. @throws {DomainError} `plan.unknown`, `appraisal.period` */
export async function composeSheets(views: Views, plan: string, period: string, now: Instant): Promise<StoredSheets> {
  const asOf = { knownAt: now };
  const [document, overview] = await Promise.all([
    readPlan(views, plan, asOf),
    composeOverview(views, plan, period, asOf, now),
  ]);
  const units = judgedUnits({ units: overview.units });
  const scores = await scoresOf(views, { plan: document, overview, asOf, now }, units);
  return {
    ...{ format: 'tongjian-appraisal/1', plan, period, asOf: now, day: scores.day, rules: scores.rules },
    demo: overview.demo,
    sheets: scores.units.map(({ unit: { code, name }, score, objections }) => ({
      ...{ unit: code, unitName: name, ...score, objections },
    })),
  };
}

/** Stores the sheets as canonical JSON (RFC 8785) under its SHA-256. */
export async function storeSheets(files: FileStore, content: StoredSheets): Promise<StoredAppraisal> {
  const text = canonicalJson(content);
  const { period, asOf, rules } = content;
  return {
    ...{ period, asOf, rulesVersion: rules.version },
    contentHash: await files.put(text),
    size: Buffer.byteLength(text),
  };
}

/** The stored file as it is. @throws {DomainError} `appraisal.content-missing` */
export async function sheetsFile(files: FileStore, hash: string): Promise<Buffer> {
  const bytes = await files.get(hash);
  if (!bytes) throw notFound('appraisal.content-missing', `找不到考核表的存档内容 ${hash}：请由备份恢复文件库`);
  return bytes;
}

/** @throws {DomainError} `appraisal.content-missing` */
export const readSheets = async (files: FileStore, hash: string): Promise<StoredSheets> =>
  JSON.parse((await sheetsFile(files, hash)).toString('utf8')) as StoredSheets;
