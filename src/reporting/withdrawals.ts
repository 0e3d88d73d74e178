import { UnreadableEvent, type Catalogue } from '../kernel/catalogue.js';
import { DomainError, invalid, notFound, refused, type Problem } from '../kernel/errors.js';
import { WrongExpectedRevision } from '../kernel/event-log.js';
import type { Actor } from '../kernel/event.js';
import type { Instant } from '../kernel/time.js';
import { topUnit } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { reachesUnit } from '../plans/unit-reach.js';
import { reportRefused } from './report-result.js';
import type { PlacedCommand } from '../slice/folder-part.js';
import type { Authorizer } from '../slice/authorizer.js';
import { CommandRegistry, type DecisionPorts, type Slice } from '../slice/slice.js';
import { commandsAlone } from '../submissions/commands-alone.js';
import { Mistakes } from '../submissions/mistakes.js';
import { StagedLog } from '../submissions/staged-log.js';
import { Staging, type Staged } from '../submissions/staging.js';
import { SubmissionWithdrawalReceived, SubmissionWithdrawn } from '../submissions/submission.events.js';
import { submissionProjection } from '../submissions/submission.projection.js';
import { SubmissionRecord, type SubmissionHead } from '../submissions/submission-record.js';
import { commandOf, idPrefix, type RowContext } from './planned-row.js';
import { reportItems, streamOf, unitsOf, type ReportItem } from './report-plan.js';
import { receivedReport, type Underway } from './report-underway.js';
import type { Conflict } from './stream-sight.js';
import { undoingOf } from './undoing-row.js';

export interface WithdrawalRequest {
  readonly plan: string;
  readonly submission: string;
  readonly actor: Actor;
  readonly reason: string;
  /** Keys of the rows that are left as they are, where others acted on them since. */
  readonly leave: readonly string[];
}

export interface WithdrawalResult {
  readonly plan: string;
  readonly submission: string;
  /** What was appended; 0 where it was withdrawn before. */
  readonly events: number;
  /** The keys of the rows that were undone. */
  readonly withdrawn: readonly string[];
  readonly left: readonly string[];
}

interface Decided {
  readonly staged: Staged;
  readonly withdrawn: readonly string[];
  readonly left: readonly string[];
  readonly obstacles: readonly Obstacle[];
}

interface Obstacle {
  readonly key: string;
  readonly since: Conflict;
}

type Ports = DecisionPorts & { readonly catalogue: Catalogue; readonly authorizer: Authorizer };

const attempts = 5;

export const WITHDRAWALS = Symbol('Withdrawals');

/** Withdraws applied submissions of rows: undoes exactly what each brought, by events of their own, all or none of them. */
export class Withdrawals {
  private readonly registry: CommandRegistry;
  private readonly record: SubmissionRecord;

  constructor(
    private readonly ports: Ports,
    slices: readonly Slice[],
  ) {
    this.registry = new CommandRegistry(slices);
    this.record = new SubmissionRecord(ports);
  }

  /**
   * @throws {DomainError} `reason.missing`; `submission.unknown`; `submission.not-rows`, a plan folder;
   * `submission.not-applied`; `submission.changed-since`, with a problem for each row that others acted on since, unless
   * it is listed in `leave`; `report.refused`, what the deciders refuse
   */
  async withdraw({ plan, submission, actor, reason, leave }: WithdrawalRequest): Promise<WithdrawalResult> {
    if (!/\S/.test(reason)) throw invalid('reason.missing', '撤回报送须写明事由', 'reason');
    const standing = await this.record.standing(plan, submission);
    const last = standing.at(-1)?.type;
    if (last === undefined) {
      throw unknownSubmission(plan, submission);
    }
    const { underway, received } = await receivedReport(standing, { plan, submission }, this.ports);
    const { demo, actor: sender } = received.metadata;
    const head = { plan, submission, actor, demo: demo ?? false, reason };
    await this.assertReached(head, underway, sender);
    if (last === SubmissionWithdrawn.name) return { plan, submission, events: 0, withdrawn: [], left: [] };
    if (last !== 'SubmissionApplied' && last !== SubmissionWithdrawalReceived.name) {
      throw refused('submission.not-applied', `报送 ${submission} 没有写入完毕，没有可撤回的：请稍后再试`);
    }
    return this.undone(head, underway, leave);
  }

  /** Finishes withdrawals that were received, by the moment that is given, and cut off. Returns their number. */
  async finishInterrupted(receivedBy?: Instant): Promise<number> {
    const open = (await this.ports.views.list(submissionProjection, '')).filter(
      ({ body, knownAt }) => body.standing === 'withdrawing' && (receivedBy === undefined || knownAt <= receivedBy),
    );
    for (const { body } of open) {
      const standing = await this.record.standing(body.plan, body.id);
      const { data, metadata } = standing.findLast(({ type }) => type === SubmissionWithdrawalReceived.name)!;
      const { actor, reason = '' } = metadata;
      const { left } = data as (typeof SubmissionWithdrawalReceived)['example'];
      try {
        await this.withdraw({ plan: body.plan, submission: body.id, actor, reason, leave: left });
      } catch (error) {
        // Somebody acted on one of its rows since: the person who withdrew it has to say what becomes of that row.
        if (!(error instanceof DomainError || error instanceof UnreadableEvent)) throw error;
      }
    }
    return open.length;
  }

