import { memoryEngine } from '../../test/support/engine.js';
import { dying } from '../../test/support/meddled-log.js';
import { plausibleFolder, type Change } from '../../test/support/plausible-folder.js';
import { lishui, seedFiles } from '../../test/support/seeds.js';
import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { MemoryFileStore } from '../../test/support/memory-file-store.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import type { Engine } from '../engine.js';

const share: Change = ['targets.csv', '07,990000,2025,80,', '07,990000,2025,580,'];
const shareId = 'target.out-of-range:07/990000/2025';

let engine: Engine;
beforeEach(() => void (engine = memoryEngine()));
afterEach(() => engine.close());

const counted = (types: readonly string[]) => {
  const counts: Record<string, number> = {};
  for (const type of types) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

describe('a dry run', () => {
  it('says what loading then appends, by type, and appends nothing', async () => {
    const tried = await engine.submissions.tryOut(seedFiles(lishui));
    expect(await engine.log.head()).toBeUndefined();
    const { dryRun, ...told } = tried;
    expect(told).toEqual(await engine.submissions.submit(seedFiles(lishui)));
    const log = await engine.log.readAll();
    const types = log.map(({ type }) => type).filter((type) => !type.startsWith('Submission'));
    expect(types).toHaveLength(tried.events);
    expect(Object.fromEntries(dryRun!.events.map(({ type, count }) => [type, count]))).toEqual(counted(types));
    expect(dryRun!.events).toContainEqual({ type: 'IndicatorDefined', label: '定义指标', count: expect.any(Number) });
    expect(dryRun!.unaccepted).toEqual([]);
  });

  it('of what is loaded says that nothing comes', async () => {
    const loaded = await engine.submissions.submit(seedFiles(lishui));
    const head = await engine.log.head();
    expect(await engine.submissions.tryOut(seedFiles(lishui))).toEqual({
      ...loaded,
      events: 0,
      dryRun: { events: [], unaccepted: [] },
    });
    expect(await engine.log.head()).toBe(head);
  });

  it('of a folder that only adds rows counts these', async () => {
    await engine.submissions.submit(plausibleFolder());
    const more = plausibleFolder([
      'history.csv',
      '2023-02-01,city-1,上报,05',
      '2022-02-01,city-1,上报,05,990000,2021,20,,,,,年报,,,,\n2023-02-01,city-1,上报,05',
    ]);
    const { events, dryRun } = await engine.submissions.tryOut(more);
    const { events: appended } = await engine.submissions.submit(more, undefined, {
      accepted: dryRun!.unaccepted,
    });
    expect([events, dryRun!.events.map(({ type, count }) => [type, count])]).toEqual([
      appended,
      [['IndicatorMeasured', 1]],
    ]);
  });

  it('lists warnings, and which of them stand in the way', async () => {
    const tried = await engine.submissions.tryOut(plausibleFolder(share));
    expect(tried.warnings.map(({ id }) => id)).toEqual([shareId]);
    expect(tried.dryRun!.unaccepted).toEqual([shareId]);
    expect(tried.events).toBeGreaterThan(0);
    const accepted = await engine.submissions.tryOut(plausibleFolder(share), undefined, {
      accepted: ['target.out-of-range'],
    });
    expect([accepted.warnings.length, accepted.dryRun!.unaccepted]).toEqual([1, []]);
    expect(await engine.log.head()).toBeUndefined();
  });

  it('refuses mistakes as loading does', async () => {
    const mistaken = plausibleFolder(['targets.csv', '07,990000,2025,80,', '07,990000,2025,eighty,']);
    const said = (work: Promise<unknown>) =>
      work.then(
        () => 'taken',
        ({ code, problems }: { code: string; problems: unknown }) => ({ code, problems }),
      );
    const refusal = await said(engine.submissions.tryOut(mistaken));
    expect(refusal).toMatchObject({ code: 'submission.refused', problems: [{ file: 'targets.csv' }] });
    expect(refusal).toEqual(await said(engine.submissions.submit(mistaken)));
    expect(await engine.log.head()).toBeUndefined();
  });
});

it('of what was cut off, a dry run counts the rest, and records nothing of it', async () => {
  const [clock, store, files] = [new MovingClock(), new MemoryVersionedStore(), new MemoryFileStore()];
  const log = new MemoryEventLog({ clock });
  const accepted = { accepted: [shareId] };
  const cut = memoryEngine({ clock, store, files, log: dying(log, 3) });
  await expect(cut.submissions.submit(plausibleFolder(share), undefined, accepted)).rejects.toThrow('killed');
  const whole = memoryEngine({ clock, store, files, log });
  const before = await log.readAll();
  const tried = await whole.submissions.tryOut(plausibleFolder(share));
  expect(await log.readAll()).toEqual(before);
  // Accepted before it was cut off.
  expect([tried.warnings.map(({ id }) => id), tried.dryRun!.unaccepted]).toEqual([[shareId], []]);
  const { events } = await whole.submissions.submit(plausibleFolder(share));
  expect(tried.events).toBe(events);
  expect(events).toBeGreaterThan(0);
});
