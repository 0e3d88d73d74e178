import { built } from '../engine.mjs';
import { emptyFolder, round, spread } from '../harness.mjs';

const { openEmbedded } = await built('engine');
const { composeOverview } = await built('overview/overview');
const { htmlReport } = await built('reports/html-report');
const { snapshotReport } = await built('reports/snapshot-report');
const { originOf } = await built('reports/word/origin');
const { paragraphsOf } = await built('reports/word/read-docx');
const { reconcile } = await built('reports/word/reconcile');
const { wordReport } = await built('reports/word/word-report');
const { zipped } = await built('interchange/zip');
const { publicSite } = await built('site/public-site');
const { indicatorHistory } = await built('overview/indicator-history');
const { observationsOf } = await built('interchange/observations');
const { readIndicators } = await built('indicators/read-indicators');
const { readPlan } = await built('plans/read-plan');
const { publicParts } = await built('plans/publication');
const { siteFiles } = await built('site/site-files');
const { readFolder } = await built('submissions/read-folder');

export const title =
  'Documents: the mid-term report of the whole Lishui plan, as page, as Word file and as public site';

const plan = 'lishui-civil-affairs-2021-2025';
const asOf = '2023-06-30T15:59:59.999Z';

export async function measure({ parent, quick }) {
  const engine = openEmbedded(emptyFolder(parent, 'documents'));
  await engine.start();
  for (const name of ['', '-demo']) await engine.submissions.submit(await readFolder(`seeds/${plan}${name}`));
  await engine.caughtUp(600_000);
  const overview = await composeOverview(engine.views, plan, '2022', { knownAt: asOf });
  const report = snapshotReport(...frozen(overview));
  const times = quick ? 1 : 5;
  const page = await seconds(() => htmlReport(report), times);
  let file;
  const word = await seconds(async () => (file = await wordReport(report, {})), times);
  let checked;
  const reconciled = await seconds(() => {
    const found = reconcile(report, originOf(file), paragraphsOf(file));
    if (found.deviations.length > 0) throw new Error(`${found.deviations.length} deviations`);
    checked = found.checked;
  }, times);
  let site;
  const published = await seconds(async () => {
    const source = await siteSource(engine.views, overview);
    site = siteFiles(publicSite(source, {}));
    zipped(site);
  }, times);
  await engine.close();
  return {
    rows: [
      { name: 'page written', seconds: page },
      { name: `Word file of ${Math.round(file.length / 1024)} KiB written`, seconds: word },
      { name: `${checked} numbers reconciled`, seconds: reconciled },
      { name: `public site of ${Object.keys(site).length} files, read and written`, seconds: published },
    ],
    goals: [
      { name: 'Word report', goal: '≤ 3 s', value: word, met: (value) => value <= 3 },
      { name: 'public site', goal: '≤ 10 s', value: published, met: (value) => value <= 10 },
    ],
  };
}

/** What a site is made of, with every part public; an evaluation is published before its site is read otherwise. */
async function siteSource(views, overview) {
  const [content, evaluation, entry] = frozen(overview);
  const moment = { knownAt: asOf };
  const histories = new Map();
  for (const { code } of overview.indicators) {
    histories.set(code, (await indicatorHistory(views, plan, code, '331100', moment)).points);
  }
  return {
    ...{ content, evaluation, entry, histories },
    publication: { parts: [...publicParts] },
    plan: await readPlan(views, plan, moment),
    indicators: await readIndicators(views, plan, moment),
    observations: await observationsOf(views, plan, moment),
  };
}

/** A snapshot as an evaluation without any entries has it. */
function frozen(overview) {
  const content = { format: 'tongjian-snapshot/1', kind: 'midterm', title: '中期评估', asOf, overview };
  const entry = { number: 1, by: '评估员', knownAt: asOf, position: '1', contentHash: '0'.repeat(64), size: 1 };
  const lists = [
    'findings',
    'recommendations',
    'checks',
    'verdicts',
    'conclusions',
    'surveys',
    'lessons',
    'adjustments',
  ];
  const empty = Object.fromEntries(lists.map((name) => [name, []]));
  return [content, { plan, id: 'midterm-2022', snapshots: [entry], ...empty, demo: true }, entry];
}

/** The median of the seconds, after one run that is not counted. */
async function seconds(work, times) {
  const used = [];
  for (let at = -1; at < times; at++) {
    const started = performance.now();
    await work();
    if (at >= 0) used.push((performance.now() - started) / 1000);
  }
  return round(spread(used).p50);
}
