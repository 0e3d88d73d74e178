import { UnreadableEvent, type Catalogue } from '../kernel/catalogue.js';
import { DomainError } from '../kernel/errors.js';
import { WrongExpectedRevision } from '../kernel/event-log.js';
import type { Actor } from '../kernel/event.js';
import { canonicalJson, sha256 } from '../kernel/json.js';
import type { Instant } from '../kernel/time.js';
import type { FolderFiles, FolderPart } from '../slice/folder-part.js';
import { Asked, type FolderWarning } from '../slice/plausibility.js';
import type { Authorizer } from '../slice/authorizer.js';
import { CommandRegistry, type DecisionPorts, type Slice } from '../slice/slice.js';
import { textOf, type FolderContent, type FolderText } from './folder-text.js';
import { withChanges, type ChangedFolder } from './folder-changes.js';
import { differencesOf, type FolderDifferences } from './differences.js';
import { formerFolder, lastLoaded, type FormerFolder } from './former-folder.js';
import { fileOrder, planOf, readPlanFolder, type ReadFolder } from './read-plan-folder.js';
import { refusalOf } from './refusal.js';
import { Staging, type Staged } from './staging.js';
import { SubmissionApplied, SubmissionReceived, SubmissionRefused } from './submission.events.js';
import { SubmissionRecord, type Received, type SubmissionHead } from './submission-record.js';
import { submissionProjection } from './submission.projection.js';
import { assertAccepted, notAccepted, warningsOf } from './warnings.js';

export interface SubmissionResult {
  readonly plan: string;
  readonly title: string;
  readonly submission: string;
  readonly commands: number;
  /** What this run appended; 0 when all of it had been there before. */
  readonly events: number;
  readonly demo: boolean;
  /** The encodings of the files that came in another than UTF-8. */
  readonly encodings?: Readonly<Record<string, string>>;
  /** What was implausible in it and accepted; in a dry run also what is not accepted. */
  readonly warnings: readonly FolderWarning[];
  /** The submission that loaded another version of this folder since: what that one says holds. */
  readonly superseded?: { readonly submission: string; readonly title: string };
  /** Present if nothing was to be appended: then `events` is what loading would append. */
  readonly dryRun?: DryRun;
}

export interface DryRun {
  /** The events that loading would append, by type; besides them come those of the submission itself. */
  readonly events: readonly { readonly type: string; readonly label: string; readonly count: number }[];
  /** The ids of the warnings that stand in the way of loading. */
  readonly unaccepted: readonly string[];
}

/** Which warnings of a folder are accepted, by id or code, and by whom. */
export interface Acceptance {
  readonly accepted: readonly string[];
  readonly by?: Actor;
}

export type SubmissionProgress = (step: '校验' | '写入', done: number, total: number) => void;

const attempts = 5;

/** A folder on its way. */
interface Underway {
  readonly folder: ChangedFolder;
  readonly text: FolderText;
  readonly submission: string;
}

export const SUBMISSIONS = Symbol('Submissions');

/**
 * Takes whole folders: validated by the deciders themselves on a staged log before the first event, applied idempotently,
 * finished after a crash. The same folder again appends nothing. Of another folder, rows that were carried out before
 * append nothing, unless they were undone since (`Renewal`).
 */
export class Submissions {
  private readonly registry: CommandRegistry;
  private readonly parts: readonly FolderPart[];
  private readonly record: SubmissionRecord;

  constructor(
    private readonly ports: DecisionPorts & { readonly catalogue: Catalogue; readonly authorizer: Authorizer },
    private readonly slices: readonly Slice[],
  ) {
    this.registry = new CommandRegistry(slices);
    this.record = new SubmissionRecord(ports);
    this.parts = slices.flatMap(({ folder }) => folder ?? []);
  }

  /**
   * @throws {DomainError} `submission.refused`, with a problem for every mistake, by file, row and field;
   * `submission.warnings`, with those that are not accepted
   */
  async submit(
    given: FolderContent,
    onProgress: SubmissionProgress = () => undefined,
    acceptance: Acceptance = { accepted: [] },
  ): Promise<SubmissionResult> {
    const text = textOf(given);
    return withEncodings(await this.submitText(text, onProgress, acceptance), text);
  }