  /**
   * Refusals quote what others registered since, so they are for who may withdraw the figures of every unit in it; where
   * there are none, for who may do so for the unit of the sender.
   */
  private async assertReached({ actor, ...head }: SubmissionHead, underway: Underway, sender: Actor): Promise<void> {
    const { plan, submission } = head;
    const document = await readPlan(this.ports.views, plan);
    const { given, context } = underway;
    const { items } = reportItems(given.rows, given.made, { ...context, ...head, actor, mistakes: new Mistakes() });
    const units = unitsOf(items);
    const isReached = (unit: string) => reachesUnit('figures.withdraw', document, unit);
    const ofSender = actor.id === sender.id || isReached(sender.unit ?? topUnit(document) ?? '');
    if (!units.every(isReached) || (units.length === 0 && !ofSender)) throw unknownSubmission(plan, submission);
  }

  private async undone(head: SubmissionHead, underway: Underway, leave: readonly string[]): Promise<WithdrawalResult> {
    const { plan, submission } = head;
    for (let attempt = 1; ; attempt++) {
      const { staged: decided, withdrawn, left, obstacles } = await this.decided(head, underway, leave);
      const { staged, mistakes } = decided;
      if (obstacles.length > 0) throw changedSince(obstacles);
      if (mistakes.problems.length > 0) throw reportRefused(mistakes.problems);
      const isDue = (standing: readonly string[]) => standing.at(-1) === 'SubmissionApplied';
      await this.record.append(head, SubmissionWithdrawalReceived.of({ events: staged.size, left: [...left] }), isDue);
      try {
        await staged.carryOver(() => undefined);
      } catch (error) {
        if (error instanceof WrongExpectedRevision && attempt < attempts) continue;
        throw error;
      }
      const events = staged.size;
      const isOpen = (standing: readonly string[]) => standing.at(-1) === SubmissionWithdrawalReceived.name;
      await this.record.append(head, SubmissionWithdrawn.of({ events: await this.announced(head) }), isOpen);
      return { plan, submission, events, withdrawn, left };
    }
  }

  /** How many events the withdrawal has in all, also where a crash made it come in several runs. */
  private async announced({ plan, submission }: SubmissionHead): Promise<number> {
    const standing = await this.record.standing(plan, submission);
    const received = standing.findLast(({ type }) => type === SubmissionWithdrawalReceived.name)!;
    return (received.data as (typeof SubmissionWithdrawalReceived)['example']).events;
  }

  private async decided(head: SubmissionHead, underway: Underway, leave: readonly string[]): Promise<Decided> {
    const { log, clock } = this.ports;
    const { plan, submission } = head;
    const { given, title, context: shared } = underway;
    const prefix = idPrefix(submission, shared.round);
    const origins = {
      brought: ({ metadata }: { metadata: { commandId: string } }) => metadata.commandId.startsWith(prefix),
      undid: ({ metadata }: { metadata: { commandId: string } }) => metadata.commandId.startsWith(undoing(prefix)),
    };
    const context: RowContext = { ...shared, ...head, mistakes: new Mistakes() };
    const { items } = reportItems(given.rows, given.made, context);
    const sight = new StagedLog(log, clock);
    await sight.readAhead(items.map((item) => streamOf(plan, item)));
    const commands: PlacedCommand[] = [];
    const withdrawn: string[] = [];
    const left: string[] = [];
    const obstacles: Obstacle[] = [];
    for (const item of items) {
      const { key } = item;
      const found = undoingOf(item, await sight.readStream(streamOf(plan, item)), origins);
      if (found === 'nothing') continue;
      if (leave.includes(key)) left.push(key);
      else if ('since' in found) obstacles.push({ key, since: found.since });
      else {
        withdrawn.push(key);
        for (const [at, { type, input }] of found.commands.entries()) {
          // A row may have brought several reports: each is withdrawn by a command of its own id.
          const place = { ...placeOf(item, context), key: `${key} ${at}` };
          commands.push(...commandOf(context, type, { ...input, reason: head.reason }, place));
        }
      }
    }
    const ofUndoing = commands.map(({ sender, ...command }) => ({
      ...command,
      sender: { ...sender, commandId: sender.commandId.replace(prefix, undoing(prefix)) },
    }));
    const folder = commandsAlone({ ...head, title, mistakes: context.mistakes }, ofUndoing);
    const staging = new Staging(folder, submission, this.registry, this.ports, sight);
    return { staged: await staging.run(() => undefined), withdrawn, left, obstacles };
  }
}

const unknownSubmission = (plan: string, submission: string) =>
  notFound('submission.unknown', `规划 ${plan} 没有报送 ${submission}：请核对报送编号（list submissions）`);

/** Ids of the commands that undo a submission, by those that brought it. */
const undoing = (prefix: string): string => prefix.replace(/^submission-/, 'submission-undoing-');

function placeOf(item: ReportItem, { file }: RowContext) {
  const row = 'row' in item ? item.row : (item.whole ?? item.parts[0]!.row);
  return { key: item.key, locate: () => ({ file, row: row.row, field: item.key }) };
}

function changedSince(obstacles: readonly Obstacle[]): DomainError {
  const problems = obstacles.map(({ key, since }): Problem => {
    const { by, at, from, to } = since;
    const change = from === undefined ? to : `由 ${from} 改为 ${to}`;
    return {
      code: 'submission.changed-since',
      field: key,
      message: `${key}：报送之后，${by.name}${by.unit === undefined ? '' : `（${by.unit}）`}于 ${at} 另行登记（${change}）：保留它的，请把 ${key} 列入 leave`,
    };
  });
  return new DomainError(
    'refused',
    'submission.changed-since',
    `有 ${obstacles.length} 行不能撤回，整个报送没有撤回：请核对；仍要撤回其余各行的，把这些行的键列入 leave`,
    { problems: problems.slice(0, 200) },
  );
}
