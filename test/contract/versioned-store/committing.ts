import { NotJsonError, type JsonValue } from '../../../src/kernel/json.js';
import { CheckpointConflict, SecondVersion, type ViewId } from '../../../src/kernel/versioned-store.js';
import type { Subject } from './subject.js';
import { keys, put, version } from './samples.js';

export function committing(subject: Subject): void {
  let view: ViewId;
  beforeEach(async () => {
    view = await subject.store.createView('figures', 1);
  });
  const checkpoint = async () => (await subject.store.views())[0]!.checkpoint;

  it('moves the checkpoint with the documents', async () => {
    expect(await checkpoint()).toBeUndefined();
    await subject.store.commit(view, [version('a', 3, 1)], { from: undefined, to: '3' });
    expect(await checkpoint()).toBe('3');
    // Events without a document also move the checkpoint.
    await subject.store.commit(view, [], { from: '3', to: '70' });
    expect(await checkpoint()).toBe('70');
    expect(keys(await subject.store.list(view, ''))).toEqual(['a']);
  });

  it.each([
    ['the start', undefined],
    ['too low', '5'],
    ['too high', '70'],
    ['with a leading zero', '010'],
  ])('refuses a commit with a wrong `from`: %s', async (_, from) => {
    await subject.store.commit(view, [version('a', 10, 1)], { from: undefined, to: '10' });

    const commit = subject.store.commit(view, [version('b', 71, 2)], { from, to: '71' });
    await expect(commit).rejects.toThrow(CheckpointConflict);
    await expect(commit).rejects.toMatchObject({ expected: from, actual: '10' });
    expect(keys(await subject.store.list(view, ''))).toEqual(['a']);
    expect(await checkpoint()).toBe('10');
  });

  it('refuses a commit with a `from` to a view without a checkpoint', async () => {
    const commit = subject.store.commit(view, [], { from: '1', to: '2' });
    await expect(commit).rejects.toMatchObject({ name: CheckpointConflict.name, actual: undefined });
  });

  it('lets only one of several projectors commit the same events', async () => {
    const commits = Array.from({ length: 8 }, (_, index) =>
      subject.store.commit(view, [version('a', 1, 1, index)], { from: undefined, to: '1' }),
    );
    const answers = await Promise.allSettled(commits);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const winner = answers.findIndex(({ status }) => status === 'fulfilled');
    expect(await subject.store.history(view, 'a')).toEqual([version('a', 1, 1, winner)]);
  });

  it('keeps the stored version if it is committed again', async () => {
    await put(subject.store, view, version('a', 1, 1, 'first'), version('a', 2, 2, 'second'));
    const again = [version('a', 1, 1, 'again'), version('a', 2, 2, 'again'), version('a', 3, 3, 'third')];
    await put(subject.store, view, ...again);
    expect((await subject.store.history(view, 'a')).map(({ body }) => body)).toEqual(['first', 'second', 'third']);
  });

  it('refuses a second version of a document in a view created with `once`', async () => {
    const once = await subject.store.createView('audit', 1, { once: true });
    await put(subject.store, once, version('a', 1, 1, 'first'), version('b', 1, 1, 'other'));
    await put(subject.store, once, version('a', 1, 1, 'again'), version('c', 2, 2, 'third'));

    const second = subject.store.commit(once, [version('d', 3, 3), version('a', 3, 3)], { from: '2', to: '3' });
    await expect(second).rejects.toThrow(SecondVersion);
    const twice = subject.store.commit(once, [version('e', 3, 3), version('e', 4, 3)], { from: '2', to: '4' });
    await expect(twice).rejects.toThrow('document e already has a version');

    expect((await subject.store.list(once, '')).map(({ key, body }) => [key, body])).toEqual([
      ['a', 'first'],
      ['b', 'other'],
      ['c', 'third'],
    ]);
    expect(await subject.store.history(once, 'a')).toEqual([version('a', 1, 1, 'first')]);
    expect(await subject.store.get(once, 'c', { position: '1' })).toBeUndefined();
    expect(await subject.store.get(once, 'c', { knownAt: version('c', 1, 1).knownAt })).toBeUndefined();
    // Documents of the rolled-back commits can still be stored.
    await subject.store.commit(once, [version('d', 3, 3), version('e', 3, 3)], { from: '2', to: '3' });
    expect(keys(await subject.store.list(once, ''))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('stores a document whose first commit was rolled back', async () => {
    await put(subject.store, view, version('a', 1, 1));
    const failing = subject.store.commit(view, [version('b', 2, 2), version('\ud800', 2, 2)], { from: '1', to: '2' });
    await expect(failing).rejects.toThrow(NotJsonError);
    await put(subject.store, view, version('c', 2, 2, 'c'), version('b', 3, 3, 'b'));
    expect((await subject.store.list(view, '')).map(({ key, body }) => [key, body])).toEqual([
      ['a', expect.anything()],
      ['b', 'b'],
      ['c', 'c'],
    ]);
  });

  it('stores nothing of a commit with an invalid body, key or time', async () => {
    const wrong = [
      version('b', 2, 2, { value: NaN }),
      version('b', 2, 2, 'a\ud83d'),
      { ...version('b', 2, 2), body: undefined as never },
      version('\udc00', 2, 2),
    ];
    for (const each of wrong) {
      const commit = subject.store.commit(view, [version('a', 1, 1), each], { from: undefined, to: '2' });
      await expect(commit).rejects.toThrow(NotJsonError);
    }
    const noTime = { ...version('b', 2, 2), knownAt: 'yesterday' };
    const commit = subject.store.commit(view, [version('a', 1, 1), noTime], { from: undefined, to: '2' });
    await expect(commit).rejects.toThrow(RangeError);
    expect(await subject.store.list(view, '')).toEqual([]);
    expect(await checkpoint()).toBeUndefined();
  });

  it.each<[string, JsonValue]>([
    ['null', null],
    ['a string', '低保标准\u0000\u2028👩‍👩‍👧‍👦\ufffe'],
    ['a number', 0.1],
    ['false', false],
    ['a list', [1, [], {}]],
    ['odd keys', JSON.parse('{"__proto__":{"a":1},"":0,"1":2,"constructor":null}') as JsonValue],
    ['a large object', { text: '低'.repeat(300_000) }],
  ])('keeps a body exactly: %s', async (_, body) => {
    await put(subject.store, view, version('a', 1, 1, body));
    const read = await subject.store.get(view, 'a');
    expect(JSON.stringify(read!.body)).toBe(JSON.stringify(body));
    expect(JSON.stringify((await subject.store.list(view, 'a'))[0]!.body)).toBe(JSON.stringify(body));
  });

  it('stores the body at the time of the call, and returns copies', async () => {
    const body = { list: ['a'] };
    const commit = subject.store.commit(view, [version('a', 1, 1, body)], { from: undefined, to: '1' });
    body.list.push('changed');
    await commit;
    for (let time = 0; time < 2; time++) {
      const read = await subject.store.get(view, 'a');
      expect(read!.body).toEqual({ list: ['a'] });
      (read!.body as { list: string[] }).list.push('changed');
    }
  });

  it('accepts many versions in one commit', async () => {
    const versions = Array.from({ length: 3_000 }, (_, index) => version(`f/${index % 700}`, index + 1, index));
    await put(subject.store, view, ...versions);
    expect(await subject.store.list(view, 'f/')).toHaveLength(700);
    expect(await subject.store.history(view, 'f/5')).toHaveLength(5);
  });

  if (!subject.capabilities.durable) {
    it('does not claim to be durable', () => expect(subject.reopen).toBeUndefined());
    return;
  }

  it('has all views and documents after reopening', async () => {
    await put(subject.store, view, version('a', 1, 1), version('a', 2, 2));
    const beside = await subject.store.createView('figures', 2);
    await put(subject.store, beside, version('b', 1, 1));
    const before = await subject.store.views();
    await subject.reopen!();

    expect(await subject.store.views()).toEqual(before);
    expect(await subject.store.history('figures', 'a')).toEqual([version('a', 1, 1), version('a', 2, 2)]);
    expect(await subject.store.get(beside, 'b')).toEqual(version('b', 1, 1));
    await put(subject.store, view, version('a', 3, 3));
    expect(await subject.store.get('figures', 'a')).toEqual(version('a', 3, 3));
  });
}
