import Database from 'better-sqlite3';
import { openEmbedded } from '../../src/engine.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { seedFiles, lishui } from '../support/seeds.js';
import { until } from '../support/until.js';
import { expectViewsAsRebuilt } from './rebuilt.js';

describe('a commit of views that fails between the documents and the checkpoint', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => (folder = await temporaryFolder()));
  afterEach(() => folder.remove());

  it('stores neither, and the next commit applies the same events once', async () => {
    const engine = openEmbedded(folder.path());
    await engine.start();
    const views = new Database(folder.path('views.sqlite'));
    // The checkpoint is moved after the documents are stored. The trigger fails in between, like a crash.
    views.exec(`CREATE TRIGGER crash BEFORE UPDATE OF checkpoint ON views BEGIN SELECT RAISE(ABORT, 'crashed'); END`);
    const before = documents(views);
    await engine.submissions.submit(seedFiles(lishui));
    await until(() => engine.projector.failure !== undefined);
    expect(documents(views)).toEqual(before);
    await engine.close();

    views.exec('DROP TRIGGER crash');
    views.close();
    const again = openEmbedded(folder.path());
    await again.start();
    await expectViewsAsRebuilt(again);
    await again.close();
  });
});

/** Number of rows by table. */
function documents(views: Database.Database): Record<string, number> {
  const tables = views.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
  return Object.fromEntries(
    tables.map((name) => [name, views.prepare<[], number>(`SELECT count(*) FROM "${name}"`).pluck().get()!]),
  );
}