  /**
   * Validates a folder as `submit` does, and says what that would append; appends nothing.
   * @throws {DomainError} `submission.refused`. Warnings that are not accepted are part of the answer.
   */
  async tryOut(
    given: FolderContent,
    onProgress: SubmissionProgress = () => undefined,
    { accepted }: Acceptance = { accepted: [] },
  ): Promise<SubmissionResult> {
    const text = textOf(given);
    const { submission, before } = await this.identified(text);
    if (before?.applied) {
      const result = await this.asApplied(before.result, text);
      return withEncodings({ ...result, dryRun: { events: [], unaccepted: [] } }, text);
    }
    const folder = await this.read(text, submission);
    const { refusal, ...staging } = await this.stage({ folder, text, submission }, onProgress);
    if (refusal) throw refusal;
    const { staged } = staging;
    const acceptedBefore = before?.result.warnings;
    const warnings =
      acceptedBefore ?? (says(folder, staging) ? await this.warningsOf(text.files, folder, staging) : []);
    const { plan, title, demo, commands } = folder;
    const labels = new Map(this.ports.catalogue.types.map(({ name, label }) => [name, label]));
    const dryRun: DryRun = {
      events: [...staged.counts()].map(([type, count]) => ({ type, label: labels.get(type) ?? type, count })),
      unaccepted: acceptedBefore ? [] : notAccepted(warnings, accepted).map(({ id }) => id),
    };
    return withEncodings(
      { plan, title, submission, commands: commands.length, events: staged.size, demo, warnings, dryRun },
      text,
    );
  }

  /**
   * What differs between a folder and what it was when it was last loaded; nothing is decided or stored.
   * @throws {DomainError} `submission.refused`, where the folder cannot be read
   */
  async differences(given: FolderContent): Promise<FolderDifferences> {
    const text = textOf(given);
    const folder = readPlanFolder(text, this.parts);
    if (folder.mistakes.problems.length > 0) throw refusalOf(folder.mistakes, fileOrder(this.parts), text.encodings);
    const former = await formerFolder(folder.plan, text.files, this.ports);
    return differencesOf(this.beside(folder, former, ''), former);
  }

