import type { DecisionContext } from '../kernel/decider.js';
import { DomainError, invalid, refused } from '../kernel/errors.js';
import { approvalChain, stepOf } from './approval-chain.js';
import {
  MeasurementApproved,
  MeasurementPassed,
  MeasurementReturned,
  MeasurementWithdrawn,
  type FigureEvent,
  type FigureId,
} from './figure.events.js';
import { assertChangeable, assertMayCorrectLocked } from './figure-lock.js';
import { approvingPlan, type FigureKnown, type FigureState } from './figure.state.js';

type Context = DecisionContext<FigureKnown>;

/**
 * Approval at the level of the unit for which the actor acts.
 * @throws {DomainError} `figure.nothing-to-approve`, `figure.own-approval`, and those of `stepOf`
 */
export function approve(figure: FigureId, state: FigureState, { actor, known }: Context): FigureEvent[] {
  const { standing, latest, reporters, passed } = state;
  if (standing === 'approved') return [];
  if (standing !== 'reported' || !latest) throw refused('figure.nothing-to-approve', '没有待审核的数据');
  if (reporters.some(({ id }) => id === actor.id)) {
    throw new DomainError(
      'forbidden',
      'figure.own-approval',
      `填报人与审核人须为两人：${actor.name} 上报或更正过该数据，不能审核`,
    );
  }
  const plan = approvingPlan(known.plan);
  const taken = stepOf(plan, approvalChain(plan, figure), passed, actor);
  if (!taken) return [];
  const { level } = taken.step;
  const { reported } = latest;
  if (level && !taken.isLast) return [MeasurementPassed.of({ reported, level })];
  return [MeasurementApproved.of({ reported, ...(level && { level }) })];
}

/**
 * Return to the reporter, by the level for which the value waits, or by one that approved it and takes that back.
 * @throws {DomainError} `figure.locked`, `figure.nothing-to-return`, `reason.missing`, and those of `stepOf`
 */
export function sendBack(figure: FigureId, state: FigureState, { actor, reason, known }: Context): FigureEvent[] {
  const { standing, latest, approval, passed } = state;
  if (standing === 'approved' && approval) {
    throw refused('figure.locked', '该数据已审核锁定，不能退回：要修改请用“更正”，更正后重新审核');
  }
  if (standing === 'returned') return [];
  if (standing !== 'reported' || !latest) throw refused('figure.nothing-to-return', '没有待审核的数据可退回');
  const plan = approvingPlan(known.plan);
  stepOf(plan, approvalChain(plan, figure), passed, actor);
  if (!reason) throw invalid('reason.missing', '退回须写明事由', 'reason');
  return [MeasurementReturned.of({ reported: latest.reported })];
}

/**
 * Withdrawal by the reporter or their unit before approval; otherwise by those who may correct what is locked.
 * @throws {DomainError} `figure.nothing-to-withdraw`, `figure.not-own`, and those of `assertChangeable`
 */
export function withdraw(figure: FigureId, state: FigureState, context: Context): FigureEvent[] {
  const { standing, latest, declaredBy } = state;
  const { actor, reason } = context;
  if (standing === 'withdrawn') return [];
  if (standing === 'none') throw refused('figure.nothing-to-withdraw', '没有可撤回的数据');
  if (!reason) throw invalid('reason.missing', '撤回须写明事由', 'reason');
  assertChangeable(figure, state, context);
  const by = latest?.by ?? declaredBy;
  const isOwn = by?.id === actor.id || (actor.unit !== undefined && [by?.unit, figure.unit].includes(actor.unit));
  if (!isOwn) {
    assertMayCorrectLocked(
      figure,
      context,
      new DomainError(
        'forbidden',
        'figure.not-own',
        `该数据由 ${by?.name ?? figure.unit} 上报：请由其本人或本单位撤回，或由有更正权的更正员附事由和已留存的依据文件撤回`,
      ),
    );
  }
  return [MeasurementWithdrawn.of(latest ? { reported: latest.reported } : {})];
}
