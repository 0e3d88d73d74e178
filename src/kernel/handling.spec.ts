import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { meddled } from '../../test/support/meddled-log.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { loader, someone } from '../../test/support/recorded.js';
import { TallyDesk, stream, tallyCatalogue, tallyDecider, type TallyCommand } from '../../test/support/tally.js';
import { catalogued, UncataloguedEvent } from './catalogue.js';
import { EventLogUnavailable, WrongExpectedRevision, limits, type EventLog } from './event-log.js';
import { CommandHandling } from './handling.js';

const now = '2026-10-01T00:00:00.000Z';
let clock: MovingClock;
let log: MemoryEventLog;
beforeEach(() => {
  clock = new MovingClock(now);
  log = new MemoryEventLog({ clock });
});

/** A log whose `append` calls `during`, which may fail before or after the real append. */
const interrupted = (
  during: (append: () => ReturnType<EventLog['append']>) => ReturnType<EventLog['append']>,
): EventLog => meddled(log, { append: (...input) => during(() => log.append(...input)) });

const totals = async (of = stream) => (await log.readStream(of)).map(({ data }) => data['total']);
const coded = (code: string, kind: string, field?: string): unknown =>
  expect.objectContaining({ code, kind, ...(field && { problems: [expect.objectContaining({ field })] }) });

describe('a command', () => {
  it('appends events with actor, reason, evidence and ids in their metadata', async () => {
    const evidence = [{ title: '年报', locator: '附表 2' }];
    const result = await new TallyDesk(log, clock).send(
      { type: 'Add', by: 3 },
      { commandId: 'c-1', correlationId: 'k-1', causationId: 'cause', reason: '首次', evidence, demo: true },
    );
    const [event] = await log.readAll();
    expect(event).toMatchObject({
      ...{ type: 'Added', stream, revision: 0, recordedAt: now, knownAt: now },
      data: { by: 3, total: 3, knownAt: now },
      metadata: { actor: someone, commandId: 'c-1', correlationId: 'k-1', causationId: 'cause', reason: '首次' },
    });
    expect(event?.metadata).toMatchObject({ evidence, demo: true, schemaVersion: 1 });
    expect(event?.metadata).not.toHaveProperty('knownAt');
    expect(result).toEqual({
      ...{ stream, revision: 0, position: event?.position, repeated: false },
      events: [{ id: event?.id, type: 'Added' }],
    });
  });

  it('adds no optional metadata that the envelope does not have', async () => {
    await new TallyDesk(log, clock).send({ type: 'Add', by: 1 }, { commandId: 'c-1', evidence: [], demo: false });
    const [event] = await log.readAll();
    const named = ['actor', 'commandHash', 'commandId', 'correlationId', 'schemaVersion'];
    expect(Object.keys(event!.metadata).sort()).toEqual(named);
    expect(event?.metadata.correlationId).toBe('c-1');
  });

  it('that changes nothing appends nothing and returns the current revision', async () => {
    const desk = new TallyDesk(log, clock);
    const answer = (revision: unknown) => ({ stream, revision, events: [], repeated: false });
    expect(await desk.send({ type: 'Open' })).toEqual(answer('none'));
    await desk.send({ type: 'Add', by: 5 });
    expect(await desk.send({ type: 'AddUpTo', total: 5 })).toEqual(answer(0));
  });

  it('that is refused appends nothing', async () => {
    const desk = new TallyDesk(log, clock);
    await desk.send({ type: 'Close' });
    await expect(desk.send({ type: 'Add', by: 1 })).rejects.toEqual(coded('tally.closed', 'refused'));
    expect(await log.readAll()).toHaveLength(1);
  });

  it('whose decider returns an uncatalogued event fails and stores nothing', async () => {
    const stranger = { type: 'Unheard', data: {} };
    const decider = { initialState: 0, decide: () => [stranger], evolve: () => 0 };
    const handling = new CommandHandling(catalogued(log, tallyCatalogue), tallyCatalogue, clock);
    const decision = { decider, stream, command: {}, commandType: 'Any', known: async () => undefined };
    await expect(handling.handle(decision, { commandId: 'c', actor: someone })).rejects.toThrow(UncataloguedEvent);
    expect(await log.head()).toBeUndefined();
  });
});

