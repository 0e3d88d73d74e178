import type { Evidence } from '../kernel/event.js';
import { canonicalJson, plain, sha256 } from '../kernel/json.js';
import type { GivenRow, MadeFor } from './given-row.js';

/** Rows that a feed brings: what was reported otherwise is left as it stands, for a person to decide. */
export interface Fed {
  /** What each value names: the content that was received. */
  readonly evidence: Evidence;
}

/** What a submission of rows is kept as, in the file store. */
export interface ReportContent {
  readonly format: 'rows/1';
  readonly plan: string;
  /** The reason for all corrections that give none of their own. */
  readonly reason?: string;
  /** The file in which the rows came, itself in the file store too. */
  readonly file?: { readonly name: string; readonly sha256: string };
  /** What the workbook was made for. */
  readonly made?: MadeFor;
  /** Of rows that a feed brings. */
  readonly fed?: Fed;
  /** What each value names, where all come from one document. */
  readonly evidence?: readonly Evidence[];
  readonly rows: readonly GivenRow[];
}

/**
 * The id of a submission: the same rows of the same person, for the same reason, are the same submission, wherever in a
 * file they stand and whatever program saved it.
 */
export function submissionId({ format, plan, reason, made, evidence, rows }: ReportContent, sender: string): string {
  const said = rows.map(({ table, cells }) => [
    table,
    Object.fromEntries(Object.entries(cells).map(([name, { form, text }]) => [name, [form, text.trim()]])),
  ]);
  return sha256(canonicalJson(plain({ format, plan, reason, made, evidence, sender, said }))).slice(0, 16);
}
