import Database from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, truncate, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { RecordedEvent } from '../../src/kernel/event.js';
import { systemClock } from '../../src/kernel/time.js';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import type { Seal } from '../../src/kernel/event-log.js';
import { Chance } from '../support/chance.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { eventsOf, type AppendCall, type Line } from './busy-writers.js';
import { compileInto } from './compiled.js';

const seed = Number(process.env['SEED'] ?? Date.now() % 1e9);
const chance = new Chance(seed);

describe(`a log whose process is killed (SEED=${seed})`, () => {
  let folder: TemporaryFolder;
  let path: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    path = folder.path('events.db');
    const code = ['src/kernel', 'src/sqlite', 'src/event-log', 'test/contract/event-log', 'test/faults'];
    await compileInto(folder.path('code'), code);
  });
  afterAll(() => folder.remove());

  /** Runs the writers until they got a number of acknowledgements, then kills them. */
  async function writeAndKill(acknowledgements: number): Promise<Line[]> {
    const child = spawn(process.execPath, [folder.path('code', 'test', 'faults', 'busy-writers.js'), path], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    const closed = once(child, 'close');
    const lines: Line[] = [];
    let left = acknowledgements;
    for await (const text of createInterface({ input: child.stdout })) {
      if (!text.endsWith('}')) continue; // The last line may be incomplete.
      const line = JSON.parse(text) as Line;
      lines.push(line);
      if (line.acknowledged && --left === 0) child.kill('SIGKILL');
    }
    await closed;
    expect({ errors, signal: child.signalCode }).toEqual({ errors: '', signal: 'SIGKILL' });
    return lines;
  }

  async function readAll(log: SqliteEventLog): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for (;;) {
      const page = await log.readAll({ after: events.at(-1)?.position, limit: 10_000 });
      if (page.length === 0) return events;
      events.push(...page);
    }
  }

  async function expectSound(log: SqliteEventLog, file: string, seal?: Seal): Promise<RecordedEvent[]> {
    const events = await readAll(log);
    expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => String(index + 1)));
    expect(await log.verify(seal)).toEqual({
      events: events.length,
      ...(events.length > 0 && { seal: expect.anything() }),
    });
    const shell = new Database(file);
    expect(shell.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(shell.pragma('foreign_key_check')).toEqual([]);
    shell.close();
    return events;
  }

  it('has every acknowledged append exactly once, and returns the first result for a repeated one', async () => {
    let seal: Seal | undefined;
    const acknowledged: Line[] = [];
    for (let round = 0; round < 6; round++) {
      const lines = await writeAndKill(1 + chance.below(300));
      const unanswered = new Map<string, AppendCall>();
      for (const line of lines) {
        if (line.acknowledged) acknowledged.push(line);
        if (line.acknowledged) unanswered.delete(line.stream);
        else unanswered.set(line.stream, line);
      }

      const log = SqliteEventLog.open(path, { clock: systemClock });
      const events = await expectSound(log, path, seal);
      const stored = new Map(events.map((event) => [event.id, event]));
      expect(stored.size).toBe(events.length);
      for (const { stream, expected, ids, acknowledged: position } of acknowledged) {
        const first = expected === 'none' ? 0 : expected + 1;
        ids.forEach((id, index) => expect(stored.get(id)).toMatchObject({ stream, revision: first + index }));
        expect(stored.get(ids.at(-1)!)!.position).toBe(position);
      }

      // The outcome of unanswered appends is unknown. Repeating them must append each exactly once.
      for (const line of [...acknowledged.slice(-20), ...unanswered.values()]) {
        const result = await log.append(line.stream, line.expected, eventsOf(line));
        if ('acknowledged' in line) expect(result.position).toBe(line.acknowledged);
        expect(await log.append(line.stream, line.expected, eventsOf(line))).toEqual(result);
      }
      const settled = await expectSound(log, path, seal);
      const repeatedIds = [...unanswered.values()].flatMap(({ ids }) => ids);
      expect(new Set(settled.map(({ id }) => id))).toEqual(new Set([...stored.keys(), ...repeatedIds]));
      expect(settled).toHaveLength(new Set([...stored.keys(), ...repeatedIds]).size);
      seal = (await log.verify()).seal;
      await log.close();
    }
  });

  it('is shorter but consistent when the end of its write-ahead log is lost', async () => {
    await writeAndKill(200);
    const { size } = await stat(`${path}-wal`);
    for (let round = 0; round < 6; round++) {
      const copy = folder.path(`cut-${round}.db`);
      await copyFile(path, copy);
      await copyFile(`${path}-wal`, `${copy}-wal`);
      await truncate(`${copy}-wal`, chance.below(size));
      const log = SqliteEventLog.open(copy, { clock: systemClock });
      await expectSound(log, copy);
      await log.append(
        'figure-after.the-crash',
        'none',
        eventsOf({ stream: '', expected: 'none', ids: [`0192c0de-0000-7000-8000-${String(round).padStart(12, '0')}`] }),
      );
      await expectSound(log, copy);
      await log.close();
    }
  });
});
