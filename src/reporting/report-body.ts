import { DomainError, invalid } from '../kernel/errors.js';
import { flawIn } from '../kernel/text.js';
import { acceptedIn, assertNoOther, isDryRun } from '../submissions/submission-body.js';
import type { GivenRows } from './given-row.js';
import { readReportFile, readReportRows, type GivenFile } from './read-report.js';

/** What the body of a report asks for. */
export interface ReportBody {
  readonly given: GivenRows;
  readonly file?: GivenFile;
  readonly reason?: string;
  readonly accepted: readonly string[];
  readonly dryRun: boolean;
}

const fields = ['file', 'rows', 'reason', 'acceptWarnings', 'dryRun'];

/**
 * Reads `{file: {name, base64}}` or `{rows: […]}`. `read`: how a file of another form is read, which has no rows.
 * @throws {DomainError} `report.body`, `input.invalid`, `input.not-an-object`, and what the file or the rows are refused
 * for
 */
export async function readReportBody(
  body: unknown,
  read?: (file: GivenFile) => GivenRows | Promise<GivenRows>,
): Promise<ReportBody> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new DomainError('invalid', 'input.not-an-object', '请求内容须为 JSON 对象');
  }
  assertNoOther(body, read ? fields.filter((field) => field !== 'rows') : fields);
  const { file: givenFile, rows, reason } = body as Record<string, unknown>;
  if ((givenFile === undefined) === (rows === undefined)) {
    throw invalid('report.body', '请求内容须有 file（{"name": …, "base64": …}）或 rows（各行的列表）之一', 'file');
  }
  const about = { ...given(reasonIn(reason)), accepted: acceptedIn(body), dryRun: isDryRun(body) };
  if (rows !== undefined) return { given: readReportRows(rows), ...about };
  const file = fileIn(givenFile);
  return { given: await (read ?? readReportFile)(file), file, ...about };
}

const given = (reason: string | undefined) => (reason === undefined ? {} : { reason });

function reasonIn(reason: unknown): string | undefined {
  if (reason === undefined) return undefined;
  if (typeof reason === 'string' && /\S/.test(reason) && reason.length <= 2000 && !flawIn(reason)) return reason;
  throw invalid('report.body', 'reason（事由）须为文本，不能为空白，最多 2000 字', 'reason');
}

function fileIn(file: unknown): GivenFile {
  const { name, base64, ...more } = (typeof file === 'object' && file !== null ? file : {}) as Record<string, unknown>;
  const isNamed = typeof name === 'string' && name.length > 0 && name.length <= 200 && !flawIn(name);
  const bytes = Buffer.from(typeof base64 === 'string' ? base64 : '', 'base64');
  // The decoder passes over what is no base64.
  if (!isNamed || bytes.toString('base64') !== base64 || Object.keys(more).length > 0) {
    throw invalid('report.body', 'file 须为 {"name": "文件名", "base64": "…"}', 'file');
  }
  return { name, bytes };
}
