import Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { copyFile, rename } from 'node:fs/promises';
import { EventLogDamaged, EventLogUnavailable, WrongExpectedRevision } from '../../kernel/event-log.js';
import type { RecordedEvent } from '../../kernel/event.js';
import { systemClock, toInstant } from '../../kernel/time.js';
import { eventLogContract } from '../../../test/contract/event-log.contract.js';
import { measured, newStream, several } from '../../../test/contract/event-log/samples.js';
import { temporaryFolder, type TemporaryFolder } from '../../../test/temporary-folder.js';
import { DatabaseUnusable } from '../../sqlite/open-database.js';
import type { StoredEvent } from '../stored-event.js';
import { firstLink, link } from './chain.js';
import { checksum } from './checksum.js';
import { copyLog } from './log-copy.js';
import { SqliteEventLog } from './sqlite-event-log.js';

eventLogContract('SqliteEventLog', { durable: true, ownClock: true, gapless: true }, async ({ clock }) => {
  const folder = await temporaryFolder();
  const open = () => SqliteEventLog.open(folder.path('events.db'), { clock });
  let log = open();
  return {
    log,
    reopen: async () => {
      await log.close();
      return (log = open());
    },
    remove: folder.remove,
  };
});

describe('SqliteEventLog', () => {
  let folder: TemporaryFolder;
  let path: string;
  let log: SqliteEventLog;
  /** A second connection that changes the file directly, like a SQL shell. */
  let shell: Database.Database;

  beforeEach(async () => {
    folder = await temporaryFolder();
    path = folder.path('events.db');
    log = SqliteEventLog.open(path, { clock: systemClock });
    shell = new Database(path);
  });

  afterEach(async () => {
    await log.close();
    shell.close();
    await folder.remove();
  });

  const unlock = () => shell.exec('DROP TRIGGER events_never_change; DROP TRIGGER events_stay');

  /** Recomputes checksums and hash chain for the current rows. */
  function rechain(): void {
    let chain = firstLink;
    const rows = shell.prepare<[], StoredEvent>(
      `SELECT CAST(position AS TEXT) AS position, stream, revision, id, type, recorded_at AS recordedAt,
       data, metadata FROM events ORDER BY events.position`,
    );
    for (const event of rows.all()) {
      chain = link(chain, event);
      const update = shell.prepare('UPDATE events SET checksum = ?, chain = ? WHERE position = ?');
      update.run(checksum(event), chain, BigInt(event.position));
    }
  }

  it('commits queued appends when it is closed', async () => {
    const appends = Array.from({ length: 20 }, () => log.append(newStream(), 'none', several(2)));
    await log.close();
    await Promise.all(appends);
    expect(shell.prepare('SELECT count(*) FROM events').pluck().get()).toBe(40);
  });

  it('accepts more concurrent appends than fit into one commit', async () => {
    await Promise.all(Array.from({ length: 2_500 }, () => log.append(newStream(), 'none', [measured()])));
    expect(await log.head()).toBe('2500');
    expect(await log.verify()).toMatchObject({ events: 2_500 });
  });

  it('tells how far it has proved', async () => {
    await Promise.all(Array.from({ length: 2_500 }, () => log.append(newStream(), 'none', [measured()])));
    const told: number[] = [];
    await log.verify(undefined, (events) => told.push(events));
    expect(told).toEqual([1_000, 2_000]);
  });

  it('has the link of each event in the chain, and none of an altered event', async () => {
    await log.append(newStream(), 'none', several(3));
    const { seal } = await log.verify();
    const [first, second, third] = await Promise.all(['1', '2', '3'].map((position) => log.link(position)));
    expect(first!.previous).toBe('0'.repeat(64));
    expect(second!.previous).toBe(first!.chain);
    expect(third).toEqual({ previous: second!.chain, chain: seal!.chain });
    expect(await log.link('4')).toBeUndefined();
    shell.exec("DROP TRIGGER events_never_change; UPDATE events SET data = '{}' WHERE position = 2");
    await expect(log.link('2')).rejects.toThrow(EventLogDamaged);
  });

  it('rejects UPDATE and DELETE of events', async () => {
    await log.append(newStream(), 'none', [measured()]);
    expect(() => shell.exec('UPDATE events SET id = id')).toThrow('never change');
    expect(() => shell.exec('DELETE FROM events')).toThrow('never removed');
  });

  it('stores nothing of a batch whose commit fails, and accepts it when repeated', async () => {
    const stream = newStream();
    await log.append(stream, 'none', several(2));
    shell.exec(`CREATE TRIGGER disk_full BEFORE INSERT ON events WHEN NEW.type = 'Failing'
      BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
    const failing = { ...measured(), type: 'Failing' };
    const batch = [
      () => log.append(stream, 1, [measured()]),
      () => log.append(newStream(), 'none', [measured(), failing]),
      () => log.append(newStream(), 'none', [measured()]),
    ];
    const answers = await Promise.all(batch.map((append) => append().catch((error: unknown) => error)));
    for (const answer of answers) expect(answer).toBeInstanceOf(EventLogUnavailable);
    expect(String(answers[0])).toContain('disk full');
    expect(await log.head()).toBe('2');

    // The cached end of the log was reset after the failed commit.
    expect(await log.append(stream, 1, [measured()])).toEqual({ revision: 2, position: '3' });
    shell.exec('DROP TRIGGER disk_full');
    await Promise.all(batch.slice(1).map((append) => append()));
    expect(await log.head()).toBe('6');
    expect(await log.verify()).not.toHaveProperty('damage');
  });

  it('stays consistent when another process writes to the same file', async () => {
    const other = SqliteEventLog.open(path, { clock: systemClock });
    const stream = newStream();
    await log.append(stream, 'none', several(1));
    await other.append(stream, 0, several(2));
    await expect(log.append(stream, 0, several(1))).rejects.toThrow(WrongExpectedRevision);
    await log.append(stream, 2, several(1));
    await other.append(stream, 3, several(1));
    await other.close();

    expect((await log.readAll()).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
    expect(await log.verify()).toMatchObject({ events: 5 });
  });

  it('keeps positions exact beyond 2^53', async () => {
    const positions = ['9007199254740992', '9007199254740993', '9007199254740994', '9007199254740995'];
    await log.append('figure-a', 'none', several(2));
    unlock();
    shell.exec(`UPDATE events SET position = position + ${BigInt(positions[0]!) - 1n}`);
    rechain();
    await log.append('figure-a', 1, several(2));

    const all = await log.readAll({ after: '9007199254740991' });
    expect(all.map(({ position }) => position)).toEqual(positions);
    const after = await log.readAll({ after: '9007199254740993' });
    expect(after.map(({ position }) => position)).toEqual(positions.slice(2));
    expect(await log.head()).toBe(positions[3]);
    expect(await log.readAll({ after: '99999999999999999999' })).toEqual([]);
  });

  describe.each([
    ['changed data', `UPDATE events SET data = '{"value":"11040"}' WHERE position = 2`],
    ['truncated data', `UPDATE events SET data = '{' WHERE position = 2`],
    ['a changed actor', `UPDATE events SET metadata = replace(metadata, '王敏', '李明') WHERE position = 2`],
    ['a changed time', 'UPDATE events SET recorded_at = recorded_at + 1 WHERE position = 2'],
    ['a changed type', `UPDATE events SET type = 'Other' WHERE position = 2`],
    ['a changed checksum', 'UPDATE events SET checksum = checksum + 1 WHERE position = 2'],
    ['a changed stream', `UPDATE events SET stream = 'figure-b', revision = 0 WHERE position = 2`],
    ['a deleted row', 'DELETE FROM events WHERE position = 2'],
  ])('a damaged event (%s)', (_, sql) => {
    beforeEach(async () => {
      await log.append('figure-a', 'none', several(3));
      await log.append('figure-c', 'none', several(2));
      unlock();
      shell.exec(sql);
    });

    it('stops every reader with its position, and is neither returned nor skipped', async () => {
      const damaged = { name: 'EventLogDamaged', position: '2' };
      expect((await log.readAll()).map(({ position }) => position)).toEqual(['1']);
      await expect(log.readAll({ after: '1' })).rejects.toMatchObject(damaged);
      await expect(log.readStream('figure-a')).rejects.toThrow(EventLogDamaged);
      await expect(log.readStream('figure-a', { from: 1, limit: 1 })).rejects.toThrow(EventLogDamaged);
      expect(await log.verify()).toMatchObject({ damage: { position: '2' } });
      const subscription = log.subscribe('1', new AbortController().signal)[Symbol.asyncIterator]();
      await expect(subscription.next()).rejects.toMatchObject(damaged);
    });

    it('does not affect other streams', async () => {
      expect(await log.readStream('figure-c')).toHaveLength(2);
      expect(await log.append('figure-c', 1, several(1))).toEqual({ revision: 2, position: '6' });
    });

    it('is not treated as the result of a repeated append', async () => {
      await expect(log.append('figure-a', 0, several(2))).rejects.toThrow(EventLogDamaged);
    });
  });

  it('refuses appends after a damaged last event', async () => {
    await log.append('figure-a', 'none', several(3));
    unlock();
    shell.exec('UPDATE events SET chain = zeroblob(32) WHERE position = 3');
    const again = SqliteEventLog.open(path, { clock: systemClock });
    expect(() => again.assertSoundEnd()).toThrow('position 3');
    await expect(again.append('figure-b', 'none', several(1))).rejects.toMatchObject({ position: '3' });
    expect(await again.trouble()).toMatchObject({ name: 'EventLogDamaged', position: '3' });
    await again.close();
  });

  it('refuses appends while the disk is full, keeps its events, and accepts appends once there is space', async () => {
    await log.append('figure-a', 'none', several(3));
    const before = await log.readAll();
    const { page_count: pages } = shell.prepare<[], { page_count: number }>('PRAGMA page_count').get()!;
    setMaximum(log, pages);
    const large = [measured({ note: '9'.repeat(100_000) }), measured()];
    await expect(log.append('figure-a', 2, large)).rejects.toMatchObject({ reason: 'disk-full' });
    expect(await log.readAll()).toEqual(before);

    setMaximum(log, 1_000_000);
    expect(await log.trouble()).toBeUndefined();
    await log.append('figure-a', 2, large);
    expect(await log.verify()).toMatchObject({ events: 5 });
    expect(await log.verify()).not.toHaveProperty('damage');
  });

  it.each(['', '-wal'])('refuses appends once its file was removed or replaced (%s)', async (suffix) => {
    await log.append('figure-a', 'none', several(3));
    const file = `${path}${suffix}`;
    await rename(file, `${file}.away`);
    expect(await log.trouble()).toMatchObject({ reason: 'restart-needed' });
    await expect(log.append('figure-a', 2, several(1))).rejects.toThrow(`${file} was removed or replaced`);
    await copyFile(`${file}.away`, file);
    await expect(log.append('figure-a', 2, several(1))).rejects.toThrow(EventLogUnavailable);
    expect(await log.readStream('figure-a')).toHaveLength(3);
    await rename(`${file}.away`, file);
  });

  it('can be opened read-only beside its writer, without changing the file', async () => {
    await log.append('figure-a', 'none', several(3));
    const backup = folder.path('backup.db');
    copyLog(path, backup);
    const bytes = readFileSync(backup);
    const reader = SqliteEventLog.openForReading(backup);
    expect(await reader.readAll()).toEqual(await log.readAll());
    await expect(reader.append('figure-a', 2, several(1))).rejects.toThrow(EventLogUnavailable);
    await reader.close();
    expect(readFileSync(backup).equals(bytes)).toBe(true);

    const beside = SqliteEventLog.openForReading(path);
    await log.append('figure-a', 2, several(1));
    expect(await beside.readAll()).toHaveLength(4);
    await beside.close();
    expect(await log.trouble()).toBeUndefined();
    expect(() => SqliteEventLog.openForReading(folder.path('none.db'))).toThrow(DatabaseUnusable);
  });

  describe('takeOver', () => {
    let events: RecordedEvent[];

    beforeEach(async () => {
      const source = SqliteEventLog.open(':memory:', { clock: systemClock });
      await source.append('figure-a', 'none', several(3));
      await source.append('figure-b', 'none', several(2));
      events = await source.readAll();
      await source.close();
    });

    it('stores all given events or none', async () => {
      const gap = [...events.slice(0, 3), events[4]!];
      await expect(log.takeOver(gap)).rejects.toThrow(WrongExpectedRevision);
      expect(await log.readAll()).toEqual([]);
      await log.takeOver(events);
      expect(await log.readAll()).toEqual(events);
    });

    it('results in the same seal for the same events', async () => {
      await log.append('figure-a', 'none', several(1));
      const original = SqliteEventLog.open(path, { clock: systemClock });
      const copy = SqliteEventLog.open(folder.path('copy.db'), { clock: systemClock });
      await copy.takeOver(await original.readAll());
      expect(await copy.verify()).toEqual(await original.verify());
      await original.close();
      await copy.close();
    });

    it('allows decreasing recorded times in copied events, but not after them', async () => {
      const late = toInstant(Date.now() + 60_000);
      await log.takeOver(events.map((event, index) => (index === 1 ? { ...event, recordedAt: late } : event)));
      await log.append('figure-a', 2, several(2));
      expect(await log.verify()).toMatchObject({ events: 7 });
      expect(await log.verify()).not.toHaveProperty('damage');
      unlock();
      shell.exec('UPDATE events SET recorded_at = 1 WHERE position = 6');
      rechain();
      expect(await log.verify()).toMatchObject({ damage: { position: '6', kind: 'time' } });
    });
  });

  describe('verify', () => {
    beforeEach(async () => {
      for (const stream of ['figure-a', 'figure-b']) await log.append(stream, 'none', several(2));
      await log.append('figure-a', 1, several(1));
      unlock();
    });

    it('finds no damage in an unchanged log', async () => {
      const proof = await log.verify();
      expect(proof).toEqual({ events: 5, seal: { position: '5', chain: expect.stringMatching(/^[0-9a-f]{64}$/) } });
      expect(await log.verify(proof.seal)).toEqual(proof);
    });

    it('finds no damage in an empty log', async () => {
      const empty = SqliteEventLog.open(folder.path('empty.db'), { clock: systemClock });
      expect(await empty.verify()).toEqual({ events: 0 });
      await empty.close();
    });

    const mismatch = /does not match the chain/;
    it.each([
      ['data', `UPDATE events SET data = '{"value":"11040"}' WHERE position = 3`, '3', mismatch],
      ['metadata', `UPDATE events SET metadata = replace(metadata, '王敏', '李明') WHERE position = 2`, '2', mismatch],
      ['an added space', `UPDATE events SET data = data || ' ' WHERE position = 5`, '5', mismatch],
      ['a type', `UPDATE events SET type = 'MeasurementApproved' WHERE position = 1`, '1', mismatch],
      ['an id', `UPDATE events SET id = '0192c0de-0000-7000-8000-000000000001' WHERE position = 4`, '4', mismatch],
      ['a time', 'UPDATE events SET recorded_at = recorded_at - 1 WHERE position = 3', '3', mismatch],
      ['a revision', 'UPDATE events SET revision = 7 WHERE position = 5', '5', mismatch],
      [
        'the stream of an event',
        `UPDATE events SET stream = 'figure-b', revision = 2 WHERE position = 5`,
        '5',
        mismatch,
      ],
      ['the name of a stream', `UPDATE events SET stream = 'figure-c' WHERE stream = 'figure-b'`, '3', mismatch],
      ['a checksum', 'UPDATE events SET checksum = 0 WHERE position = 4', '4', /does not match its checksum/],
      ['a link', `UPDATE events SET chain = zeroblob(32) WHERE position = 2`, '2', mismatch],
      [
        'data moved into metadata',
        `UPDATE events SET data = '', metadata = data || metadata WHERE position = 2`,
        '2',
        mismatch,
      ],
      ['a removed event', 'DELETE FROM events WHERE position = 3', '3', /missing.*at position 4/],
      ['a removed first event', 'DELETE FROM events WHERE position = 1', '1', /missing.*at position 2/],
      ['two swapped events', swapped(3, 4), '3', mismatch],
    ])('finds %s', async (_, sql, position, what) => {
      shell.exec(sql);
      expect(await log.verify()).toMatchObject({
        events: Number(position) - 1,
        damage: { position, what: expect.stringMatching(what) },
      });
    });

    it.each([
      ['a gap in a stream', 'UPDATE events SET revision = 3 WHERE position = 5', '5', /no revision 2/],
      ['a stream in the wrong order', swapped(3, 4), '3', /no revision 0/],
      ['a decreasing time', 'UPDATE events SET recorded_at = 1 WHERE position = 4', '4', /before the previous event/],
    ])('finds %s even if the hash chain was recomputed', async (_, sql, position, what) => {
      shell.exec(sql);
      rechain();
      const { damage } = await log.verify();
      expect(damage).toMatchObject({ position, what: expect.stringMatching(what) });
    });

    it('finds removed last events if a seal is given', async () => {
      const { seal } = await log.verify();
      shell.exec('DELETE FROM events WHERE position = 5');
      expect(await log.verify()).not.toHaveProperty('damage');
      expect(await log.verify(seal)).toMatchObject({
        damage: { position: '5', what: expect.stringMatching('missing') },
      });
    });

    it('finds a completely rewritten log if a seal is given', async () => {
      const { seal } = await log.verify();
      const other = SqliteEventLog.open(folder.path('anew.db'), { clock: systemClock });
      await other.append('figure-a', 'none', several(6));
      expect(await other.verify()).not.toHaveProperty('damage');
      expect(await other.verify(seal)).toMatchObject({ events: 4, damage: { position: '5' } });
      await other.close();
    });
  });
});

function swapped(a: number, b: number): string {
  const move = (from: number, to: number) => `UPDATE events SET position = ${to} WHERE position = ${from};`;
  return move(a, -1) + move(b, a) + move(-1, b);
}

/** Limits the database to a number of pages, to simulate a full disk. */
function setMaximum(log: SqliteEventLog, pages: number): void {
  (log as unknown as { db: Database.Database }).db.pragma(`max_page_count = ${pages}`);
}
