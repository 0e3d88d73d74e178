import {
  CheckpointConflict,
  UnknownView,
  ViewOfAnotherVersion,
  type ReadView,
  type ViewId,
} from '../../../src/kernel/versioned-store.js';
import type { Subject } from './subject.js';
import { keys, put, version } from './samples.js';

export function generations(subject: Subject): void {
  it('has no views at first, and reads a view that does not exist as empty', async () => {
    expect(await subject.store.views()).toEqual([]);
    expect(await subject.store.get('figures', 'a')).toBeUndefined();
    expect(await subject.store.list('figures', '')).toEqual([]);
    expect(await subject.store.history('figures', 'a')).toEqual([]);
  });

  it('makes the first generation of a view live, and not the next ones', async () => {
    const first = await subject.store.createView('figures', 1);
    const second = await subject.store.createView('figures', 2);
    const other = await subject.store.createView('projects', 7);

    expect(second).not.toEqual(first);
    expect(await subject.store.views()).toEqual([
      { ...first, version: 1, checkpoint: undefined, live: true },
      { ...second, version: 2, checkpoint: undefined, live: false },
      { ...other, version: 7, checkpoint: undefined, live: true },
    ]);
  });

  it('separates generations and views', async () => {
    const first = await subject.store.createView('figures', 1);
    const second = await subject.store.createView('figures', 2);
    const other = await subject.store.createView('figure', 1);
    await put(subject.store, first, version('a', 1, 1, 'first'));
    await put(subject.store, second, version('a', 1, 1, 'second'), version('b', 2, 2, 'second'));
    await put(subject.store, other, version('a', 1, 1, 'other'));

    expect((await subject.store.get('figures', 'a'))?.body).toBe('first');
    expect(keys(await subject.store.list('figures', ''))).toEqual(['a']);
    expect((await subject.store.get(second, 'a'))?.body).toBe('second');
    expect(keys(await subject.store.list(second, ''))).toEqual(['a', 'b']);
    expect((await subject.store.get('figure', 'a'))?.body).toBe('other');
    const checkpoints = (await subject.store.views()).map(({ checkpoint }) => checkpoint);
    expect(checkpoints).toEqual(['1', '2', '1']);
  });

  it('switches readers by name to the new generation, and drops the others', async () => {
    const old = await subject.store.createView('figures', 1);
    const chosen = await subject.store.createView('figures', 2);
    const abandoned = await subject.store.createView('figures', 2);
    const other = await subject.store.createView('projects', 1);
    await put(subject.store, old, version('a', 1, 1, 'old'));
    await put(subject.store, chosen, version('a', 1, 1, 'new'));
    expect((await subject.store.get('figures', 'a'))?.body).toBe('old');

    await subject.store.switchTo(chosen);

    expect((await subject.store.get('figures', 'a'))?.body).toBe('new');
    expect((await subject.store.list('figures', ''))[0]?.body).toBe('new');
    expect((await subject.store.history('figures', 'a'))[0]?.body).toBe('new');
    expect(await subject.store.views()).toEqual([
      { ...chosen, version: 2, checkpoint: '1', live: true },
      { ...other, version: 1, checkpoint: undefined, live: true },
    ]);
    for (const dropped of [old, abandoned]) await expectUnknown(dropped);
    await subject.store.switchTo(chosen);
    expect((await subject.store.get('figures', 'a'))?.body).toBe('new');
  });

  it('reads the live generation only if it has the version asked for', async () => {
    const { store } = subject;
    const [first, second] = [1, 2].map((version) => ({ name: 'figures', version }));
    const readings = (view: ReadView) => [
      () => store.get(view, 'a'),
      () => store.get(view, 'not there'),
      () => store.list(view, ''),
      () => store.listWritten(view, ''),
      () => store.history(view, 'a'),
    ];
    for (const read of readings(first!)) expect((await read()) ?? []).toEqual([]);
    const old = await store.createView('figures', 1);
    const next = await store.createView('figures', 2, { once: true });
    await put(store, old, version('a', 1, 1, 'old'));
    await put(store, next, version('a', 1, 1, 'new'));

    for (const [now, other, body] of [
      [first!, second!, 'old'],
      [second!, first!, 'new'],
    ] as const) {
      expect((await store.get(now, 'a'))?.body).toBe(body);
      expect((await store.list(now, '')).map(({ body }) => body)).toEqual([body]);
      expect((await store.history(now, 'a')).map(({ body }) => body)).toEqual([body]);
      expect(await store.listWritten(now, '')).toEqual(await store.listWritten('figures', ''));
      for (const read of readings(other)) await expect(read()).rejects.toThrow(ViewOfAnotherVersion);
      await expect(store.get(other, 'a')).rejects.toThrow(
        `view figures was built by another version of the program (${now.version}, not ${other.version})`,
      );
      await store.switchTo(next);
    }
  });

  it.each([
    ['no checkpoint', '3', undefined],
    ['a lower checkpoint', '10', '9'],
    ['a lower checkpoint beyond 2^53', '9007199254740993', '9007199254740992'],
  ])('with notBehind refuses a switch to a generation with %s, and changes nothing', async (_, far, near) => {
    const live = await subject.store.createView('figures', 1);
    const next = await subject.store.createView('figures', 2);
    await put(subject.store, live, version('a', far, 1, 'live'));
    if (near) await put(subject.store, next, version('a', near, 1, 'next'));
    const before = await subject.store.views();

    const back = subject.store.switchTo(next, { notBehind: true });
    await expect(back).rejects.toThrow(CheckpointConflict);
    await expect(back).rejects.toMatchObject({ expected: far, actual: near });
    expect(await subject.store.views()).toEqual(before);
    expect((await subject.store.get('figures', 'a'))?.body).toBe('live');

    await subject.store.commit(next, [version('b', far, 1)], { from: near, to: far });
    await subject.store.switchTo(next, { notBehind: true });
    expect(await subject.store.views()).toMatchObject([{ ...next, live: true, checkpoint: far }]);
    // A switch to the live generation itself is allowed.
    await subject.store.switchTo(next, { notBehind: true });
  });

  it('without notBehind switches to a lower checkpoint; with it, if no generation is live', async () => {
    const live = await subject.store.createView('figures', 1);
    await put(subject.store, live, version('a', 10, 1));
    const older = await subject.store.createView('figures', 1);
    await put(subject.store, older, version('a', 9, 1, 'older'));
    await subject.store.switchTo(older);
    expect((await subject.store.get('figures', 'a'))?.body).toBe('older');

    const beside = await subject.store.createView('figures', 2);
    await subject.store.dropView(older);
    await subject.store.switchTo(beside, { notBehind: true });
    expect(await subject.store.views()).toMatchObject([{ ...beside, live: true }]);
  });

  it('accepts commits to a generation after the switch to it', async () => {
    const old = await subject.store.createView('figures', 1);
    const chosen = await subject.store.createView('figures', 2);
    await put(subject.store, chosen, version('a', 1, 1));
    await subject.store.switchTo(chosen);
    await put(subject.store, chosen, version('a', 2, 2));
    expect((await subject.store.get('figures', 'a'))?.position).toBe('2');
    await expectUnknown(old);
  });

  it('drops a generation, and ignores a second drop', async () => {
    const live = await subject.store.createView('figures', 1);
    const build = await subject.store.createView('figures', 2);
    await put(subject.store, live, version('a', 1, 1));
    await put(subject.store, build, version('b', 1, 1));
    await subject.store.dropView(build);
    await subject.store.dropView(build);

    await expectUnknown(build);
    expect(keys(await subject.store.list('figures', ''))).toEqual(['a']);
  });

  it('reads a view as empty after its live generation was dropped, until there is another', async () => {
    const live = await subject.store.createView('figures', 1);
    await put(subject.store, live, version('a', 1, 1));
    await subject.store.dropView(live);
    expect(await subject.store.list('figures', '')).toEqual([]);

    const next = await subject.store.createView('figures', 1);
    expect(await subject.store.views()).toMatchObject([{ live: true, checkpoint: undefined }]);
    expect(await subject.store.list('figures', '')).toEqual([]);
    await put(subject.store, next, version('b', 1, 1));
    expect(keys(await subject.store.list('figures', ''))).toEqual(['b']);
  });

  it('never reuses the number of a dropped generation', async () => {
    const numbers: number[] = [];
    for (let time = 0; time < 4; time++) {
      const view = await subject.store.createView('figures', 1);
      numbers.push(view.generation);
      await subject.store.dropView(view);
      if (time === 1) await subject.reopen?.();
    }
    expect(new Set(numbers).size).toBe(4);
  });

  it('does not find a generation under another view name', async () => {
    const view = await subject.store.createView('figures', 1);
    await expectUnknown({ ...view, name: 'projects' });
    await expectUnknown({ ...view, generation: view.generation + 1 });
    expect(await subject.store.views()).toHaveLength(1);
  });

  it.each(['规划总览', `"'; DROP TABLE views; --`, 'a:b/c*', '__proto__'])(
    'accepts any view name: %s',
    async (name) => {
      const view = await subject.store.createView(name, 1);
      await put(subject.store, view, version('a', 1, 1));
      expect(keys(await subject.store.list(name, ''))).toEqual(['a']);
      expect((await subject.store.views()).map((each) => each.name)).toEqual([name]);
    },
  );

  async function expectUnknown(view: ViewId): Promise<void> {
    const { store } = subject;
    const calls = [
      () => store.get(view, 'a'),
      () => store.list(view, ''),
      () => store.history(view, 'a'),
      () => store.commit(view, [version('a', 1, 1)], { from: undefined, to: '1' }),
      () => store.switchTo(view),
      () => store.switchTo(view, { notBehind: true }),
    ];
    for (const call of calls) await expect(call()).rejects.toThrow(UnknownView);
  }
}
