import { newCommandId } from '../kernel/command-ids.js';
import { DomainError, refused } from '../kernel/errors.js';
import type { EventLog } from '../kernel/event-log.js';
import type { FileStore } from '../kernel/file-store.js';
import type { CommandHandling } from '../kernel/handling.js';
import type { DocumentReading } from '../kernel/views.js';
import { harmless } from '../kernel/text.js';
import { KeepEvidence } from '../evidence/evidence.commands.js';
import type { Scanner } from '../evidence/scanner.js';
import { readPlan } from '../plans/read-plan.js';
import type { UnitReports } from '../reporting/unit-reports.js';
import type { CommandCarrier } from '../slice/command-gateway.js';
import { checkedInput } from '../slice/command.js';
import { submissionStream } from '../submissions/submission.events.js';
import { feedDecider } from './feed.decider.js';
import { feedStream, type FeedTaken } from './feed.events.js';
import type { FeedDocument } from './feed.projection.js';
import { feedActor, feedReport, outcomeOf, type FeedOnTrial } from './feed-report.js';
import { fetchDecider, type FetchCommand, type FetchOutcome } from './fetch.decider.js';
import type { FeedFetching, Received } from './fetch-source.js';

export const FEED_RUNNER = Symbol('FeedRunner');

interface Ports {
  readonly views: DocumentReading;
  readonly handling: CommandHandling;
  readonly gateway: CommandCarrier;
  readonly log: Pick<EventLog, 'readStream'>;
  readonly files: FileStore;
  readonly unitReports: UnitReports;
}

type FeedId = Pick<FeedOnTrial, 'plan' | 'id'>;

/** What a fetch needs besides its settings, and what it works on. */
interface Underway {
  readonly feed: FeedDocument;
  readonly attempt: number;
  readonly stopping?: AbortSignal;
}

/**
 * Fetches feeds, and reports what they bring. Each step is an event before the next begins: what was received is reported
 * after a restart from the bytes that were kept, and what was reported already is found to be.
 */
export class FeedRunner {
  constructor(
    private readonly ports: Ports,
    private readonly fetching: FeedFetching,
    private readonly scan: Scanner,
  ) {}

  /** Fetches a source, and reports nothing. @throws {DomainError} why it cannot be fetched */
  async peek(settings: Parameters<FeedFetching['fetch']>[0]): Promise<Received> {
    const received = await this.fetching.fetch(settings, { isTaken: () => false });
    if (received) return received;
    throw refused('feed.away', `文件夹 ${settings.folder ?? ''} 中还没有 .${settings.format} 文件`);
  }

  /**
   * Fetches a feed where it is due, or at once where somebody asks for it. Resolves with whether it did: another process
   * may be at it. What goes wrong with the source is an event, not an error.
   */
  async run(id: FeedId, { manual, stopping }: { manual: boolean; stopping?: AbortSignal }): Promise<boolean> {
    const begun = await this.carryOut(id, { type: 'BeginFetch', manual });
    if (begun.events.length === 0) return false;
    const { feed } = await this.stateOf(id);
    const underway: Underway = { feed: feed!, attempt: feed!.attempts, ...(stopping && { stopping }) };
    const { attempt } = underway;
    try {
      await this.note(id, attempt, await this.fetched(underway));
    } catch (error) {
      // Cut off: the next process takes the attempt for dead, and goes on with it.
      if (stopping?.aborted) return true;
      if (!(error instanceof DomainError)) throw error;
      await this.note(id, attempt, { failed: failureOf(error) });
    }
    return true;
  }

  private async fetched(underway: Underway): Promise<FetchOutcome> {
    const { feed } = underway;
    const kept = feed.received && (await this.ports.files.get(feed.received.sha256));
    if (kept) return this.taken(underway, { ...feed.received, bytes: kept, more: true });
    const received = await this.received(underway);
    return received ? this.taken(underway, received) : { unchanged: true };
  }

  /** Keeps what is new in the file store before it is noted. */
  private async received({ feed, attempt, stopping }: Underway): Promise<Received | undefined> {
    const { taken: hashes } = await this.stateOf(feed);
    const { taken } = feed;
    const etag = taken?.isCurrent ? taken.etag : undefined;
    const isTaken = (sha256: string) =>
      feed.folder === undefined ? taken?.isCurrent === true && taken.sha256 === sha256 : hashes.has(sha256);
    const received = await this.fetching.fetch(feed, { isTaken, ...(etag !== undefined && { etag }) }, stopping);
    if (!received) return undefined;
    await this.scan(received.bytes);
    await this.ports.files.put(received.bytes);
    const { bytes, more: _, ...fetched } = received;
    await this.note(feed, attempt, { fetched: { ...fetched, size: bytes.length } });
    return received;
  }

  private async taken({ feed }: Underway, received: Received): Promise<FetchOutcome> {
    const { views, unitReports, log } = this.ports;
    const former = feed.taken?.columns;
    const { table, request, skipped } = await feedReport(views, feed, received, former);
    const { columns } = table;
    await this.keepEvidence(feed, received);
    const result = await unitReports.submit(request);
    const outcome = outcomeOf(result);
    // Also where a run before this one was cut off after it had reported.
    const submitted = await log.readStream(submissionStream(feed.plan, result.submission), { limit: 1 });
    return {
      taken: {
        sha256: received.sha256,
        columns: [...columns],
        gained: former ? columns.filter((each) => !former.includes(each)) : [],
        lost: (former ?? []).filter((each) => !columns.includes(each)),
        rows: table.rows.length,
        skipped,
        ...outcome,
        differences: outcome.differences.slice(0, 200),
        ...(submitted.length > 0 && { submission: result.submission }),
      } satisfies Omit<(typeof FeedTaken)['example'], 'attempt' | 'next'>,
      more: received.more && feed.folder !== undefined,
    };
  }

  /** For those who approve the values: they download it as evidence. */
  private async keepEvidence(feed: FeedDocument, { bytes, sha256 }: Received): Promise<void> {
    const { plan, unit, title, format: fileType } = feed;
    if (bytes.length === 0) return;
    const command = checkedInput(KeepEvidence, { plan, unit, title, sha256, fileType, size: bytes.length });
    await this.ports.gateway.carryOut(command, { commandId: newCommandId(), actor: feedActor(feed) });
  }

  private stateOf({ plan, id }: FeedId) {
    return this.ports.handling.load(feedDecider, feedStream(plan, id));
  }

  private note(id: FeedId, attempt: number, outcome: FetchOutcome) {
    return this.carryOut(id, { type: 'NoteFetch', attempt, outcome });
  }

  private async carryOut({ plan, id }: FeedId, command: FetchCommand) {
    const { views, handling } = this.ports;
    const { timeZone } = await readPlan(views, plan);
    const { feed } = await this.stateOf({ plan, id });
    return handling.handle(
      {
        decider: fetchDecider,
        stream: feedStream(plan, id),
        command,
        commandType: command.type,
        known: () => Promise.resolve({ timeZone }),
      },
      { commandId: newCommandId(), actor: feed ? feedActor(feed) : { id: `feed-${id}`, name: id, roles: [] } },
    );
  }
}

const mostProblems = 100;

function failureOf({ code, message, problems }: DomainError) {
  return {
    code,
    message: harmless(message),
    problems: problems.slice(0, mostProblems).map((problem) => ({
      code: problem.code,
      message: harmless(problem.message),
      ...(problem.field !== undefined && { field: harmless(problem.field) }),
      ...(problem.row !== undefined && { row: problem.row }),
    })),
  };
}
