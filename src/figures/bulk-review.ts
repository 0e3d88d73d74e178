import { DomainError, type Problem } from '../kernel/errors.js';
import type { CommandResult } from '../kernel/handling.js';
import { comparePositions, type Position } from '../kernel/position.js';
import type { CommandCarrier } from '../slice/command-gateway.js';
import type { Sender } from '../slice/command.js';
import { Identifier, ListOf, PeriodText, Text, Whole } from '../slice/field.js';
import { ApproveMeasurement, ReturnMeasurement } from './figure.commands.js';

/** A figure at the revision that the reviewer saw. */
class ReviewedFigure {
  @Identifier({ label: '指标代码', example: '02' })
  code: string;

  @Identifier({ label: '单位代码', example: '331102' })
  unit: string;

  @PeriodText({ label: '期间', example: '2022' })
  period: string;

  @Whole({ label: '修订号', description: '所审核的那一版，见待审核列表', min: 0, max: 1_000_000_000 })
  revision: number;
}

abstract class OnFigures {
  @ListOf(() => ReviewedFigure, { label: '数据', min: 1, max: 500 })
  figures: ReviewedFigure[];

  abstract get type(): typeof ApproveMeasurement | typeof ReturnMeasurement;
}

export class BulkApproval extends OnFigures {
  @Text({ label: '事由', max: 2000, optional: true })
  reason?: string;

  get type() {
    return ApproveMeasurement;
  }
}

export class BulkReturn extends OnFigures {
  @Text({ label: '事由', max: 2000, example: '与统计台账不符' })
  reason: string;

  get type() {
    return ReturnMeasurement;
  }
}

export type BulkReview = BulkApproval | BulkReturn;

export interface Reviewed {
  /** In the order of the request, each with its revision after it. */
  readonly figures: readonly {
    readonly code: string;
    readonly unit: string;
    readonly period: string;
    readonly revision: number;
    /** It had been so before. */
    readonly unchanged: boolean;
  }[];
}

interface Step {
  readonly figure: ReviewedFigure;
  readonly command: ApproveMeasurement | ReturnMeasurement;
  readonly sender: Sender;
}

/** So many are decided at the same time. */
const together = 32;

/**
 * Approves or returns several figures: all of them are decided first, and nothing is done if one is refused. Each has an id
 * of its own out of the id of the whole, so that the same request again finishes what was cut off.
 * @throws {DomainError} `figures.review-refused` with a problem for each one that is refused; `figures.review-cut-off` if
 * somebody changed some of them after all had been decided: the others are done then
 */
export async function carryOutReviews(
  gateway: CommandCarrier,
  plan: string,
  { figures, reason, type }: BulkReview,
  sender: Sender,
): Promise<{ readonly reviewed: Reviewed; readonly position?: Position }> {
  const steps = figures.map((figure, at): Step => {
    const { code, unit, period, revision } = figure;
    const command = Object.assign(new type(), { plan, code, unit, period, ...(reason !== undefined && { reason }) });
    const commandId = `${sender.commandId}.${at + 1}`;
    return { figure, command, sender: { ...sender, commandId, expectedRevision: revision } };
  });
  const first = await inGroups(steps, ({ command, sender: own }) => gateway.rehearse(command, own));
  const refused = problemsOf(steps, first);
  if (refused.length > 0) {
    throw new DomainError(
      'refused',
      'figures.review-refused',
      `${refused.length} 条数据不能办理，全部 ${steps.length} 条均未办理：请去掉或更新它们后重试`,
      { problems: refused },
    );
  }
  const done = await inGroups(steps, ({ command, sender: own }) => gateway.carryOut(command, own));
  const cut = problemsOf(steps, done);
  if (cut.length > 0) {
    throw new DomainError(
      'conflict',
      'figures.review-cut-off',
      `办理过程中有 ${cut.length} 条被他人更改，未办理；其余 ${steps.length - cut.length} 条已办理：请刷新后只重试未办理的`,
      { problems: cut },
    );
  }
  const results = done.map((each) => (each as PromiseFulfilledResult<CommandResult>).value);
  const positions = results.flatMap(({ position }) => position ?? []).sort(comparePositions);
  const position = positions.at(-1);
  return {
    reviewed: {
      figures: results.map(({ revision, events }, at) => {
        const { code, unit, period } = steps[at]!.figure;
        return { code, unit, period, revision: Number(revision), unchanged: events.length === 0 };
      }),
    },
    ...(position !== undefined && { position }),
  };
}

async function inGroups<Result>(
  steps: readonly Step[],
  work: (step: Step) => Promise<Result>,
): Promise<PromiseSettledResult<Result>[]> {
  const settled: PromiseSettledResult<Result>[] = [];
  for (let at = 0; at < steps.length; at += together) {
    settled.push(...(await Promise.allSettled(steps.slice(at, at + together).map(work))));
  }
  return settled;
}

/** Why some were refused, each by its place in the request. @throws what is no refusal */
function problemsOf(steps: readonly Step[], settled: readonly PromiseSettledResult<unknown>[]): Problem[] {
  return settled.flatMap((each, at) => {
    if (each.status === 'fulfilled') return [];
    const error: unknown = each.reason;
    if (!(error instanceof DomainError)) throw error;
    const { code, unit, period } = steps[at]!.figure;
    return [{ code: error.code, message: `${code} ${unit} ${period}：${error.message}`, field: `figures.${at}` }];
  });
}
