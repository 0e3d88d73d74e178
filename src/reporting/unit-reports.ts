import { UnreadableEvent, type Catalogue } from '../kernel/catalogue.js';
import { DomainError, invalid } from '../kernel/errors.js';
import { WrongExpectedRevision } from '../kernel/event-log.js';
import type { Actor, Evidence, RecordedEvent } from '../kernel/event.js';
import { CommandHandling } from '../kernel/handling.js';
import { canonicalJson, plain, sha256 } from '../kernel/json.js';
import type { Instant } from '../kernel/time.js';
import { readPlan } from '../plans/read-plan.js';
import { reachesUnit } from '../plans/unit-reach.js';
import { Asked, type FolderWarning } from '../slice/plausibility.js';
import type { Authorizer } from '../slice/authorizer.js';
import { CommandRegistry, type DecisionPorts, type Slice } from '../slice/slice.js';
import { commandsAlone } from '../submissions/commands-alone.js';
import { Mistakes } from '../submissions/mistakes.js';
import { StagedLog } from '../submissions/staged-log.js';
import { Staging, type Staged } from '../submissions/staging.js';
import { SubmissionApplied } from '../submissions/submission.events.js';
import { submissionProjection } from '../submissions/submission.projection.js';
import { SubmissionRecord } from '../submissions/submission-record.js';
import { assertAccepted, notAccepted, warningsOf } from '../submissions/warnings.js';
import type { GivenRows } from './given-row.js';
import type { GivenFile } from './read-report.js';
import { submissionId, type Fed, type ReportContent } from './report-content.js';
import { plannedRows, reportItems, unitsOf } from './report-plan.js';
import { receivedReport, underwayOf, type Underway } from './report-underway.js';
import { countsOf, refusalOf, reportedRows, type ReportedRow, type ReportResult } from './report-result.js';

/** Rows that somebody reports. */
export interface ReportRequest {
  readonly plan: string;
  readonly actor: Actor;
  readonly given: GivenRows;
  /** The file that the rows were read from. */
  readonly file?: GivenFile;
  /** The reason for all corrections that give none of their own. */
  readonly reason?: string;
  /** The warnings that are accepted, by id or code; all that there are of rows that a feed brings. */
  readonly accepted: readonly string[];
  /** Of rows that a feed brings; who sets the feed has said for which units. */
  readonly fed?: Fed;
  /** What each value names, where all come from one document. */
  readonly evidence?: readonly Evidence[];
}

interface Decided {
  readonly rows: readonly ReportedRow[];
  readonly staged: Staged;
  readonly commands: number;
  readonly refusal?: DomainError;
  warnings(): Promise<FolderWarning[]>;
}

type Ports = DecisionPorts & { readonly catalogue: Catalogue; readonly authorizer: Authorizer };

const attempts = 5;

export const UNIT_REPORTS = Symbol('UnitReports');

/**
 * Takes the rows that a unit reports: all or none of them, decided by the deciders themselves on a staged log before the
 * first event, as plan folders are. The same rows again append nothing; what a crash cut off is finished at the next start.
 */
export class UnitReports {
  private readonly registry: CommandRegistry;
  private readonly record: SubmissionRecord;

  constructor(
    private readonly ports: Ports,
    private readonly slices: readonly Slice[],
  ) {
    this.registry = new CommandRegistry(slices);
    this.record = new SubmissionRecord(ports);
  }

  /**
   * Applies a report as a whole.
   * @throws {DomainError} `plan.unknown`; `report.refused`, with a problem for every mistake, by cell; `report.conflict`,
   * where others changed something since the workbook was made; `submission.warnings`
   */
  async submit(request: ReportRequest): Promise<ReportResult> {
    const { underway, standing } = await this.identified(request);
    if (await this.isApplied(underway, standing)) return this.unchanged(underway);
    return this.applied(underway, { accepted: request.accepted, file: request.file });
  }

  /** Says row by row what `submit` would do; appends nothing, and refuses only what cannot be read as a whole. */
  async tryOut(request: ReportRequest): Promise<ReportResult> {
    const { underway, standing } = await this.identified(request);
    if (await this.isApplied(underway, standing)) return { ...this.unchanged(underway), dryRun: true };
    const decided = await this.decided(underway);
    const warnings = decided.refusal ? [] : await decided.warnings();
    return {
      ...this.result(underway, decided, warnings),
      dryRun: true,
      unaccepted: notAccepted(warnings, request.accepted).map(({ id }) => id),
    };
  }

  /** Finishes reports that were received, by the moment that is given, and not applied. Returns their number. */
  async finishInterrupted(receivedBy?: Instant): Promise<number> {
    const open = (await this.ports.views.list(submissionProjection, '')).filter(
      ({ body, knownAt }) =>
        body.received.kind === 'rows' &&
        body.standing === 'received' &&
        (receivedBy === undefined || knownAt <= receivedBy),
    );
    for (const { body } of open) {
      try {
        const { plan, id: submission } = body;
        const standing = await this.record.standing(plan, submission);
        const { underway, received } = await receivedReport(standing, { plan, submission }, this.ports);
        await this.applied(underway, { accepted: received.data.warnings.map(({ id }) => id) });
      } catch (error) {
        // Refused now, and recorded so; or left for a program that can read its streams.
        if (!(error instanceof DomainError || error instanceof UnreadableEvent)) throw error;
      }
    }
    return open.length;
  }

