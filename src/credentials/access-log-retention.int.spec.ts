import { MovingClock } from '../../test/support/moving-clock.js';
import { retainAccessLog } from './access-log-retention.js';
import { openSqliteCredentials } from './sqlite/sqlite-credentials.js';

it('removes what is older than so many days, and the rest stays proved', async () => {
  const clock = new MovingClock('2026-10-01T00:00:00.000Z');
  const { accessLog, close } = openSqliteCredentials(':memory:');
  try {
    for (let time = 0; time < 4; time++) {
      await accessLog.append({ at: clock.now(), kind: 'sign-in', detail: {} });
      clock.advance(100 * 86_400_000);
    }
    const stop = await retainAccessLog(accessLog, 250, clock, () => undefined);
    stop();
    const { entries } = await accessLog.list({}, { limit: 9 });
    expect(entries.map(({ sequence }) => sequence)).toEqual([4, 3]);
    expect(await accessLog.verify()).toMatchObject({ holds: true, entries: 2 });
  } finally {
    await close();
  }
});
