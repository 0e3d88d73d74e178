import type { ViewsAfterCrash } from './office.js';
import { Chance } from '../support/chance.js';
import { places, type Fault } from './faults.js';
import { request, type Request } from './requests.js';

/** A step of a scenario. It is plain data, so that a scenario can be printed, shortened and run again. */
export type Step =
  /** Sends commands concurrently, with injected faults and maybe a rebuild, and waits until all are settled. */
  | { readonly do: 'work'; readonly requests: readonly Request[]; readonly faults: readonly Fault[]; rebuild?: string }
  /** Sends commands and crashes after `turns` turns of the event loop; then starts a new engine on the files. */
  | {
      readonly do: 'crash';
      readonly requests: readonly Request[];
      turns: number;
      views: ViewsAfterCrash;
      rebuild?: string;
    }
  | { readonly do: 'clock'; readonly by: number }
  | { readonly do: 'restart' }
  /** Compares everything with the model, not only what changed. */
  | { readonly do: 'inspect' };

export const start = Date.parse('2026-10-01T00:00:00.000Z');

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;
const year = 365 * day;
const views = ['plans', 'indicators', 'figures', 'projects', 'tasks', 'evaluations', 'audit'];

/** The first `count` steps of the scenario of a seed. */
export function scenario(seed: number, count: number): Step[] {
  const chance = new Chance(seed);
  const steps: Step[] = [];
  const sent: Request[] = [];
  let now = start;

  const next = (): Request => {
    const id = `c-${sent.length}`;
    const before = sent[sent.length - 1 - chance.below(40)];
    // Sometimes the same command again, or another command with an id that was used before.
    if (before && chance.oneIn(10)) return before;
    const made = request(chance, id, { step: steps.length, now });
    if (before && chance.oneIn(40)) return { ...before, input: { ...before.input, reason: '另一事由' } };
    sent.push(made);
    return made;
  };
  const requests = (maximum: number) => Array.from({ length: 1 + chance.below(maximum) }, next);
  const rebuild = () => ({ ...(chance.oneIn(40) && { rebuild: chance.of(views) }) });
  const faults = (): Fault[] =>
    Array.from({ length: chance.oneIn(5) ? 1 + chance.below(3) : 0 }, (): Fault => {
      const at = chance.of(places);
      const how = chance.of(['before', 'after', 'late'] as const);
      return { at, pass: chance.below(3), how: at === 'follow' && chance.oneIn(2) ? 'twice' : how };
    });

  while (steps.length < count) {
    const roll = chance.below(1_000);
    if (roll < 120) {
      const forward = chance.of([0, 1, second, 60 * second, hour, day]);
      const by = roll < 100 ? forward : roll < 112 || now < start ? -hour : now < start + year ? year : -year;
      now += by;
      steps.push({ do: 'clock', by });
    } else if (roll < 128) {
      const after = chance.of(['kept', 'kept', 'older', 'deleted'] as const);
      steps.push({ do: 'crash', requests: requests(6), turns: chance.below(12), views: after, ...rebuild() });
    } else if (roll < 131) {
      steps.push({ do: 'restart' });
    } else if (roll < 132) {
      steps.push({ do: 'inspect' });
    } else {
      steps.push({ do: 'work', requests: requests(chance.oneIn(4) ? 6 : 1), faults: faults(), ...rebuild() });
    }
  }
  return steps;
}

/** Simpler variants of a step: without one of its requests, a fault, the rebuild, or the crash. */
export function simpler(step: Step): Step[] {
  if (step.do !== 'work' && step.do !== 'crash') return [];
  const { requests } = step;
  const fewer = requests.length > 1 ? requests.map((_, at) => ({ ...step, requests: requests.toSpliced(at, 1) })) : [];
  const withoutRebuild = step.rebuild === undefined ? [] : [{ ...step, rebuild: undefined }];
  if (step.do === 'crash') return [{ do: 'work', requests, faults: [] }, ...fewer, ...withoutRebuild];
  const fewerFaults = step.faults.map((_, at) => ({ ...step, faults: step.faults.toSpliced(at, 1) }));
  return [...fewer, ...fewerFaults, ...withoutRebuild];
}
