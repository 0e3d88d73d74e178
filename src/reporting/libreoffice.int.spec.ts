import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Engine } from '../engine.js';
import type { Actor } from '../kernel/event.js';
import { memoryEngine } from '../../test/support/engine.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { filled, sent, workbookOf } from '../../test/support/workbooks.js';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';
import { readReportFile } from './read-report.js';

const soffice = process.env.SOFFICE ?? 'soffice';
const clerk: Actor = { id: 'clerk-331102', name: '莲都填报员', unit: '331102', roles: ['reporter'], means: 'import' };

let folder: TemporaryFolder;
let engine: Engine;
beforeAll(async () => {
  if (spawnSync(soffice, ['--version']).status !== 0) {
    throw new Error(
      'This spec needs LibreOffice. Install it and run the spec again:\n' +
        '  sudo apt-get update && sudo apt-get install -y --no-install-recommends libreoffice-calc-nogui\n' +
        '(or set SOFFICE to the path of another soffice)',
    );
  }
  folder = await temporaryFolder();
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(smallPlan());
});
afterAll(async () => {
  await engine?.close();
  await folder?.remove();
});

/** Opens a workbook in LibreOffice and saves it in another format, or again in its own. */
async function saved(bytes: Buffer, format: 'xlsx' | 'xls'): Promise<Buffer> {
  const [from, to] = [folder.path('报表.xlsx'), folder.path('saved')];
  writeFileSync(from, bytes);
  const profile = `-env:UserInstallation=${pathToFileURL(folder.path('profile')).href}`;
  await promisify(execFile)(soffice, [profile, '--headless', '--convert-to', format, '--outdir', to, from]);
  return readFileSync(`${to}/报表.${format}`);
}

it('a workbook that LibreOffice opened and saved is read as before', async () => {
  const bytes = await filled(
    await workbookOf(engine, 'small', '331102', '2023'),
    ['指标', '03', '数值', 9],
    ['指标', '03', '说明', '年报'],
  );
  const again = await saved(bytes, 'xlsx');
  expect(again.equals(bytes)).toBe(false);
  const [before, after] = [
    await readReportFile({ name: 'a.xlsx', bytes }),
    await readReportFile({ name: 'a.xlsx', bytes: again }),
  ];
  expect(after.made).toEqual(before.made);
  expect(after.rows).toEqual(before.rows);
  const first = await engine.unitReports.submit(await sent('small', clerk, bytes));
  expect(first).toMatchObject({ events: 1, counts: { new: 1 } });
  // The same rows in another file are the same submission.
  expect(await engine.unitReports.submit(await sent('small', clerk, again))).toMatchObject({
    submission: first.submission,
    events: 0,
  });
});

it('an .xls that LibreOffice saved is refused with the way out', async () => {
  const bytes = await saved(await workbookOf(engine, 'small', '331102', '2023'), 'xls');
  await expect(readReportFile({ name: '报表.xls', bytes })).rejects.toMatchObject({
    code: 'report.old-format',
    message: expect.stringContaining('另存为 .xlsx'),
  });
});
