import { refused } from '../kernel/errors.js';
import type { RecordedEvent } from '../kernel/event.js';
import type { FileStore } from '../kernel/file-store.js';
import { SubmissionReceived, SubmissionWithdrawn } from '../submissions/submission.events.js';
import type { Received, SubmissionHead } from '../submissions/submission-record.js';
import type { GivenRows } from './given-row.js';
import type { RowContext } from './planned-row.js';
import type { ReportContent } from './report-content.js';

/** A report on its way. */
export interface Underway {
  readonly head: SubmissionHead;
  readonly content: ReportContent;
  readonly given: GivenRows;
  readonly title: string;
  readonly context: Omit<RowContext, 'mistakes'>;
}

/** A report with what became of it so far, all events of its stream. */
export function underwayOf(
  content: ReportContent,
  head: SubmissionHead,
  standing: readonly RecordedEvent[],
  passedOver: readonly string[] = [],
): Underway {
  const { rows, made, file, reason, fed } = content;
  const evidence = fed ? [fed.evidence] : content.evidence;
  const title = file?.name ?? '逐行报送';
  const round = standing.filter(({ type }) => type === SubmissionWithdrawn.name).length;
  return {
    head,
    content,
    given: { rows, passedOver, ...(made && { made }) },
    title,
    context: { ...head, round, reason, file: title, ...(fed && { fed }), ...(evidence && { evidence }) },
  };
}

type ReceivedEvent = RecordedEvent & { readonly data: Received };

/**
 * A report as it was received, with its sender of then.
 * @throws {DomainError} `submission.not-rows`: it is a plan folder
 */
export async function receivedReport(
  standing: readonly RecordedEvent[],
  { plan, submission }: { readonly plan: string; readonly submission: string },
  { files }: { readonly files: FileStore },
): Promise<{ readonly underway: Underway; readonly received: ReceivedEvent }> {
  const received = standing.findLast(({ type }) => type === SubmissionReceived.name) as unknown as ReceivedEvent;
  if (received.data.kind !== 'rows') {
    const message = `报送 ${submission} 是规划文件夹，不能整个撤回：请改文件夹，在 changes.csv 写明事由后再装载`;
    throw refused('submission.not-rows', message);
  }
  const stored = await files.get(received.data.contentHash);
  if (!stored) throw new Error(`submission ${plan}/${submission}: its content is missing from the file store`);
  const content = JSON.parse(stored.toString('utf8')) as ReportContent;
  const { actor, demo = false } = received.metadata;
  return { underway: underwayOf(content, { plan, submission, actor, demo }, standing), received };
}
