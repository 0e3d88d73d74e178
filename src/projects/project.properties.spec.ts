import { Decimal } from '../kernel/decimal.js';
import fc from 'fast-check';
import { decided, evolved, eventsOf, projectSteps, type ProjectStep } from '../../test/support/random-projects.js';
import type { RecordedEvent, Recorded } from '../kernel/event.js';
import { make } from '../../test/support/decider-spec.js';
import { recorded } from '../../test/support/recorded.js';
import { folded } from '../../test/support/replay.js';
import { projectDecider, projectReports, type ProjectState } from './project.decider.js';
import { projectEvents, projectStream, type ProjectEvent } from './project.events.js';
import { WithdrawProjectReport } from './project.commands.js';
import { projectProjection, type ProjectDocument } from './project.projection.js';

const check = (law: (steps: ProjectStep[]) => void) => fc.assert(fc.property(projectSteps, law), { numRuns: 500 });
const after = (steps: readonly ProjectStep[]): ProjectState => evolved(projectDecider.initialState, eventsOf(steps));
const sorted = (days: readonly string[]) => [...days].sort();

describe('for any sequence of project commands', () => {
  it('the generator produces every event type', () => {
    const types = new Set(
      fc
        .sample(projectSteps, { numRuns: 500, seed: 7 })
        .flatMap(eventsOf)
        .map(({ type }) => type),
    );
    expect(types.size).toBe(projectEvents.length);
  });

  it('a repeated command gives no event', () =>
    check((steps) => {
      let state = after([]);
      for (const step of steps) {
        state = evolved(state, decided(state, step));
        expect(decided(state, step)).toEqual([]);
      }
    }));

  it('investments are ordered by day and never decrease', () =>
    check((steps) => {
      const { investments } = after(steps);
      expect(investments.map(({ on }) => on)).toEqual(sorted(investments.map(({ on }) => on)));
      const amounts = investments.map(({ amount }) => new Decimal(amount));
      expect(amounts.every((amount, at) => amount.gte(amounts[at - 1] ?? 0))).toBe(true);
    }));

  it('transitions are ordered by day, and none follows completion or cancellation', () =>
    check((steps) => {
      const stream = projectStream('lishui', 'P01');
      const document = folded(projectProjection, stream, eventsOf(steps));
      expect(document.steps.map(({ on }) => on)).toEqual(sorted(document.steps.map(({ on }) => on)));
      const ended = document.steps.findIndex(({ to }) => to === 'completed' || to === 'cancelled');
      expect(ended === -1 || ended === document.steps.length - 1).toBe(true);
    }));

  it('the document agrees with the decider’s state', () =>
    check((steps) => {
      const document = folded(projectProjection, projectStream('lishui', 'P01'), eventsOf(steps));
      const state = after(steps);
      expect(document.steps.at(-1)?.to ?? 'registered').toBe(state.standing);
      expect(document.steps.at(-1)?.on).toBe(state.since);
      expect(document.investments.map(({ on, amount }) => ({ on, amount }))).toEqual(state.investments);
      expect(document.reschedulings.at(-1)?.to ?? document.plannedEnd).toBe(state.plannedEnd);
      expect(document.progress.at(-1)?.percent).toBe(state.progress?.percent);
    }));

  it('state and document after a withdrawal are those of the other events alone', () =>
    check((steps) => {
      const all = recorded(eventsOf(steps), { stream: projectStream('lishui', 'P01') });
      const stateAfter = (of: readonly RecordedEvent[]) =>
        of.reduce(
          (at, event) => projectDecider.evolve(at, event as Recorded<ProjectEvent>),
          projectDecider.initialState,
        );
      const state = stateAfter(all);
      const documentAfter = (of: readonly RecordedEvent[]) =>
        of.reduce<ProjectDocument | undefined>(
          (document, event) => projectProjection.evolve(document, event),
          undefined,
        );
      for (const { id } of state.events) {
        const command = make(WithdrawProjectReport, { plan: 'lishui', id: 'P01', report: id });
        const withdrawal = decided(state, { command, reason: '误报' });
        if (withdrawal.length === 0) continue;
        const others = projectReports.standingOf(all).filter((event) => event.id !== id);
        const { withdrawn: _, ...left } = evolved(state, withdrawal);
        const { withdrawn: __, ...alone } = stateAfter(others);
        expect(left).toEqual(alone);
        const withWithdrawal = [...all, ...recorded(withdrawal, { after: all.length, stream: all[0]!.stream })];
        expect(documentAfter(withWithdrawal)).toEqual(documentAfter(others));
      }
    }));

  it('a report that was just made can be withdrawn, and the state is as it was', () =>
    check((steps) => {
      let state = after([]);
      for (const step of steps) {
        const before = state;
        const made = decided(state, step);
        state = evolved(state, made);
        if (made.length === 0 || ['RegisterProject', 'AmendProject'].includes(step.command.type)) continue;
        if (step.command.type === 'WithdrawProjectReport') continue;
        const report = state.events.at(-1)!.id;
        const command = make(WithdrawProjectReport, { plan: 'lishui', id: 'P01', report });
        const { withdrawn, ...now } = evolved(state, decided(state, { command, reason: '误报' }));
        expect(now).toEqual({ ...before, withdrawn: undefined });
        expect(withdrawn).toEqual([...before.withdrawn, report]);
      }
    }));
});
