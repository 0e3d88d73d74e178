import fc from 'fast-check';
import type { Engine } from '../../src/engine.js';
import { MemoryEventLog } from '../../src/event-log/memory/memory-event-log.js';
import {
  ApproveMeasurement,
  CorrectMeasurement,
  DeclareMissing,
  MeasureIndicator,
  ReturnMeasurement,
  WithdrawMeasurement,
} from '../../src/figures/figure.commands.js';
import { missingReasons } from '../../src/figures/figure.events.js';
import { RetireIndicator, ReviseTarget, SetTarget } from '../../src/indicators/indicator.commands.js';
import { IndicatorDefined } from '../../src/indicators/indicator.events.js';
import { DomainError } from '../../src/kernel/errors.js';
import type { Actor } from '../../src/kernel/event.js';
import { streamName } from '../../src/kernel/stream-name.js';
import { toMilliseconds, type Clock } from '../../src/kernel/time.js';
import { ClosePlan } from '../../src/plans/plan.commands.js';
import type { Command } from '../../src/slice/command.js';
import { make } from '../support/decider-spec.js';
import { memoryEngine } from '../support/engine.js';
import { MovingClock } from '../support/moving-clock.js';
import { idAt, loader, recorded, reviewer, someone } from '../support/recorded.js';
import { unionsDefined, targetSet } from '../support/examples/indicators.js';
import { plan, planReady } from '../support/examples/plans.js';

export interface Step {
  readonly command: Command;
  readonly actor: Actor;
  /** Milliseconds by which the clock advances before the command. */
  readonly later: number;
}

const code = '03';
/** Few figures and values, so that steps often coincide, contradict or repeat each other. */
const figure = fc.record({
  unit: fc.constantFrom('331102', '331121', '331100'),
  period: fc.constantFrom('2021', '2022', '2026'),
});
const value = fc.constantFrom('0', '1', '2', '2.0', '2.5');
const circumstances = fc.record(
  {
    reason: fc.constantFrom('复核', '更正笔误'),
    knownAt: fc.constantFrom('2022-03-01', '2023-03-01', '2024-03-01', '2026-10-02'),
    demo: fc.boolean(),
  },
  { requiredKeys: [] },
);

const said = fc.record({
  figure,
  value,
  circumstances,
  exception: fc.option(fc.constant('规划外'), { nil: undefined }),
});
const command: fc.Arbitrary<Command> = fc
  .record({
    kind: fc.constantFrom(
      ...(['measure', 'measure', 'measure', 'correct', 'correct', 'approve', 'approve', 'return'] as const),
      ...(['withdraw', 'missing', 'target', 'revise', 'retire', 'close'] as const),
    ),
    said,
    because: fc.constantFrom(...missingReasons),
    rare: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ kind, said: { figure, value, circumstances, exception }, because, rare }): Command => {
    const about = { plan, code, ...figure, ...circumstances };
    switch (kind) {
      case 'measure':
        return make(MeasureIndicator, { ...about, value, ...(exception && { exception }) });
      case 'correct':
        return make(CorrectMeasurement, { ...about, value });
      case 'approve':
        return make(ApproveMeasurement, about);
      case 'return':
        return make(ReturnMeasurement, about);
      case 'withdraw':
        return make(WithdrawMeasurement, about);
      case 'missing':
        return make(DeclareMissing, { ...about, because });
      case 'target':
        return make(SetTarget, { ...about, value });
      case 'revise':
        return make(ReviseTarget, { ...about, value });
      case 'retire':
        return make(RetireIndicator, { plan, code, fromPeriod: '2022', ...circumstances });
      case 'close':
        return rare === 0 ? make(ClosePlan, { plan }) : make(ApproveMeasurement, about);
    }
  });

export const steps = fc.array(
  fc.record({
    command,
    actor: fc.constantFrom(someone, reviewer, { ...loader, id: 'backfiller' }, { ...reviewer, roles: ['backfill'] }),
    later: fc.constantFrom(0, 1, 86_400_000),
  }),
  { minLength: 15, maxLength: 40, size: 'max' },
);

/** An engine whose log has a plan, an indicator and its targets, with a known time in 2021. It is not started. */
export async function preparedEngine(clock: Clock = new MovingClock()): Promise<Engine> {
  const log = new MemoryEventLog({ clock });
  const since = { reason: '规划文本', knownAt: '2021-12-31T15:59:59.999Z' };
  const streams = {
    [`plan-${plan}`]: planReady,
    [`indicator-${plan}.${code}`]: [unionsDefined, targetSet('2022', '40'), targetSet('2025', '100')],
  };
  let after = 0;
  for (const [stream, said] of Object.entries(streams)) {
    const events = recorded(
      said.map((event) => ({
        ...event,
        saying: { ...since, schemaVersion: event.type === 'IndicatorDefined' ? IndicatorDefined.version : 1 },
      })),
      { stream, after, actor: loader },
    );
    await log.append(
      stream,
      'none',
      events.map(({ id, type, data, metadata }) => ({ id, type, data, metadata })),
    );
    after += events.length;
  }
  return memoryEngine({ clock, log });
}

/** A withdrawal names the report at a place of its stream by `idAt`; here it gets the id that the event has. */
async function naming(engine: Engine, command: Command): Promise<Command> {
  const { report } = command as { report?: string };
  if (report === undefined) return command;
  const { kind, id } = command.about!;
  const events = await engine.log.readStream(streamName(kind, plan, id));
  const named = events.find((_, at) => idAt(at + 1) === report);
  const copy = Object.create(Object.getPrototypeOf(command) as object) as Command;
  return Object.assign(copy, command, named && { report: named.id });
}

/** Executes the steps. Returns the outcome of each: the types of the events appended, or the code of the refusal. */
export async function take(engine: Engine, walk: readonly Step[], clock: MovingClock): Promise<string[]> {
  const outcomes: string[] = [];
  for (const [number, { command, actor, later }] of walk.entries()) {
    clock.advance(later);
    const sender = {
      commandId: `step-${toMilliseconds(clock.now())}-${number}`,
      actor: { ...actor, means: 'import' as const },
    };
    outcomes.push(
      await engine.gateway.carryOut(await naming(engine, command), sender).then(
        ({ events }) => events.map(({ type }) => type).join(),
        (error: unknown) => {
          if (error instanceof DomainError) return error.code;
          throw error;
        },
      ),
    );
  }
  return outcomes;
}