  private async submitText(
    text: FolderText,
    onProgress: SubmissionProgress,
    acceptance: Acceptance,
  ): Promise<SubmissionResult> {
    const { content, submission, before } = await this.identified(text);
    // What was applied is not read and decided again: what people changed since then stands.
    if (before?.applied) return this.asApplied(before.result, text);
    // What was received and cut off was accepted then, by whoever sent it.
    let warnings = before?.result.warnings;
    const folder = await this.read(text, submission);
    const { plan, title, demo, commands } = folder;

    let standing = 0;
    for (let attempt = 1; ; attempt++) {
      const staging = await this.stageOrRefuse({ folder, text, submission }, standing, onProgress);
      const { staged } = staging;
      if (says(folder, staging)) {
        if (!warnings) {
          warnings = await this.warningsOf(text.files, folder, staging);
          assertAccepted(warnings, acceptance.accepted);
        }
        const contentHash = await this.ports.files.put(content);
        // Whoever accepts warnings answers for the submission, and so does whoever signed in to load it.
        const { by } = acceptance;
        const answers = by && (warnings.length > 0 || by.means !== 'operator');
        const actor = answers ? by : { ...folder.actor, means: 'import' as const };
        const told = warnings.map((warning) => ({ ...warning, places: [...warning.places] }));
        await this.record.receive(
          { ...this.head(folder, submission), actor },
          { title, kind: 'folder', contentHash, commands: commands.length, events: staged.size, warnings: told },
        );
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
      await this.record.apply(this.head(folder, submission));
      return {
        plan,
        title,
        submission,
        commands: commands.length,
        events: staged.size,
        demo,
        warnings: warnings ?? [],
      };
    }
  }

  /**
   * Finishes what a crash cut off: submissions received, by the moment that is given, but not applied. Returns their
   * number.
   */
  async finishInterrupted(receivedBy?: Instant): Promise<number> {
    const open = (await this.ports.views.list(submissionProjection, '')).filter(
      ({ body, knownAt }) =>
        body.received.kind === 'folder' &&
        body.standing === 'received' &&
        (receivedBy === undefined || knownAt <= receivedBy),
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

  /** The folder beside what it was when it was last loaded. */
  private async read(text: FolderText, submission: string): Promise<ChangedFolder> {
    const folder = readPlanFolder(text, this.parts);
    const isWhole = folder.isSound && text.problems.length === 0;
    const former = isWhole ? await formerFolder(folder.plan, text.files, this.ports) : undefined;
    return this.beside(folder, former, submission);
  }

  private beside(folder: ReadFolder, former: FormerFolder | undefined, submission: string): ChangedFolder {
    return withChanges(folder, former && readPlanFolder(textOf(former.files), this.parts), submission, this.parts);
  }

  /** The text makes the submission, in whatever encoding it came. With a file that cannot be read it is none. */
  private async identified(text: FolderText) {
    const content = canonicalJson(text.files);
    const submission = sha256(content).slice(0, 16);
    const isWhole = text.problems.length === 0;
    return { content, submission, before: isWhole ? await this.before(planOf(text.files), submission) : undefined };
  }

  /** What became of the same folder, where it was received before and not refused since. */
  private async before(
    plan: string | undefined,
    submission: string,
  ): Promise<{ applied: boolean; result: SubmissionResult } | undefined> {
    if (plan === undefined) return undefined;
    const standing = await this.record.standing(plan, submission);
    const received = standing.findLast(({ type }) => type === SubmissionReceived.name);
    if (!received || standing.at(-1)?.type === SubmissionRefused.name) return undefined;
    const { title, commands, warnings } = received.data as Received;
    const { demo = false } = received.metadata;
    return {
      applied: standing.at(-1)?.type === SubmissionApplied.name,
      result: { plan, title, submission, commands, events: 0, demo, warnings },
    };
  }

  /** What was loaded before; also by which later submission the folder was changed since. */
  private async asApplied(result: SubmissionResult, { files }: FolderText): Promise<SubmissionResult> {
    const last = await lastLoaded(result.plan, files, this.ports);
    if (!last || last.submission === result.submission) return result;
    return { ...result, superseded: { submission: last.submission, title: last.title } };
  }

  private warningsOf(
    files: FolderFiles,
    { plan, commands, mistakes, actorPlaces }: ChangedFolder,
    { fresh, load, oddities }: Staged,
  ): Promise<FolderWarning[]> {
    const asked = new Asked(
      plan,
      Object.keys(files),
      commands.map((placed) => ({ ...placed, fresh: fresh.has(placed) })),
      actorPlaces,
    );
    const checks = this.slices.flatMap(({ plausibility }) => plausibility ?? []);
    return warningsOf(asked, { read: mistakes.oddities, decided: oddities }, checks, load);
  }

  /** A submission that had been received and no longer passes is recorded as refused, with why. */
  private async stageOrRefuse(underway: Underway, standing: number, onProgress: SubmissionProgress): Promise<Staged> {
    const { refusal, ...staged } = await this.stage(underway, onProgress);
    if (!refusal) return staged;
    const { folder, text, submission } = underway;
    if (folder.isSound && text.problems.length === 0) {
      await this.record.refuse(this.head(folder, submission), standing, refusal);
    }
    throw refusal;
  }

  private async stage(
    { folder, text, submission }: Underway,
    onProgress: SubmissionProgress,
  ): Promise<Staged & { readonly refusal?: DomainError }> {
    const staging = new Staging(folder, submission, this.registry, this.ports);
    const staged = await staging.run((done, total) => onProgress('校验', done, total));
    if (staged.mistakes.problems.length === 0) return staged;
    return { ...staged, refusal: refusalOf(staged.mistakes, fileOrder(this.parts), text.encodings) };
  }

  private head({ plan, actor, demo }: ReadFolder, submission: string): SubmissionHead {
    return { plan, submission, actor, demo };
  }
}

/** Whether there is something to tell: events, or what a person has to accept. */
const says = ({ dropped, changeRows }: ChangedFolder, { staged, oddities }: Staged): boolean =>
  staged.size > 0 || oddities.length > 0 || dropped.length > 0 || changeRows.length > 0;

const withEncodings = (result: SubmissionResult, { encodings }: FolderText): SubmissionResult =>
  Object.keys(encodings).length > 0 ? { ...result, encodings } : result;