describe('the state of a stream', () => {
  /** Counts the events of a stream; folding one twice shows. */
  const counter = { initialState: 0, evolve: (count: number) => count + 1 };
  const handling = (of: EventLog = log) => new CommandHandling(catalogued(of, tallyCatalogue), tallyCatalogue, clock);

  it('is loaded for other decisions, and is empty for a stream without events', async () => {
    for (const by of [1, 2]) await new TallyDesk(log, clock).send({ type: 'Add', by }, { commandId: `c-${by}` });
    const { load } = handling();
    expect([await load(counter, stream), await load(counter, 'tally-b')]).toEqual([2, 0]);
  });

  it('has each event once, also if it is loaded twice at the same time', async () => {
    const { load } = handling();
    await load(counter, stream);
    for (const by of [1, 2, 3]) await new TallyDesk(log, clock).send({ type: 'Add', by }, { commandId: `c-${by}` });
    expect(await Promise.all([load(counter, stream), load(counter, stream)])).toEqual([3, 3]);
  });

  it('is read from where it was read to', async () => {
    const from: unknown[] = [];
    const reading = meddled(log, {
      readStream: (name, options) => {
        from.push(options?.from);
        return log.readStream(name, options);
      },
    });
    const { load } = handling(reading);
    for (const by of [1, 2]) {
      await new TallyDesk(log, clock).send({ type: 'Add', by }, { commandId: `c-${by}` });
      await load(counter, stream);
    }
    expect(from).toEqual([0, 1]);
  });

  it('is that of all events, however many there are', async () => {
    const [event] = await new TallyDesk(log, clock).send({ type: 'Add', by: 1 }).then(() => log.readAll());
    const { eventsPerRead, eventsPerAppend } = limits;
    for (let revision = 0; revision < eventsPerRead; revision += eventsPerAppend) {
      const ids = Array.from({ length: eventsPerAppend }, (_, at) => at + revision + 1);
      const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
      await log.append(
        stream,
        revision,
        ids.map((number) => ({ ...event!, id: id(number) })),
      );
    }
    expect(await handling().load(counter, stream)).toBe(eventsPerRead + 1);
  });
});

it('a decision is given no evidence, or that of the command', async () => {
  const seen: unknown[] = [];
  const decider = {
    initialState: 0,
    decide: (_: unknown, __: number, { evidence }: { evidence: unknown }) => (seen.push(evidence), []),
    evolve: () => 0,
  };
  const handling = new CommandHandling(catalogued(log, tallyCatalogue), tallyCatalogue, clock);
  const decision = { decider, stream, command: {}, commandType: 'Any', known: async () => undefined };
  const evidence = [{ title: '年报' }];
  await handling.handle(decision, { commandId: 'c-1', actor: someone });
  await handling.handle(decision, { commandId: 'c-2', actor: someone, evidence });
  expect(seen).toEqual([[], evidence]);
});

describe('what the answer names', () => {
  /** The total that the command led to. */
  const desk = () => {
    const handling = new CommandHandling(catalogued(log, tallyCatalogue), tallyCatalogue, clock);
    return (command: TallyCommand, commandId: string) =>
      handling.handle(
        {
          ...{ decider: tallyDecider, stream, command, commandType: command.type, known: async () => 'known' },
          named: ({ events, state, known = 'not loaded' }) => ({
            total: events.flatMap((event) => (event.type === 'Added' ? event.data.total : [])).at(-1) ?? state.total,
            known,
          }),
        },
        { commandId, actor: someone },
      );
  };

  it('comes from its events, or from the state if it was already so', async () => {
    const send = desk();
    expect(await send({ type: 'AddTwice', by: 2 }, 'c-1')).toMatchObject({ named: { total: 4, known: 'known' } });
    expect(await send({ type: 'AddUpTo', total: 4 }, 'c-2')).toMatchObject({
      ...{ events: [], named: { total: 4, known: 'known' } },
    });
  });

  it('of a repeated command comes from its own events, whatever happened since', async () => {
    const send = desk();
    await send({ type: 'Add', by: 3 }, 'c-1');
    await send({ type: 'Add', by: 5 }, 'c-2');
    for (const again of [send, desk()]) {
      expect(await again({ type: 'Add', by: 3 }, 'c-1')).toMatchObject({
        ...{ repeated: true, named: { total: 3, known: 'not loaded' } },
      });
    }
  });
});

