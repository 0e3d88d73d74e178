import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { TallyDesk, tallyProjection, type TallyDocument } from '../../test/support/tally.js';
import type { RecordedEvent } from './event.js';
import { catchUp, foldAll, Folding, isMoved, lowest, ViewWentBack, type Progress } from './folding.js';
import type { Projection } from './projection.js';
import { CheckpointConflict, UnknownView, type VersionedStore } from './versioned-store.js';

const read = (event: RecordedEvent) => event;
const { signal } = new AbortController();
let log: MemoryEventLog;
let store: MemoryVersionedStore;
/** Calls of the store, in order. */
let calls: string[];
let desk: TallyDesk;

beforeEach(() => {
  const clock = new MovingClock();
  log = new MemoryEventLog({ clock });
  store = new MemoryVersionedStore();
  calls = [];
  desk = new TallyDesk(log, clock);
});

const add = (by: number, to = 'tally-a') => desk.send({ type: 'Add', by }, {}, to);

const watched = (): VersionedStore =>
  new Proxy(store, {
    get(target, name: keyof VersionedStore) {
      const method = target[name] as (...input: unknown[]) => unknown;
      return (...input: unknown[]) => {
        calls.push(name);
        return method.apply(target, input);
      };
    },
  });
const create = (projection: Projection<TallyDocument> = tallyProjection()) =>
  Folding.create(projection, watched(), read);
const failingOn = (by: number, name = 'tallies'): Projection<TallyDocument> => ({
  ...tallyProjection(name),
  evolve(document, event) {
    if (event.data['by'] === by) throw new Error(`not ${by}`);
    return tallyProjection().evolve(document, event);
  },
});
const total = async (key = 'tally-a', name = 'tallies') =>
  ((await store.get(name, key))?.body as TallyDocument | undefined)?.total;
const checkpoint = async () => (await store.views())[0]?.checkpoint;

describe('folding a page of events', () => {
  it('skips what is up to the checkpoint, and writes nothing if that is all', async () => {
    for (const by of [1, 2, 4]) await add(by);
    const events = await log.readAll();
    const folding = await create();
    await folding.fold(events.slice(0, 2));
    await folding.fold(events);
    expect(await total()).toBe(7);
    expect(calls.filter((call) => call === 'commit')).toHaveLength(2);
    await folding.fold(events);
    await folding.fold([]);
    expect(calls.filter((call) => call === 'commit')).toHaveLength(2);
  });

  it('moves the checkpoint past events of other categories', async () => {
    await add(1);
    await add(2, 'other-a');
    const folding = await create({ ...tallyProjection(), category: 'tally' });
    await folding.fold(await log.readAll());
    expect([folding.checkpoint, await checkpoint()]).toEqual(['2', '2']);
    expect([await total(), await total('other-a')]).toEqual([1, undefined]);
  });

  it('commits what comes before an event that cannot be processed; nothing if that is the first', async () => {
    for (const by of [1, 13, 2]) await add(by);
    const folding = await create(failingOn(13));
    await folding.fold(await log.readAll());
    expect([folding.checkpoint, folding.stopped]).toEqual(['1', { position: '2', error: 'not 13' }]);
    await folding.fold(await log.readAll());
    expect([await total(), await checkpoint()]).toEqual([1, '1']);

    const first = await create(failingOn(1, 'first'));
    calls = [];
    await first.fold(await log.readAll());
    expect([first.checkpoint, first.stopped?.position, calls]).toEqual([undefined, '1', []]);
  });

  it('asks the store for a document only if it does not know it, and never at the start of its stream', async () => {
    await add(1);
    const folding = await create();
    await folding.fold(await log.readAll());
    await add(2);
    await folding.fold(await log.readAll());
    expect(calls).not.toContain('get');
    const other = new Folding(tallyProjection(), folding.view, '2', watched(), read);
    await add(4);
    await other.fold(await log.readAll());
    expect(calls.filter((call) => call === 'get')).toHaveLength(1);
    expect(await total()).toBe(7);
  });

  it('never asks for earlier versions of documents that have only one', async () => {
    const single: Projection<TallyDocument> = {
      ...tallyProjection(),
      once: true,
      keys: ({ stream, revision }) => [`${stream}/${revision}`],
    };
    for (const by of [1, 2]) await add(by);
    const folding = await create(single);
    await folding.fold(await log.readAll());
    expect([await total('tally-a/0'), await total('tally-a/1')]).toEqual([1, 2]);
    expect(calls).not.toContain('get');
    const again = { from: '2', to: '3' };
    const version = (await store.history('tallies', 'tally-a/1'))[0]!;
    await expect(store.commit(folding.view, [{ ...version, position: '3' }], again)).rejects.toThrow('already has');
  });
});

