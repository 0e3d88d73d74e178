import fc from 'fast-check';
import type { DecisionContext } from '../../src/kernel/decider.js';
import { DomainError } from '../../src/kernel/errors.js';
import type { Recorded } from '../../src/kernel/event.js';
import {
  AmendProject,
  CancelProject,
  CompleteProject,
  CorrectInvestment,
  RegisterProject,
  ReportInvestment,
  ReportProjectProgress,
  RescheduleProject,
  ResumeProject,
  StartProject,
  SuspendProject,
  WithdrawProjectReport,
  type ProjectCommand,
} from '../../src/projects/project.commands.js';
import { projectDecider, type ProjectKnown, type ProjectState } from '../../src/projects/project.decider.js';
import type { ProjectEvent } from '../../src/projects/project.events.js';
import { make } from './decider-spec.js';
import { plan, planState } from './examples/plans.js';
import { idAt, recorded, someone } from './recorded.js';

/** Few days and amounts, so that commands often coincide, contradict or repeat each other. */
const days = ['2022-01-15', '2022-06-30', '2022-12-31', '2023-06-30', '2023-06-31', '2024-02-01', '2026-06-30'];
const kinds = [
  ...(['start', 'start', 'progress', 'progress', 'invest', 'invest', 'invest', 'correct', 'correct'] as const),
  ...(['reschedule', 'suspend', 'resume', 'complete', 'cancel', 'register', 'amend', 'withdraw'] as const),
];

const registering = { name: '项目', class: 'implementing', plannedStart: '2022', plannedEnd: '2023' } as const;
export const register = (different: Partial<RegisterProject> = {}) =>
  make(RegisterProject, { plan, id: 'P01', ...registering, unit: '331102', investment: '10000', ...different });

export const projectCommand: fc.Arbitrary<ProjectCommand> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    on: fc.constantFrom(...days),
    percent: fc.constantFrom('0', '30', '60', '100', '101'),
    amount: fc.constantFrom('-1', '0', '1000', '5000', '5000.0', '9000', '12000'),
    plannedEnd: fc.constantFrom('2021', '2023', '2024', '2025-06'),
    investment: fc.constantFrom('10000', '20000'),
    place: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ kind, on, percent, amount, plannedEnd, investment, place }): ProjectCommand => {
    const about = { plan, id: 'P01', on };
    switch (kind) {
      case 'register':
        return register({ investment });
      case 'amend':
        return make(AmendProject, { plan, id: 'P01', ...registering, unit: '331102', investment, plannedEnd });
      case 'start':
        return make(StartProject, about);
      case 'progress':
        return make(ReportProjectProgress, { ...about, percent });
      case 'invest':
        return make(ReportInvestment, { ...about, amount });
      case 'correct':
        return make(CorrectInvestment, { ...about, amount });
      case 'reschedule':
        return make(RescheduleProject, { plan, id: 'P01', plannedEnd });
      case 'suspend':
        return make(SuspendProject, about);
      case 'resume':
        return make(ResumeProject, about);
      case 'complete':
        return make(CompleteProject, about);
      case 'cancel':
        return make(CancelProject, about);
      case 'withdraw':
        return make(WithdrawProjectReport, { plan, id: 'P01', report: idAt(place) });
    }
  });

export interface ProjectStep {
  readonly command: ProjectCommand;
  readonly reason: string | undefined;
}

export const projectSteps: fc.Arbitrary<ProjectStep[]> = fc.array(
  fc.record({ command: projectCommand, reason: fc.constantFrom('汛期', undefined) }),
  { maxLength: 25, size: 'max' },
);

const known: ProjectKnown = { plan: planState() };
const now = '2025-12-31T02:00:00.000Z';

/** The events that a step decides in a state; none if it is refused. */
export function decided(state: ProjectState, { command, reason }: ProjectStep): readonly ProjectEvent[] {
  const context: DecisionContext<ProjectKnown> = { now, knownAt: now, actor: someone, reason, evidence: [], known };
  try {
    return projectDecider.decide(command, state, context);
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}

/** The number of events that a state is the fold of: each withdrawal is one, and so is what it withdraws. */
const eventsIn = ({ events, withdrawn }: ProjectState): number => events.length + 2 * withdrawn.length;

export const evolved = (state: ProjectState, events: readonly ProjectEvent[]): ProjectState =>
  recorded(events, { after: eventsIn(state) }).reduce(
    (at, event) => projectDecider.evolve(at, event as Recorded<ProjectEvent>),
    state,
  );

/** The events of a project after these steps. */
export function eventsOf(steps: readonly ProjectStep[]): readonly ProjectEvent[] {
  let state = projectDecider.initialState;
  const events: ProjectEvent[] = [];
  for (const step of [{ command: register(), reason: undefined }, ...steps]) {
    const newEvents = decided(state, step);
    state = evolved(state, newEvents);
    events.push(...newEvents);
  }
  return events;
}