describe('a command repeated with the same id', () => {
  const twice = { type: 'AddTwice', by: 2 } as const;

  it.each([
    ['to the same process', () => undefined],
    ['to another process', () => new TallyDesk(log, clock)],
  ])('%s returns the first result', async (_, other) => {
    const desk = new TallyDesk(log, clock);
    const first = await desk.send(twice, { commandId: 'c-1' });
    await desk.send({ type: 'Add', by: 1 });
    clock.advance(60_000);
    const again = await (other() ?? desk).send(twice, { commandId: 'c-1' });
    expect(again).toEqual({ ...first, repeated: true });
    expect(await totals()).toEqual([2, 4, 5]);
  });

  it('returns the first result even if it would be refused now', async () => {
    const desk = new TallyDesk(log, clock);
    const first = await desk.send(twice, { commandId: 'c-1' });
    await desk.send({ type: 'Close' });
    expect(await desk.send(twice, { commandId: 'c-1', expectedRevision: 'none' })).toEqual({
      ...first,
      repeated: true,
    });
  });

  it.each([
    ['other contents', { type: 'AddTwice', by: 3 }],
    ['another command type of the same shape', { type: 'Add', by: 2 }],
  ] as const)('but with %s is refused', async (_, other) => {
    const desk = new TallyDesk(log, clock);
    await desk.send(twice, { commandId: 'c-1' });
    const reused = coded('command.id-reused', 'refused');
    await expect(desk.send(other, { commandId: 'c-1' })).rejects.toEqual(reused);
    await expect(new TallyDesk(log, clock).send(other, { commandId: 'c-1' })).rejects.toEqual(reused);
    expect(await totals()).toEqual([2, 4]);
  });

  it('from another person is refused, with the first use', async () => {
    const desk = new TallyDesk(log, clock);
    await desk.send(twice, { commandId: 'c-1' });
    const second = desk.send(twice, { commandId: 'c-1', actor: { ...someone, id: 'other' } });
    await expect(second).rejects.toMatchObject({
      code: 'command.id-reused',
      message: expect.stringMatching(
        new RegExp(`${someone.name}（${someone.id}）.*“计入”，tally-a 第 0 版，系统记录序号 1。`),
      ),
    });
  });

  it('on another stream is a different command if the log has no index of ids', async () => {
    const desk = new TallyDesk(log, clock);
    await desk.send(twice, { commandId: 'c-1' });
    await desk.send(twice, { commandId: 'c-1' }, 'tally-b');
    expect(await totals('tally-b')).toEqual([2, 4]);
  });

  it('is decided again if it was refused the first time', async () => {
    const desk = new TallyDesk(log, clock);
    await desk.send({ type: 'Close' });
    await expect(desk.send(twice, { commandId: 'c-1' })).rejects.toThrow();
    await desk.send({ type: 'Open' });
    expect(await desk.send(twice, { commandId: 'c-1' })).toMatchObject({ revision: 3, repeated: false });
  });

  it.each([
    ['to the same process', (desk: TallyDesk) => desk],
    ['to another process', () => new TallyDesk(log, clock)],
  ])('%s after its reply was lost is appended once', async (_, receiver) => {
    let lost = false;
    const desk = new TallyDesk(
      interrupted(async (append) => {
        const result = await append();
        if (lost) return result;
        lost = true;
        throw new EventLogUnavailable('connection lost');
      }),
      clock,
    );
    await expect(desk.send(twice, { commandId: 'c-1' })).rejects.toThrow(EventLogUnavailable);
    clock.advance(1_000);
    // The time of the decision differs now; the events that were stored first stay.
    expect(await receiver(desk).send(twice, { commandId: 'c-1' })).toMatchObject({ repeated: true });
    expect(await totals()).toEqual([2, 4]);
  });

  it('returns the first result without loading the other streams again', async () => {
    const handling = new CommandHandling(catalogued(log, tallyCatalogue), tallyCatalogue, clock);
    const added = { type: 'Added' as const, data: { by: 1, total: 1, knownAt: now } };
    const decider = { initialState: 0, decide: () => [added], evolve: () => 0 };
    const about = { decider, stream, command: {}, commandType: 'Add' };
    const envelope = { commandId: 'c-1', actor: someone };
    const first = await handling.handle({ ...about, known: async () => undefined }, envelope);
    const failing = async () => {
      throw new Error('loaded again');
    };
    expect(await handling.handle({ ...about, known: failing }, envelope)).toEqual({ ...first, repeated: true });
  });
});

