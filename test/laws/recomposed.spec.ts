import fc from 'fast-check';
import { currentMethod } from '../../src/assessment/method.js';
import { composed, recomposed } from '../../src/attribution/composed.js';
import { stepsBetween, streamsApart } from '../../src/attribution/events-apart.js';
import { MovableDocuments, type Moved } from '../../src/attribution/moved-documents.js';
import type { Engine } from '../../src/engine.js';
import { lishuiEngine } from '../support/engine.js';
import { MovingClock } from '../support/moving-clock.js';
import { lishui } from '../support/seeds.js';

const question = { plan: lishui, period: '2022', asOf: {}, method: currentMethod };
const unmoved: ReadonlyMap<string, Moved> = new Map();
let engine: Engine;

beforeAll(async () => {
  engine = await lishuiEngine({ clock: new MovingClock('2026-10-01T00:00:00.000Z') });
}, 60_000);
afterAll(() => engine.close());

/** A moment and today in either order, with the steps that lead from the first to the second. */
async function between(day: string, isBack: boolean) {
  const [from, to] = isBack ? [{}, { knownAt: day }] : [{ knownAt: day }, {}];
  const documents = new MovableDocuments(engine.views, from);
  const others = new MovableDocuments(engine.views, to);
  const first = await composed(documents, unmoved, question);
  const last = await composed(others, unmoved, question);
  const streams = await streamsApart(engine.log, [documents, others], [first.reads, last.reads]);
  return { documents, first, steps: await stepsBetween(engine.log, streams, [from, to]) };
}

it.each([
  ['put in', '2022-06-30T16:00:00.000Z', false],
  ['taken back', '2022-06-30T16:00:00.000Z', true],
])(
  'what is kept of a state is what would be composed anew, whichever events are %s',
  async (_, day, isBack) => {
    const { documents, first, steps } = await between(day, isBack);
    const categories = new Set<string>();
    const counts = { quiet: 0, other: 0 };
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(steps, { minLength: 20, maxLength: 20 }), async (walk) => {
        const moves = new Map<string, Moved>();
        let now = first;
        for (const { event, after } of walk) {
          moves.set(event.stream, after);
          const next = await recomposed(documents, moves, [event], question, now);
          expect(next.overview).toEqual((await composed(documents, moves, question)).overview);
          counts[next.overview === now.overview ? 'quiet' : 'other']++;
          categories.add(event.stream.split('-')[0]!);
          now = next;
        }
      }),
      { numRuns: 8 },
    );
    expect(counts.quiet).toBeGreaterThan(10);
    expect(counts.other).toBeGreaterThan(10);
    expect(categories.size).toBeGreaterThan(3);
  },
  120_000,
);