  private async applied(
    underway: Underway,
    { accepted, file }: { readonly accepted: readonly string[]; readonly file?: GivenFile },
  ): Promise<ReportResult> {
    const { head, content, title } = underway;
    const { files } = this.ports;
    let standing = 0;
    for (let attempt = 1; ; attempt++) {
      const decided = await this.decided(underway);
      if (decided.refusal) {
        await this.record.refuse(head, standing, decided.refusal);
        throw decided.refusal;
      }
      const { staged } = decided.staged;
      const warnings = staged.size > 0 ? await decided.warnings() : [];
      // Those of a feed are kept with its submission, for the people who approve it.
      if (!content.fed) assertAccepted(warnings, accepted);
      if (staged.size > 0) {
        if (file) await files.put(file.bytes);
        const contentHash = await files.put(canonicalJson(plain(content)));
        const told = warnings.map((warning) => ({ ...warning, places: [...warning.places] }));
        const { commands } = decided;
        await this.record.receive(head, {
          title,
          kind: 'rows',
          contentHash,
          commands,
          events: staged.size,
          warnings: told,
        });
        try {
          await staged.carryOver((done) => {
            standing = done;
          });
        } catch (error) {
          // Somebody wrote to one of its streams meanwhile: the rows are compared with what stands now.
          if (error instanceof WrongExpectedRevision && attempt < attempts) continue;
          throw error;
        }
      }
      await this.record.apply(head);
      return this.result(underway, decided, warnings);
    }
  }

  /** Compares the rows with what stands, and lets the deciders decide them. */
  private async decided({ head, content, given, title, context: shared }: Underway): Promise<Decided> {
    const { log, clock, catalogue } = this.ports;
    const sight = new StagedLog(log, clock);
    const { load } = new CommandHandling(sight, catalogue, clock);
    const context = { ...shared, mistakes: new Mistakes() };
    const { items, lost } = reportItems(content.rows, given.made, context);
    const isReached = context.fed ? () => true : await this.reach(head.plan);
    const planned = await plannedRows(items, context, { log: sight, load, isReached });
    const commands = planned.flatMap((row) => row.commands);
    const folder = commandsAlone({ ...head, title, mistakes: context.mistakes }, commands);
    const staging = new Staging(folder, head.submission, this.registry, this.ports, sight);
    const staged = await staging.run(() => undefined);
    const rows = reportedRows(planned, lost, staged);
    const refusal = refusalOf(rows, staged.mistakes.problems, context.file);
    return {
      rows,
      staged,
      commands: commands.length,
      ...(refusal && { refusal }),
      warnings: () => {
        const asked = commands.map((command) => ({ ...command, fresh: staged.fresh.has(command) }));
        const checks = this.slices.flatMap(({ plausibility }) => plausibility ?? []);
        const found = { read: [], decided: staged.oddities };
        return warningsOf(new Asked(head.plan, [context.file], asked), found, checks, staged.load);
      },
    };
  }

  /** Who does not reach all of it is not told that the same rows were applied before. */
  private async isApplied(underway: Underway, standing: readonly RecordedEvent[]): Promise<boolean> {
    const { head, context, content, given } = underway;
    // What a feed brings is compared with what stands each time it comes: that is what is to be said of it.
    if (standing.at(-1)?.type !== SubmissionApplied.name || content.fed) return false;
    const { items } = reportItems(content.rows, given.made, { ...context, mistakes: new Mistakes() });
    return unitsOf(items).every(await this.reach(head.plan));
  }

  private async reach(plan: string): Promise<(unit: string) => boolean> {
    const document = await readPlan(this.ports.views, plan);
    return (unit) => reachesUnit('figures.report', document, unit);
  }

  private async identified(
    request: ReportRequest,
  ): Promise<{ underway: Underway; standing: readonly RecordedEvent[] }> {
    const { plan, actor, given, file, reason, fed, evidence } = request;
    const { demo } = await readPlan(this.ports.views, plan);
    if (given.made && given.made.plan !== plan) {
      const message = `工作簿是为规划 ${given.made.plan} 下载的，不能报给 ${plan}：请核对规划，或重新下载工作簿`;
      throw invalid('report.other-plan', message, 'plan');
    }
    const content: ReportContent = {
      format: 'rows/1',
      plan,
      ...(reason !== undefined && { reason }),
      ...(file && { file: { name: file.name, sha256: sha256(file.bytes) } }),
      ...(given.made && { made: given.made }),
      ...(fed && { fed }),
      ...(evidence && { evidence }),
      rows: given.rows,
    };
    const submission = submissionId(content, actor.id);
    const standing = await this.record.standing(plan, submission);
    return { underway: underwayOf(content, { plan, submission, actor, demo }, standing, given.passedOver), standing };
  }

  private result(
    { head, title, given }: Underway,
    { rows, staged }: Decided,
    warnings: readonly FolderWarning[],
  ): ReportResult {
    const { plan, submission, demo } = head;
    return {
      ...{ plan, title, submission, demo, dryRun: false },
      events: staged.staged.size,
      counts: countsOf(rows),
      rows,
      warnings,
      unaccepted: [],
      passedOver: given.passedOver,
    };
  }

  /** What was applied is not decided again: what people changed since then stands. */
  private unchanged({ head, title, given, context }: Underway): ReportResult {
    const { plan, submission, demo } = head;
    const { items } = reportItems(given.rows, given.made, { ...context, mistakes: new Mistakes() });
    const rows = items.map((item): ReportedRow => {
      const { at } = 'row' in item ? item.row : (item.whole ?? item.parts[0]!.row);
      return { at, key: item.key, name: item.subject.code, outcome: 'unchanged', note: '此前已随本报送写入' };
    });
    return {
      ...{ plan, title, submission, demo, dryRun: false, events: 0 },
      ...{ counts: countsOf(rows), rows, warnings: [], unaccepted: [], passedOver: given.passedOver },
    };
  }
}
