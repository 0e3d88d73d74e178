import { CommandHandling, eventId } from '../kernel/handling.js';
import { UnreadableEvent, type Catalogue } from '../kernel/catalogue.js';
import { DomainError } from '../kernel/errors.js';
import { WrongExpectedRevision } from '../kernel/event-log.js';
import type { DomainEvent, NewEvent } from '../kernel/event.js';
import { canonicalJson, sha256 } from '../kernel/json.js';
import type { Instant } from '../kernel/time.js';
import { CommandGateway } from '../slice/command-gateway.js';
import type { FolderFiles } from '../slice/folder-part.js';
import { CommandRegistry, type DecisionPorts, type Slice } from '../slice/slice.js';
import { Mistakes } from './mistakes.js';
import { planOf, readPlanFolder, type ReadFolder } from './read-plan-folder.js';
import { Renewal } from './renewal.js';
import { StagedLog } from './staged-log.js';
import { SubmissionApplied, SubmissionReceived, SubmissionRefused, submissionStream } from './submission.events.js';
import { submissionProjection } from './submission.projection.js';

export interface SubmissionResult {
  readonly plan: string;
  readonly title: string;
  readonly submission: string;
  readonly commands: number;
  /** What this run appended; 0 when all of it had been there before. */
  readonly events: number;
  readonly demo: boolean;
}

export type SubmissionProgress = (step: '校验' | '写入', done: number, total: number) => void;

const attempts = 5;

/** Commands that are decided one after the other before others are served. */
const stretch = 500;

/** It has been received, and neither applied nor refused since. */
const isReceived = (standing: readonly string[]) => standing.at(-1) === 'SubmissionReceived';

export const SUBMISSIONS = Symbol('Submissions');

/**
 * Takes whole folders: validated by the deciders themselves on a staged log before the first event, applied idempotently,
 * finished after a crash. The same folder again appends nothing. Of another folder, rows that were carried out before
 * append nothing, unless they were undone since (`Renewal`).
 */
export class Submissions {
  private readonly registry: CommandRegistry;

  constructor(
    private readonly ports: DecisionPorts & { readonly catalogue: Catalogue },
    private readonly slices: readonly Slice[],
  ) {
    this.registry = new CommandRegistry(slices);
  }

  /** @throws {DomainError} `submission.refused`, with a problem for every mistake, by file, row and field */
  async submit(files: FolderFiles, onProgress: SubmissionProgress = () => undefined): Promise<SubmissionResult> {
    const content = canonicalJson(files);
    const submission = sha256(content).slice(0, 16);
    // What was applied is not read and decided again: what people changed since then stands.
    const applied = await this.applied(planOf(files), submission);
    if (applied) return applied;
    const folder = readPlanFolder(
      files,
      this.slices.flatMap(({ folder: part }) => part ?? []),
    );
    if (folder.problems.length > 0) throw refusal(folder.problems);
    const { plan, title, demo, commands } = folder;

    let standing = 0;
    for (let attempt = 1; ; attempt++) {
      const staged = await this.stageOrRefuse(folder, submission, standing, onProgress);
      if (staged.size > 0) {
        const contentHash = await this.ports.files.put(content);
        await this.receive(folder, submission, contentHash, staged.size);
        try {
          await staged.carryOver((done) => {
            standing = done;
            onProgress('写入', done, staged.size);
          });
        } catch (error) {
          // Somebody wrote to one of its streams meanwhile: what is already there is found by its command ids.
          if (error instanceof WrongExpectedRevision && attempt < attempts) continue;
          throw error;
        }
      }
      await this.apply(folder, submission);
      return { plan, title, submission, commands: commands.length, events: staged.size, demo };
    }
  }

  /**
   * Finishes what a crash cut off: submissions received, by the moment that is given, but not applied. Returns their
   * number.
   */
  async finishInterrupted(receivedBy?: Instant): Promise<number> {
    const open = (await this.ports.views.list(submissionProjection, '')).filter(
      ({ body, knownAt }) => body.standing === 'received' && (receivedBy === undefined || knownAt <= receivedBy),
    );
    for (const { body } of open) {
      const content = await this.ports.files.get(body.received.contentHash);
      if (!content) throw new Error(`submission ${body.plan}/${body.id}: its content is missing from the file store`);
      try {
        await this.submit(JSON.parse(content.toString('utf8')) as FolderFiles);
      } catch (error) {
        // Refused now, and recorded so; or left for a program that can read its streams. Neither keeps the engine from
        // starting.
        if (!(error instanceof DomainError || error instanceof UnreadableEvent)) throw error;
      }
    }
    return open.length;
  }

