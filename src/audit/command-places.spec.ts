import { make } from '../../test/support/decider-spec.js';
import { memoryEngine } from '../../test/support/engine.js';
import { loader } from '../../test/support/recorded.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import { CorrectMeasurement, MeasureIndicator } from '../figures/figure.commands.js';
import { StoreUnavailable, type VersionedStore } from '../kernel/versioned-store.js';
import { Views } from '../kernel/views.js';
import { commandPlaces } from './command-places.js';

const importer = { ...loader, means: 'import' as const };

const figure = { plan: 'small', code: '03', unit: '331102' };
const stream = (period: string) => `figure-small.03.331102.${period}`;
let engine: Engine;

beforeAll(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(smallPlan());
  for (const [commandId, period] of [
    ['k', '2023'],
    ['k/1', '2024'],
    ['%2F', '2025'],
  ] as const) {
    await engine.gateway.carryOut(make(MeasureIndicator, { ...figure, period, value: '9' }), {
      commandId,
      actor: importer,
    });
  }
  await engine.caughtUp();
});
afterAll(() => engine.close());

it('finds the first event of the command with an id, and of no other that begins like it', async () => {
  const placeOf = commandPlaces(engine.views);
  expect(await placeOf('k')).toEqual({ stream: stream('2023'), revision: 0 });
  expect(await placeOf('k/1')).toEqual({ stream: stream('2024'), revision: 0 });
  expect(await placeOf('%2F')).toEqual({ stream: stream('2025'), revision: 0 });
  for (const other of ['', 'k/', '/', '%', 'K']) expect(await placeOf(other)).toBeUndefined();
});

it('keeps no place of what a folder brought', async () => {
  const [loaded] = await engine.log.readStream('plan-small');
  expect(await commandPlaces(engine.views)(loaded!.metadata.commandId)).toBeUndefined();
});

describe('while the read model is unavailable, ids are not known', () => {
  it.each<[string, () => Promise<never>]>([
    ['and says so', () => Promise.reject(new StoreUnavailable('away'))],
    ['and does not answer', () => new Promise(() => undefined)],
  ])('%s', async (_, list) => {
    expect(await commandPlaces(new Views({ list } as unknown as VersionedStore))('k')).toBeUndefined();
  });

  it('and any other failure is one', async () => {
    const list = () => Promise.reject(new Error('a defect'));
    await expect(commandPlaces(new Views({ list } as unknown as VersionedStore))('k')).rejects.toThrow('a defect');
  });
});

it('a command is refused whose id stands for one on another stream, also by an engine that did not carry that out', async () => {
  const wrong = make(CorrectMeasurement, { ...figure, period: '2022', value: '7', reason: '复核' });
  const refused = expect.objectContaining({
    code: 'command.id-reused',
    message: expect.stringContaining(stream('2023')),
  });
  await expect(engine.gateway.carryOut(wrong, { commandId: 'k', actor: importer })).rejects.toEqual(refused);
  const { log, store, files, clock } = engine;
  const restarted = memoryEngine({ log, store, files, clock });
  await expect(restarted.gateway.carryOut(wrong, { commandId: 'k', actor: importer })).rejects.toEqual(refused);
});
