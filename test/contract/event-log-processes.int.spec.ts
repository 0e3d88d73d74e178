import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import type { RecordedEvent } from '../../src/kernel/event.js';
import { systemClock } from '../../src/kernel/time.js';
import { compileInto } from '../faults/compiled.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import type { Race } from './racing-writers.js';

const wins = Number(process.env.WINS ?? 15);

/** Only one process should write a log. If several do, no event may be lost, duplicated or out of order. */
describe('a log written by several processes concurrently', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder();
    await compileInto(folder.path('code'), ['src/kernel', 'src/sqlite', 'src/event-log', 'test/contract']);
  });
  afterAll(() => folder.remove());

  async function writer(path: string, stream: string, writers: number): Promise<Race[]> {
    const script = folder.path('code', 'test', 'contract', 'racing-writers.js');
    const args = [script, path, stream, String(writers), String(wins)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, errors] = [child.stdout, child.stderr].map((stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      return () => Buffer.concat(chunks).toString();
    }) as [() => string, () => string];
    const [code] = (await once(child, 'close')) as [number | null];
    // Any error other than WrongExpectedRevision, such as a busy file, would have ended the process with a message.
    expect({ code, errors: errors() }).toEqual({ code: 0, errors: '' });
    return out()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Race);
  }

  it.each([
    { processes: 8, writers: 1 },
    { processes: 2, writers: 4 },
  ])('$processes processes with $writers writers each: one winner per revision', async ({ processes, writers }) => {
    // The file does not exist yet, so the processes also race to create it.
    const path = folder.path(`log-${processes}.sqlite`);
    const stream = `figure-race.${processes}`;
    const racing = Promise.all(Array.from({ length: processes }, () => writer(path, stream, writers)));
    let running = true;
    void racing.finally(() => (running = false)).catch(() => undefined);

    // A concurrent reader sees a prefix of the final log each time.
    const reader = SqliteEventLog.open(path, { clock: systemClock });
    const readings: RecordedEvent[][] = [];
    while (running) readings.push(await reader.readAll({ limit: 10_000 }));
    const races = (await racing).flat();

    const total = processes * writers * wins;
    const events = await reader.readStream(stream);
    const won = races.flatMap((line) => ('won' in line ? [line] : [])).sort((a, b) => a.won - b.won);
    expect(events.map(({ revision, position, id }) => ({ won: revision, position, id }))).toEqual(won);
    expect(won.map(({ won }) => won)).toEqual(Array.from({ length: total }, (_, index) => index));
    expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => String(index + 1)));
    const recorded = events.map(({ recordedAt }) => recordedAt);
    expect(recorded).toEqual([...recorded].sort());

    const lost = races.flatMap((line) => ('lost' in line ? [line] : []));
    expect(lost.length).toBeGreaterThan(processes * writers - 2);
    for (const { lost: expected, actual } of lost) {
      expect(Number(actual)).toBeGreaterThan(expected === 'none' ? -1 : expected);
      expect(Number(actual)).toBeLessThan(total);
    }
    for (const reading of readings) expect(reading).toEqual(events.slice(0, reading.length));
    expect(await reader.verify()).toEqual({ events: total, seal: expect.anything() });
    await reader.close();
  });
});
