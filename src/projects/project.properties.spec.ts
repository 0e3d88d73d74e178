import { Decimal } from '../kernel/decimal.js';
import fc from 'fast-check';
import { decided, evolved, eventsOf, projectSteps, type ProjectStep } from '../../test/support/random-projects.js';
import { folded } from '../../test/support/replay.js';
import { projectDecider, type ProjectState } from './project.decider.js';
import { projectEvents, projectStream } from './project.events.js';
import { projectProjection } from './project.projection.js';

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
});
