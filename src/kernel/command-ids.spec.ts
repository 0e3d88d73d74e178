import { MovingClock } from '../../test/support/moving-clock.js';
import { someone } from '../../test/support/recorded.js';
import { TallyDesk } from '../../test/support/tally.js';
import { until } from '../../test/support/until.js';
import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { CommandIds, isOwnId, newCommandId, type CommandPlace } from './command-ids.js';

const clock = new MovingClock();
const add = { type: 'Add', by: 2 } as const;
const reused = expect.objectContaining({ code: 'command.id-reused', kind: 'refused' });

let log: MemoryEventLog;
/** What the read model knows; it lags behind until it is told. */
let known: Map<string, CommandPlace>;
let asked: string[];
const desk = () =>
  new TallyDesk(
    log,
    clock,
    'desk',
    new CommandIds(async (commandId) => {
      asked.push(commandId);
      return known.get(commandId);
    }),
  );
const eventsOf = async (stream: string) => (await log.readStream(stream)).length;

beforeEach(() => {
  log = new MemoryEventLog({ clock });
  known = new Map();
  asked = [];
});

describe('an id that was given to a command', () => {
  it('is refused for a command on another stream, with its first use', async () => {
    const one = desk();
    await one.send(add, { commandId: 'c-1' });
    await expect(one.send(add, { commandId: 'c-1' }, 'tally-b')).rejects.toMatchObject({
      code: 'command.id-reused',
      kind: 'refused',
      message: expect.stringMatching(
        new RegExp(`c-1 .*${someone.name}（${someone.id}）\\d{4}-.*Z 的“计入”，tally-a 第 0 版，系统记录序号 1。`),
      ),
      problems: [expect.objectContaining({ field: 'Idempotency-Key' })],
    });
    expect(await eventsOf('tally-b')).toBe(0);
    expect(await one.send(add, { commandId: 'c-1' })).toMatchObject({ repeated: true });
  });

  it('is refused also if other commands came before it on its stream', async () => {
    const one = desk();
    await one.send({ type: 'Close' });
    await one.send({ type: 'Open' }, { commandId: 'c-1' });
    await expect(one.send(add, { commandId: 'c-1' }, 'tally-b')).rejects.toMatchObject({
      message: expect.stringContaining('的“启封”，tally-a 第 1 版'),
    });
  });

  it('is quoted in part if it is long', async () => {
    const one = desk();
    await one.send(add, { commandId: 'c'.repeat(1000) });
    await expect(one.send(add, { commandId: 'c'.repeat(1000) }, 'tally-b')).rejects.toMatchObject({
      message: expect.stringContaining(`命令编号 ${'c'.repeat(80)} 已用于`),
    });
  });

  it('is refused by another process once the read model knows of it', async () => {
    await desk().send(add, { commandId: 'c-1' });
    known.set('c-1', { stream: 'tally-a', revision: 0 });
    await expect(desk().send(add, { commandId: 'c-1' }, 'tally-b')).rejects.toEqual(reused);
  });

  it('stands for one of two commands that come at once', async () => {
    const one = desk();
    const streams = ['tally-a', 'tally-b', 'tally-c'];
    const ends = await Promise.allSettled(streams.map((to) => one.send(add, { commandId: 'c-1' }, to)));
    expect(ends).toEqual([
      expect.objectContaining({ status: 'fulfilled' }),
      { status: 'rejected', reason: reused },
      { status: 'rejected', reason: reused },
    ]);
    expect(await Promise.all(streams.map(eventsOf))).toEqual([1, 0, 0]);
  });

  it('makes each command wait for the one before it, also when an earlier one has just ended', async () => {
    const ids = new CommandIds(async () => undefined);
    const ended: number[] = [];
    let release: (() => void) | undefined;
    const first = ids.inTurn('c-1', async () => ended.push(1));
    const second = ids.inTurn('c-1', async () => {
      await new Promise<void>((resolve) => (release = resolve));
      ended.push(2);
    });
    await first;
    const third = ids.inTurn('c-1', async () => ended.push(3));
    await until(() => release !== undefined);
    release!();
    await Promise.all([second, third]);
    expect(ended).toEqual([1, 2, 3]);
  });

  it('is free where the command was refused, or changed nothing', async () => {
    const one = desk();
    await one.send({ type: 'Close' });
    await expect(one.send(add, { commandId: 'c-1' })).rejects.toMatchObject({ code: 'tally.closed' });
    await one.send({ type: 'Close' }, { commandId: 'c-1' });
    expect(await one.send(add, { commandId: 'c-1' }, 'tally-b')).toMatchObject({ repeated: false });
  });

  it('is free where the read model tells of an event that the log does not have', async () => {
    known.set('c-1', { stream: 'tally-z', revision: 7 });
    expect(await desk().send(add, { commandId: 'c-1' })).toMatchObject({ repeated: false });
  });

  it('that stands on two streams since before this was refused, is answered on both', async () => {
    for (const to of ['tally-a', 'tally-b']) await new TallyDesk(log, clock).send(add, { commandId: 'c-1' }, to);
    known.set('c-1', { stream: 'tally-a', revision: 0 });
    const one = desk();
    for (const to of ['tally-a', 'tally-b']) {
      expect(await one.send(add, { commandId: 'c-1' }, to)).toMatchObject({ stream: to, repeated: true });
    }
  });

  it('is looked for once, and not at all where its own stream has it', async () => {
    const one = desk();
    await one.send(add, { commandId: 'c-1' });
    await one.send(add, { commandId: 'c-1' });
    expect(asked).toEqual(['c-1']);
  });
});

it('ids of the program itself are not looked for', async () => {
  const one = desk();
  for (const commandId of [newCommandId(), 'load-0123', 'submission-0123-SubmissionReceived']) {
    expect(isOwnId(commandId)).toBe(true);
    await one.send(add, { commandId });
  }
  expect(asked).toEqual([]);
  for (const commandId of ['c-1', 'auto', 'x-auto-1', 'Load-1', '0192c0de-0000-7000-8000-000000000001']) {
    expect(isOwnId(commandId)).toBe(false);
  }
});