  /** What submitting it again comes to, where it was applied. */
  private async applied(plan: string | undefined, submission: string): Promise<SubmissionResult | undefined> {
    if (plan === undefined) return undefined;
    const standing = await this.ports.log.readStream(submissionStream(plan, submission));
    const received = standing.findLast(({ type }) => type === SubmissionReceived.name);
    if (!received || standing.at(-1)?.type !== SubmissionApplied.name) return undefined;
    const { title, commands } = received.data as (typeof SubmissionReceived)['example'];
    return { plan, title, submission, commands, events: 0, demo: received.metadata.demo ?? false };
  }

  /** A submission that had been received and no longer passes is recorded as refused, with why. */
  private async stageOrRefuse(
    folder: ReadFolder,
    submission: string,
    standing: number,
    onProgress: SubmissionProgress,
  ): Promise<StagedLog> {
    try {
      return await this.stage(folder, submission, onProgress);
    } catch (error) {
      if (error instanceof DomainError) {
        const problems = error.problems.slice(0, 100).map(({ code, message }) => ({ code, message }));
        await this.append(folder, submission, SubmissionRefused.of({ standing, problems }), isReceived);
      }
      throw error;
    }
  }

  private async stage(
    { commands }: ReadFolder,
    submission: string,
    onProgress: SubmissionProgress,
  ): Promise<StagedLog> {
    const { log, catalogue, clock } = this.ports;
    const staged = new StagedLog(log, clock);
    const gateway = new CommandGateway(this.registry, new CommandHandling(staged, catalogue, clock), this.ports);
    const mistakes = new Mistakes();
    const renewal = new Renewal(this.registry, submission, commands);
    const doneOf = (stream: string) => staged.done(stream);
    for (let from = 0; from < commands.length; from += stretch) {
      const next = commands.slice(from, from + stretch);
      await staged.readAhead(next.map(({ command }) => this.registry.of(command).stream(command as never)));
      for (const row of next) {
        const { command, sender, place } = await renewal.of(row, doneOf);
        try {
          await gateway.carryOut(command, sender);
        } catch (error) {
          mistakes.addError(place, error);
        }
      }
      onProgress('校验', from + next.length, commands.length);
      // Deciding never waits for I/O: let others be served between stretches.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (mistakes.problems.length > 0) throw refusal(mistakes.problems);
    return staged;
  }

  private async receive(folder: ReadFolder, submission: string, contentHash: string, events: number): Promise<void> {
    const { title, commands } = folder;
    const received = SubmissionReceived.of({ title, contentHash, commands: commands.length, events });
    // Applied already: the same folder came twice at once.
    const due = (standing: readonly string[]) => standing.length === 0 || standing.at(-1) === 'SubmissionRefused';
    await this.append(folder, submission, received, due);
  }

  /** All of what was received, also where a crash or another's write made it come in several runs. */
  private async apply(folder: ReadFolder, submission: string): Promise<void> {
    const received = (await this.ports.log.readStream(submissionStream(folder.plan, submission))).at(-1);
    if (received?.type !== 'SubmissionReceived') return;
    const { events } = received.data as (typeof SubmissionReceived)['example'];
    await this.append(folder, submission, SubmissionApplied.of({ events }), isReceived);
  }

  private async append(
    { plan, actor, demo }: ReadFolder,
    submission: string,
    event: DomainEvent,
    due: (standing: readonly string[]) => boolean,
  ): Promise<void> {
    const { log, catalogue } = this.ports;
    const stream = submissionStream(plan, submission);
    const standing = await log.readStream(stream);
    if (!due(standing.map(({ type }) => type))) return;
    const commandId = `submission-${submission}-${event.type}`;
    const commandHash = sha256(canonicalJson(event));
    const appended: NewEvent = {
      ...event,
      id: eventId(commandHash, commandId, standing.length),
      metadata: {
        schemaVersion: catalogue.versionOf(event.type),
        actor,
        commandId,
        commandHash,
        correlationId: `submission-${submission}`,
        ...(demo && { demo: true as const }),
      },
    };
    await log.append(stream, standing.at(-1)?.revision ?? 'none', [appended]);
  }
}

const shownProblems = 200;

function refusal(problems: DomainError['problems']): DomainError {
  return new DomainError(
    'invalid',
    'submission.refused',
    `共 ${problems.length} 处错误，未写入任何数据${problems.length > shownProblems ? `（列出前 ${shownProblems} 处）` : ''}`,
    { problems: problems.slice(0, shownProblems) },
  );
}