describe('with other writers on the same stream', () => {
  let here: TallyDesk;
  let there: TallyDesk;
  beforeEach(async () => {
    here = new TallyDesk(log, clock, 'here');
    there = new TallyDesk(log, clock, 'there');
    await here.send({ type: 'Add', by: 1 });
    await there.send({ type: 'Add', by: 10 });
  });

  it('decides on the events they appended', async () => {
    await here.send({ type: 'Add', by: 100 });
    expect(await totals()).toEqual([1, 11, 111]);
  });

  it('never refuses on outdated cached state', async () => {
    await here.send({ type: 'Close' });
    await there.send({ type: 'Open' });
    await here.send({ type: 'Add', by: 1 });
    expect(await totals()).toEqual([1, 11, undefined, undefined, 12]);
  });

  it('never reports “no change” on outdated cached state', async () => {
    await here.send({ type: 'AddUpTo', total: 50 });
    await there.send({ type: 'AddUpTo', total: 70 });
    await here.send({ type: 'AddUpTo', total: 50 });
    expect(await totals()).toEqual([1, 11, 50, 70, 50]);
  });

  it('refuses a command that their events made invalid', async () => {
    await there.send({ type: 'Close' });
    await expect(here.send({ type: 'Add', by: 1 })).rejects.toEqual(coded('tally.closed', 'refused'));
  });

  it('gives up after exactly twenty retries', async () => {
    let appends = 0;
    const conflicts = (upTo: number) =>
      interrupted(async (append) => {
        if (++appends > upTo) return append();
        throw new WrongExpectedRevision(stream, 1, 2);
      });
    await new TallyDesk(conflicts(20), clock, 'patient').send({ type: 'Add', by: 1 });
    expect(appends).toBe(21);
    appends = 0;
    const unlucky = new TallyDesk(conflicts(21), clock, 'unlucky').send({ type: 'Add', by: 1 });
    await expect(unlucky).rejects.toThrow(WrongExpectedRevision);
    expect(await totals()).toEqual([1, 11, 12]);
  });

  it('applies eight concurrent commands one after another', async () => {
    const desks = Array.from({ length: 4 }, (_, at) => new TallyDesk(log, clock, `desk-${at}`));
    const results = await Promise.all([...desks, ...desks].map((desk) => desk.send({ type: 'Add', by: 1 })));
    expect(results.map(({ revision }) => revision).sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await totals()).toEqual([1, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  it('applies one command sent eight times concurrently only once', async () => {
    const desks = Array.from({ length: 4 }, () => new TallyDesk(log, clock));
    const send = (desk: TallyDesk) => desk.send({ type: 'Add', by: 1 }, { commandId: 'double-click' });
    const results = await Promise.all([...desks, ...desks].map(send));
    expect(new Set(results.map(({ revision }) => revision))).toEqual(new Set([2]));
    expect(new Set(results.map(({ position }) => position)).size).toBe(1);
    expect(await totals()).toEqual([1, 11, 12]);
  });
});

describe('If-Match', () => {
  const mismatch = coded('revision.mismatch', 'conflict', 'If-Match');

  it('accepts a command only at the expected revision', async () => {
    const desk = new TallyDesk(log, clock);
    await expect(desk.send({ type: 'Add', by: 1 }, { expectedRevision: 0 })).rejects.toEqual(mismatch);
    await desk.send({ type: 'Add', by: 1 }, { expectedRevision: 'none' });
    await expect(desk.send({ type: 'Add', by: 1 }, { expectedRevision: 'none' })).rejects.toEqual(mismatch);
    await desk.send({ type: 'Add', by: 1 }, { expectedRevision: 0 });
    await expect(desk.send({ type: 'Add', by: 1 }, { expectedRevision: 0 })).rejects.toEqual(mismatch);
    expect(await totals()).toEqual([1, 2]);
  });

  it('is compared with the log, not with cached state', async () => {
    const here = new TallyDesk(log, clock, 'here');
    await here.send({ type: 'Add', by: 1 });
    await new TallyDesk(log, clock, 'there').send({ type: 'Add', by: 10 });
    await expect(here.send({ type: 'Add', by: 1 }, { expectedRevision: 0 })).rejects.toEqual(mismatch);
    await new TallyDesk(log, clock, 'there').send({ type: 'Add', by: 10 }, { commandId: 'more' });
    await here.send({ type: 'Add', by: 1 }, { expectedRevision: 2 });
    expect(await totals()).toEqual([1, 11, 21, 22]);
  });
});

describe('补录 (backfill): a fact known before it was recorded', () => {
  const backfill = { actor: loader, reason: '据 2022 年报补录' };
  const add = { type: 'Add', by: 1 } as const;
  const on = (day: string) => ({ ...backfill, knownAt: `${day}T15:59:59.999Z` });
  let desk: TallyDesk;
  beforeEach(() => void (desk = new TallyDesk(log, clock)));

  it('stores the known time and gives it to the decider', async () => {
    await desk.send(add, on('2023-03-15'));
    const [event] = await log.readAll();
    expect(event).toMatchObject({ knownAt: '2023-03-15T15:59:59.999Z', recordedAt: now });
    expect(event?.data['knownAt']).toBe('2023-03-15T15:59:59.999Z');
  });

  it('is invalid with a known time in the future', async () => {
    const future = { ...backfill, knownAt: '2026-10-01T00:00:00.001Z' };
    await expect(desk.send(add, future)).rejects.toEqual(coded('known-time.future', 'invalid', 'knownAt'));
    await desk.send(add, { ...backfill, knownAt: now });
  });

  it('is refused before the last known time of its stream', async () => {
    await desk.send(add, on('2023-03-15'));
    await desk.send(add, on('2023-03-15'));
    const late = coded('known-time.before-last', 'refused', 'knownAt');
    await expect(desk.send(add, on('2023-03-14'))).rejects.toEqual(late);
    await expect(new TallyDesk(log, clock, 'elsewhere').send(add, on('2023-03-14'))).rejects.toEqual(late);
    await desk.send(add, on('2023-03-16'));
    expect(await totals()).toEqual([1, 2, 3]);
  });

  it('gets the decider’s answer before the check against the last known time', async () => {
    await desk.send(add);
    expect(await desk.send({ type: 'AddUpTo', total: 1 }, on('2023-03-15'))).toMatchObject({ events: [] });
    await desk.send({ type: 'Close' });
    await expect(desk.send(add, on('2023-03-15'))).rejects.toEqual(coded('tally.closed', 'refused'));
  });

  it('treats live events as known when recorded', async () => {
    await desk.send(add);
    clock.advance(86_400_000);
    const late = coded('known-time.before-last', 'refused', 'knownAt');
    await expect(desk.send(add, on('2026-09-30'))).rejects.toEqual(late);
    await desk.send(add, { ...backfill, knownAt: '2026-10-01T12:00:00.000Z' });
  });

  it('uses the log’s recorded time for live events, which does not decrease when the clock is set back', async () => {
    await desk.send(add);
    clock.advance(-86_400_000);
    await desk.send(add);
    clock.advance(3_600_000);
    const late = coded('known-time.before-last', 'refused', 'knownAt');
    await expect(desk.send(add, { ...backfill, knownAt: clock.now() })).rejects.toEqual(late);
    expect((await log.readStream(stream)).map(({ knownAt }) => knownAt)).toEqual([now, now]);
  });

  it('is independent of the known times of other streams', async () => {
    await desk.send(add);
    await desk.send(add, on('2021-01-01'), 'tally-b');
    expect(await totals('tally-b')).toEqual([1]);
  });

  it('needs the backfill right, and evidence or a reason', async () => {
    const { knownAt } = on('2023-03-15');
    const withoutRight = desk.send(add, { actor: someone, reason: '补录', knownAt });
    await expect(withoutRight).rejects.toEqual(coded('known-time.no-right', 'forbidden', 'knownAt'));
    const permissions = ['figures.report'];
    const byToken = desk.send(add, { actor: { ...loader, permissions }, reason: '补录', knownAt });
    await expect(byToken).rejects.toEqual(coded('known-time.no-right', 'forbidden', 'knownAt'));
    const withoutSource = desk.send(add, { actor: loader, evidence: [], knownAt });
    await expect(withoutSource).rejects.toEqual(coded('known-time.no-source', 'invalid', 'evidence'));
    await desk.send(add, { actor: loader, evidence: [{ title: '2022 年报' }], knownAt });
    expect(await totals()).toEqual([1]);
  });
});
