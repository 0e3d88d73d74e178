import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { TallyDesk, tallyProjection, type TallyDocument } from '../../test/support/tally.js';
import type { RecordedEvent } from './event.js';
import { Folding } from './folding.js';
import type { Projection } from './projection.js';
import { buildBeside, type RebuildOptions } from './rebuild.js';
import { UnknownView } from './versioned-store.js';

const read = (event: RecordedEvent) => event;
const { signal } = new AbortController();
const projection = tallyProjection() as Projection;
let log: MemoryEventLog;
let store: MemoryVersionedStore;
let desk: TallyDesk;
/** The live generation, which others keep writing. */
let live: Folding;
let next: Folding;

beforeEach(async () => {
  const clock = new MovingClock();
  log = new MemoryEventLog({ clock });
  store = new MemoryVersionedStore();
  desk = new TallyDesk(log, clock);
  // A view of another name, which has nothing to do with it.
  await store.createView('another', 1);
  live = await Folding.create(projection, store, read);
  await add(1);
  await live.fold(await log.readAll());
  next = await Folding.create(projection, store, read);
});

const add = (by: number) => desk.send({ type: 'Add', by });
const build = (options: Partial<RebuildOptions> = {}) => buildBeside(log, store, next, { signal, ...options });
const total = async () => ((await store.get('tallies', 'tally-a'))?.body as TallyDocument | undefined)?.total;
const generations = async () => {
  const views = (await store.views()).filter(({ name }) => name === 'tallies');
  return views.map(({ generation, live: isLive }) => [generation, isLive]);
};

/** Runs something right before the new generation is to be switched to, the first time. */
function beforeSwitch(meanwhile: () => Promise<void>): void {
  const switchTo = store.switchTo.bind(store);
  let isFirst = true;
  store.switchTo = async (view, options) => {
    if (isFirst) {
      isFirst = false;
      await meanwhile();
    }
    return switchTo(view, options);
  };
}

describe('a view that is built beside the live one', () => {
  it('replaces it once it has caught up', async () => {
    await build();
    expect(await generations()).toEqual([[next.view.generation, true]]);
    expect(await total()).toBe(1);
  });

  it('is built without holding up writers, up to the last step, which catches up with what came meanwhile', async () => {
    const progress: string[] = [];
    await build({
      onProgress: ({ position }) => progress.push(position!),
      finish: async (lastStep) => {
        progress.push('last step');
        await add(2);
        return lastStep();
      },
    });
    expect(progress).toEqual(['1', 'last step', '2']);
    expect(await total()).toBe(3);
  });

  it('never replaces one that is ahead of it', async () => {
    const attempts: boolean[] = [];
    beforeSwitch(async () => {
      await add(2);
      await live.fold(await log.readAll());
    });
    await build({
      finish: async (lastStep) => {
        attempts.push(await lastStep());
        expect(await total()).toBe(3);
        return attempts.at(-1)!;
      },
    });
    expect(attempts).toEqual([false, true]);
    expect([await total(), await generations()]).toEqual([3, [[next.view.generation, true]]]);
  });

  it('is dropped if the build is interrupted; the live one stays', async () => {
    const interrupted = build({
      onProgress: () => {
        throw new Error('nobody waits any more');
      },
    });
    await expect(interrupted).rejects.toThrow('nobody waits any more');
    expect(await generations()).toEqual([[live.view.generation, true]]);
  });

  it('is dropped if the switch fails', async () => {
    beforeSwitch(() => Promise.reject(new Error('disk is full')));
    await expect(build()).rejects.toThrow('disk is full');
    expect(await generations()).toEqual([[live.view.generation, true]]);
  });

  it('is given up in favour of one that another process has switched to first', async () => {
    const other = await Folding.create(projection, store, read);
    beforeSwitch(() => buildBeside(log, store, other, { signal }));
    await build();
    expect(await generations()).toEqual([[other.view.generation, true]]);
  });

  it('fails if it was dropped and nobody has switched', async () => {
    beforeSwitch(() => store.dropView(next.view));
    await expect(build()).rejects.toThrow(UnknownView);
    expect(await generations()).toEqual([[live.view.generation, true]]);
  });
});
