import { memoryEngine } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { expectWarning, plausibleFolder, warningsIn, type Change } from '../../test/support/plausible-folder.js';
import { islandFolders } from '../../test/support/island-republic.js';
import { lishui, seedFiles } from '../../test/support/seeds.js';
import { EventLogUnavailable } from '../kernel/event-log.js';
import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import { MemoryFileStore } from '../../test/support/memory-file-store.js';
import { meddled } from '../../test/support/meddled-log.js';
import type { Engine } from '../engine.js';
import type { FolderContent } from './folder-text.js';
import { readFolder } from './read-folder.js';
import { submissionProjection } from './submission.projection.js';

const share: Change = ['targets.csv', '07,990000,2025,80,', '07,990000,2025,580,'];
const early: Change = ['history.csv', '2023-02-01,city-1,上报,05', '2022-02-01,city-1,上报,05'];
const shareId = 'target.out-of-range:07/990000/2025';
const earlyId = 'figure.known-early:05/990000/2022';
const folder = plausibleFolder(share, early);
const accepter = { id: 'zhang', name: '张三', unit: '990000', roles: ['loader'], means: 'operator' as const };

let engine: Engine;
beforeEach(() => void (engine = memoryEngine()));
afterEach(() => engine.close());

const refused = (files: FolderContent, ...accepted: string[]) =>
  engine.submissions.submit(files, undefined, { accepted, by: accepter }).then(
    () => undefined,
    ({ code, problems }: { code: string; problems: { id: string }[] }) => [code, ...problems.map(({ id }) => id)],
  );

describe('a folder with something implausible', () => {
  it('is not loaded, and nothing of it is stored', async () => {
    const refusal = engine.submissions.submit(folder);
    await expect(refusal).rejects.toMatchObject({ kind: 'refused', code: 'submission.warnings' });
    expect(await engine.log.head()).toBeUndefined();
    expect(await refused(folder)).toEqual(['submission.warnings', shareId, earlyId]);
  });

  it('is loaded where each warning is accepted, by its id or its code', async () => {
    expect(await refused(folder, shareId)).toEqual(['submission.warnings', earlyId]);
    expect(await refused(folder, 'target.out-of-range:07/990000/2024', 'figure.known-early')).toEqual([
      'submission.warnings',
      shareId,
    ]);
    expect(await engine.log.head()).toBeUndefined();
    const loaded = await engine.submissions.submit(folder, undefined, { accepted: [shareId, 'figure.known-early'] });
    expect(loaded.warnings.map(({ id }) => id)).toEqual([shareId, earlyId]);
    // Applied before: nobody is asked again.
    expect(await engine.submissions.submit(folder)).toEqual({ ...loaded, events: 0 });
  });

  it('keeps what was accepted, who accepted it and when', async () => {
    await engine.start();
    await engine.submissions.submit(folder, undefined, { accepted: [shareId, earlyId], by: accepter });
    await engine.caughtUp();
    const [{ body } = { body: undefined }] = await engine.views.list(submissionProjection, '');
    const [received] = await engine.log.readStream(`submission-plausible-2021-2025.${body!.id}`);
    expect(received!.metadata.actor).toEqual(accepter);
    expect(body).toMatchObject({
      standing: 'applied',
      accepted: { by: '张三', at: received!.recordedAt },
      received: {
        warnings: [
          {
            id: shareId,
            code: 'target.out-of-range',
            message: expect.stringContaining('580'),
            places: [
              { file: 'targets.csv', row: 16, field: 'value' },
              { file: 'indicators.yaml', row: expect.any(Number), field: 'unitOfMeasure' },
            ],
          },
          { id: earlyId },
        ],
      },
    });
  });

  it('says nothing of acceptance where there was nothing to accept', async () => {
    await engine.start();
    await engine.submissions.submit(plausibleFolder(), undefined, { accepted: [shareId], by: accepter });
    await engine.caughtUp();
    const [{ body } = { body: undefined }] = await engine.views.list(submissionProjection, '');
    expect(body).toMatchObject({ by: '装载员', received: { warnings: [] } });
    expect(body).not.toHaveProperty('accepted');
  });

  it('is asked about mistakes first', async () => {
    const wrong = plausibleFolder(share, ['history.csv', '05,990000,2022,60,', '05,990099,2022,60,']);
    expect(await refused(wrong)).toEqual(['submission.refused', undefined]);
  });
});

describe('what stands in the plan already', () => {
  const more = `2024-02-01,city-1,上报,07,990000,2023,94,,,,,年报,,,,\n`;

  it('is not warned of again, when a row is added', async () => {
    await engine.submissions.submit(folder, undefined, { accepted: [shareId, earlyId] });
    const longer = { ...folder, 'history.csv': folder['history.csv']! + more };
    expect(await engine.submissions.submit(longer)).toMatchObject({ events: 1, warnings: [] });
  });

  it('does not keep a new row from being warned of', async () => {
    await engine.submissions.submit(folder, undefined, { accepted: [shareId, earlyId] });
    const longer = { ...folder, 'history.csv': folder['history.csv']! + more.replace('94', '194') };
    expect(await refused(longer)).toEqual(['submission.warnings', 'figure.over-whole:07/990000/2023']);
  });
});

