import { evaluationProjection } from '../evaluations/evaluation.projection.js';
import { notFound } from '../kernel/errors.js';
import { readStored, type FileStore, type StoredFile } from '../kernel/file-store.js';
import { canonicalJson, sha256 } from '../kernel/json.js';
import type { Instant } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import { appraisalProjection } from './appraisal.projection.js';
import { composeSheets } from './stored-sheets.js';

/** Sheets of a year that an event names by their hash. */
export interface KnownSheets {
  readonly period: string;
  readonly asOf: Instant;
  readonly contentHash: string;
}

export interface SheetsVerification extends KnownSheets {
  /** Whether the stored file exists and has the hash of the event. */
  readonly stored: StoredFile['state'];
  /** SHA-256 of the sheets computed anew as of the same moment. */
  readonly recomputedHash: string;
  readonly reproduced: boolean;
  /** The JSON pointer (RFC 6901) of the first place at which the sheets computed anew differ from the stored ones. */
  readonly difference?: string;
}

/** The sheets with this hash that were put forth or published. @throws {DomainError} `appraisal.unknown-sheets` */
export async function sheetsNamed(views: Views, plan: string, hash: string): Promise<KnownSheets> {
  const [years, evaluations] = await Promise.all([
    views.list(appraisalProjection, `${plan}/`),
    views.list(evaluationProjection, `${plan}/`),
  ]);
  const known: KnownSheets[] = [
    ...years.flatMap(({ body: { period, rounds } }) => rounds.map((round) => ({ ...round, period }))),
    ...evaluations.flatMap(({ body: { appraisal } }) => (appraisal ? [appraisal] : [])),
  ];
  const found = known.find(({ contentHash }) => contentHash === hash);
  if (!found)
    throw notFound('appraisal.unknown-sheets', `规划 ${plan} 没有公示或定稿过哈希为 ${hash} 的考核表`, 'hash');
  const { period, asOf, contentHash } = found;
  return { period, asOf, contentHash };
}

/** Computes sheets anew as of their moment, and compares them with their hash and with the stored file. */
export async function verifySheets(
  { views, files }: { readonly views: Views; readonly files: FileStore },
  plan: string,
  known: KnownSheets,
): Promise<SheetsVerification> {
  const { period, asOf, contentHash } = known;
  const stored = await readStored(files, contentHash);
  const anew = await composeSheets(views, plan, period, asOf);
  const recomputedHash = sha256(canonicalJson(anew));
  const reproduced = recomputedHash === contentHash;
  const difference =
    !reproduced && stored.state === 'intact'
      ? firstDifference(JSON.parse(stored.bytes.toString('utf8')), anew)
      : undefined;
  return {
    ...{ period, asOf, contentHash, recomputedHash, reproduced, stored: stored.state },
    ...(difference !== undefined && { difference }),
  };
}

/** The JSON pointer of the first difference of two values, in the order of their keys. */
function firstDifference(left: unknown, right: unknown, at = ''): string | undefined {
  if (Object.is(left, right)) return undefined;
  const [a, b] = [entriesOf(left), entriesOf(right)];
  if (!a || !b) return at;
  const keys = [...new Set([...a.keys(), ...b.keys()])].toSorted((x, y) => (x < y ? -1 : 1));
  for (const key of keys) {
    const found = firstDifference(a.get(key), b.get(key), `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const entriesOf = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === 'object' && value !== null
    ? new Map(Object.entries(value).filter(([, each]) => each !== undefined))
    : undefined;