describe('another projector of the same generation', () => {
  let mine: Folding;
  let other: Folding;
  beforeEach(async () => {
    mine = await create();
    other = new Folding(tallyProjection(), mine.view, undefined, watched(), read);
    await add(1);
    for (const folding of [mine, other]) await folding.fold(await log.readAll());
  });

  it('that was faster is followed; no event is applied twice', async () => {
    await add(2);
    await other.fold(await log.readAll());
    await add(4);
    await mine.fold(await log.readAll());
    expect([mine.checkpoint, await total()]).toEqual(['3', 7]);
  });

  it('is believed when its checkpoint is read from the store', async () => {
    await add(2);
    await other.fold(await log.readAll());
    mine.resumeFrom(mine.view, '2');
    await add(4);
    await mine.fold(await log.readAll());
    expect(await total()).toBe(7);
  });

  it('may have switched to another generation: what was known of the old one is forgotten', async () => {
    const view = await store.createView('tallies', 1);
    mine.resumeFrom({ ...view }, undefined);
    expect(mine.view).toEqual(view);
    await mine.fold(await log.readAll());
    await store.switchTo(view);
    expect([await total(), await checkpoint()]).toEqual([1, '1']);
  });

  it('may have brought another generation just as far', async () => {
    const view = await store.createView('tallies', 1);
    await new Folding(tallyProjection(), view, undefined, store, read).fold(await log.readAll());
    mine.resumeFrom({ ...view }, '1');
    expect([mine.view, mine.checkpoint]).toEqual([view, '1']);
  });

  it('does not make this one read again what it knows', async () => {
    mine.resumeFrom(mine.view, mine.checkpoint);
    await add(2);
    calls = [];
    await mine.fold(await log.readAll());
    expect(calls).toEqual(['commit']);
  });

  it.each([['1'], [undefined]])('may have lost commits (back at %s): the events must be read again', async (actual) => {
    for (const by of [2, 4]) {
      await add(by);
      await mine.fold(await log.readAll());
    }
    await add(8);
    const conflict = new CheckpointConflict(mine.view, '3', actual);
    store.commit = () => Promise.reject(conflict);
    const folding = mine.fold(await log.readAll());
    await expect(folding).rejects.toThrow(ViewWentBack);
    await expect(folding).rejects.toMatchObject({ cause: conflict });
    expect(mine.checkpoint).toBe('3');
  });

  it('may have lost all commits before this one made its first', async () => {
    const late = new Folding(tallyProjection(), mine.view, undefined, watched(), read);
    store.commit = () => Promise.reject(new CheckpointConflict(mine.view, undefined, undefined));
    await expect(late.fold(await log.readAll())).rejects.toThrow(ViewWentBack);
  });
});

it('a view that moved is one that went back, or that is not there any more', () => {
  const errors = [new ViewWentBack('back'), new UnknownView('gone'), new Error('disk is full')];
  expect(errors.map((error) => isMoved(error))).toEqual([true, true, false]);
});

it('a page is folded by all projections, also if one fails; the failure is thrown', async () => {
  await add(1);
  const failing = await create(tallyProjection('failing'));
  const sound = await create(tallyProjection('sound'));
  failCommitsOf('failing');
  await expect(foldAll([failing, sound], await log.readAll())).rejects.toThrow('disk is full');
  expect(await total('tally-a', 'sound')).toBe(1);
});

function failCommitsOf(name: string): void {
  const commit = store.commit.bind(store);
  store.commit = (view, ...rest) =>
    view.name === name ? Promise.reject(new Error('disk is full')) : commit(view, ...rest);
}

describe('the position to read on from', () => {
  const at = (position: string | undefined, isStopped = false) =>
    ({ checkpoint: position, stopped: isStopped ? { position: '1', error: 'stopped' } : undefined }) as Folding;

  it.each<[string, string | undefined, Folding[]]>([
    ['the lowest checkpoint', '9', [at('10'), at('9'), at('11')]],
    ['the start, if a projection has not begun', undefined, [at('10'), at(undefined), at('9')]],
    ['the start, if none has begun', undefined, [at(undefined), at(undefined)]],
    ['the lowest of those that run', '10', [at('9', true), at('11'), at('10')]],
    ['the highest, if all have stopped', '10', [at('9', true), at('10', true), at(undefined, true)]],
    ['the highest, in any order', '10', [at('10', true), at(undefined, true), at('9', true)]],
    ['the start, if all stopped before their first event', undefined, [at(undefined, true)]],
    ['the start, if there is none', undefined, []],
  ])('is %s', (_, position, foldings) => {
    expect(lowest(foldings)).toBe(position);
  });
});

describe('catching up', () => {
  it('goes on for those that run, although another has stopped', async () => {
    await add(13);
    await add(1);
    const strict = await create(failingOn(13, 'strict'));
    await strict.fold(await log.readAll());
    const lenient = await create();
    await catchUp(log, [strict, lenient], { signal });
    expect([lenient.checkpoint, strict.checkpoint]).toEqual(['2', undefined]);
  });

  it('reads no further once all have stopped', async () => {
    await add(13);
    const strict = await create(failingOn(13));
    await strict.fold(await log.readAll());
    const progress: Progress[] = [];
    await catchUp(log, [strict], { signal, onProgress: (each) => progress.push(each) });
    expect(progress).toEqual([]);
  });

  it('reports for each projection how far it is', async () => {
    for (const by of [1, 2]) await add(by);
    const foldings = [await create(tallyProjection('a')), await create(tallyProjection('b'))];
    const progress: Progress[] = [];
    await catchUp(log, foldings, { signal, onProgress: (each) => progress.push(each) });
    expect(progress).toEqual(['a', 'b'].map((projection) => ({ projection, events: 2, position: '2', head: '2' })));
  });

  it('ends if it is aborted', async () => {
    await add(1);
    const aborted = AbortSignal.abort(new Error('closed'));
    await expect(catchUp(log, [await create()], { signal: aborted })).rejects.toThrow('closed');
  });
});