it('a load that was cut off is finished without asking again', async () => {
  const clock = new MovingClock();
  const [log, store, files] = [new MemoryEventLog({ clock }), new MemoryVersionedStore(), new MemoryFileStore()];
  let appends = 0;
  const dying = meddled(log, {
    append: async (...input) => {
      if (appends++ >= 3) throw new EventLogUnavailable('killed');
      return log.append(...input);
    },
  });
  const cut = memoryEngine({ clock, store, files, log: dying });
  const accepted = { accepted: [shareId, earlyId], by: accepter };
  await expect(cut.submissions.submit(folder, undefined, accepted)).rejects.toThrow('killed');
  const next = memoryEngine({ clock, log, store, files });
  await next.start();
  expect(await next.submissions.finishInterrupted()).toBe(1);
  await next.caughtUp();
  const [{ body } = { body: undefined }] = await next.views.list(submissionProjection, '');
  expect(body).toMatchObject({ standing: 'applied', accepted: { by: '张三' } });
  expect(body!.received.warnings.map(({ id }) => id)).toEqual([shareId, earlyId]);
  await next.close();
});

describe('the same row twice', () => {
  const again = (file: string, text: string, row: string) => ({ [file]: text.replace(row, `${row}\n${row}`) });

  it.each([
    ['history.csv', '2023-02-01,city-1,上报,05,990000,2022,60,,,,,年报,,,,'],
    ['targets.csv', '01,990000,2025,58,'],
    ['projects.csv', 'P02-2,990001,甲县公墓二区,implementing,new,,2022,2024,2000,,,P02,,,,,'],
    ['progress.csv', '2022-10-10,city-1,项目调整,P01,,,,,,,2024-06,汛期,月报,'],
    ['actors.csv', 'city-1,市局填报员,990000,reporter;backfill'],
  ])('in %s is warned of once, with both rows', async (file, row) => {
    const files = plausibleFolder();
    const at = files[file]!.split('\n').indexOf(row) + 1;
    await expectWarning({ ...files, ...again(file, files[file]!, row) }, `folder.row-twice:${file}/${at + 1}`, [
      [file],
      [file],
    ]);
  });

  it('in a list of a YAML file is warned of too', async () => {
    const unit = `  - { code: '990004', name: 丁县, level: county, parent: '990000' }`;
    await expectWarning(
      { ...plausibleFolder(), ...again('plan.yaml', plausibleFolder()['plan.yaml']!, unit) },
      'folder.row-twice:plan.yaml/20',
      [['plan.yaml'], ['plan.yaml']],
    );
  });

  it('in a table that the plan keeps whole', async () => {
    const terms = 'number,term,gist,line\n1,康养联合体,整合康复的机构,260\n1,康养联合体,整合康复的机构,260\n';
    await expectWarning({ ...plausibleFolder(), 'glossary.csv': terms }, 'folder.row-twice:glossary.csv/3', [
      ['glossary.csv'],
      ['glossary.csv'],
    ]);
  });
});

it('a mistake with many consequences is listed shortly, and accepted by what is listed', async () => {
  const files = plausibleFolder();
  const projects = Array.from(
    { length: 60 },
    (_, at) => `Q${at},990000,项目${at},implementing,new,,1990,1995,9000,,,,,,,,`,
  );
  const many = { ...files, 'projects.csv': `${files['projects.csv']}${projects.join('\n')}\n` };
  const warnings = await warningsIn(many);
  expect(warnings).toHaveLength(20);
  expect(warnings.at(-1)).toMatchObject({ id: 'project.outside-plan:rest' });
  expect(warnings.at(-1)!.message).toContain('另有 41 处');
  const accepted = warnings.map(({ id }) => id);
  expect(await engine.submissions.submit(many, undefined, { accepted })).toMatchObject({ plan: 'plausible-2021-2025' });
});

describe('nothing is warned of in', () => {
  it.each([
    ['the plan of 丽水 and its demonstration data', [seedFiles(lishui), seedFiles(`${lishui}-demo`)]],
    ['a plan of quite another kind', [readFolder('test/plans/river-province')]],
    ['a national plan of fiscal years with a merger', islandFolders()],
    [
      'the examples of the documentation',
      ['village-water', 'village-water-figures'].map((name) => readFolder(`docs/examples/${name}`)),
    ],
  ])('%s', async (_, folders) => {
    const before: FolderContent[] = [];
    for (const files of folders) {
      expect(await warningsIn(files, ...before)).toEqual([]);
      before.push(files);
    }
  });
});
