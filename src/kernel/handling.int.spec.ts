import { SqliteEventLog } from '../event-log/sqlite/sqlite-event-log.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { TallyDesk, stream } from '../../test/support/tally.js';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';

describe('command handling on a SQLite log', () => {
  const clock = new MovingClock();
  let folder: TemporaryFolder;
  let log: SqliteEventLog;
  beforeEach(async () => {
    folder = await temporaryFolder();
    log = SqliteEventLog.open(folder.path('log.sqlite'), { clock });
  });
  afterEach(async () => {
    await log.close();
    await folder.remove();
  });

  it('applies eight concurrent commands on one stream one after another', async () => {
    const desks = Array.from({ length: 4 }, (_, at) => new TallyDesk(log, clock, `desk-${at}`));
    const results = await Promise.all([...desks, ...desks].map((desk) => desk.send({ type: 'AddTwice', by: 1 })));
    const revisions = results.map(({ revision }) => Number(revision)).sort((a, b) => a - b);
    expect(revisions).toEqual([1, 3, 5, 7, 9, 11, 13, 15]);
    const totals = (await log.readStream(stream)).map(({ data }) => data['total']);
    expect(totals).toEqual(Array.from({ length: 16 }, (_, at) => at + 1));
  });

  it('returns the first result for a command repeated after a restart', async () => {
    const add = { type: 'AddTwice', by: 1 } as const;
    const first = await new TallyDesk(log, clock).send(add, { commandId: 'c-1' });
    await log.close();
    log = SqliteEventLog.open(folder.path('log.sqlite'), { clock });
    const again = await new TallyDesk(log, clock).send(add, { commandId: 'c-1' });
    expect(again).toEqual({ ...first, repeated: true });
    expect(await log.readStream(stream)).toHaveLength(2);
  });
});
