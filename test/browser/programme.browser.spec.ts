import type { Browser, Locator, Page } from 'playwright-core';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';
import { run, type Running } from '../../src/start.js';
import { programmeFolder, programmeWarnings } from '../support/programme-folder.js';
import { openChromium, openPage, type WatchedPage } from './chromium.js';
import { signInAsAuditor } from './people.js';

// Tests run on the built page: run `npm run build -w web` first.
const built = existsSync(new URL('../../web/dist/index.html', import.meta.url));

/** A day on which the project was known to be suspended. */
const stopped = '?period=2022&asOf=2022-11-15';
/** As known today: the project was resumed within the year. */
const today = '?period=2022';

let data: string;
let server: Running;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  if (!built) throw new Error('web/dist is missing: run `npm run build -w web` first');
  data = mkdtempSync(join(tmpdir(), 'tongjian-programme-'));
  [server, browser] = await Promise.all([run(readConfig({}, { port: 0, data, demo: false })), openChromium()]);
  await server.engine.submissions.submit(programmeFolder(), undefined, programmeWarnings);
  await server.engine.caughtUp();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(data, { recursive: true, force: true });
});

beforeEach(async () => {
  watched = await openPage(browser, server.url);
  ({ page } = watched);
  await signInAsAuditor(page.context(), server);
});

afterEach(async () => {
  await page.context().close();
  expect(watched.problems).toEqual([]);
});

const section = () => page.getByTestId('programme');
const thing = (address: string): Locator => section().locator(`tr[data-thing="${address}"]`);
const drawer = () => page.getByTestId('thing');

async function open(query: string): Promise<void> {
  await page.goto(`${server.url}/${query}`);
  await page.locator('[data-settled=true]').waitFor();
}

/** Waits for a text; on a timeout fails with the actual text. */
async function expectText(place: Locator, text: string | RegExp): Promise<void> {
  try {
    await place.filter({ hasText: text }).first().waitFor();
  } catch {
    expect(await place.first().innerText()).toMatch(text);
  }
}

describe('a project, as known on a day', () => {
  it('is shown as suspended, with the reason, its warning and its audit trail', async () => {
    await open(stopped);
    await section()
      .getByRole('tab', { name: /重大项目/ })
      .click();
    await expectText(section(), /项目\s*2\s*个/);
    await expectText(section(), /打包项目（P01）计为 1 个.*按子项计：3 个/);
    const project = thing('projects/P01');
    await expectText(project, '停工');
    await expectText(project, '征地');
    await expectText(project, /20\.0%\s*序时/);
    await expectText(project, '4800 （48.0%）');
    await expectText(project, '资金超前');
    expect(new URL(page.url()).searchParams.get('tab')).toBe('projects');

    await project.getByRole('button').click();
    await expectText(drawer(), '停工事由 征地');
    await expectText(drawer(), '规划文本第 372 行');
    await expectText(drawer(), '2022-2023年');
    const trail = drawer().getByTestId('trail');
    await expectText(trail.locator('tr[data-event=InvestmentCorrected]'), /5000 万元 →\s*4800 万元[^]*误含土地款/);
    await expectText(trail.locator('tr[data-event=ProjectSuspended]'), /莲都填报员[^]*征地/);
    expect(await trail.locator('tr[data-event=ProjectResumed]').count()).toBe(0);
  });

  it('is shown as resumed as known today, with its later completion date', async () => {
    await open(`${today}&thing=projects/P01`);
    await expectText(drawer(), /状态\s*在建/);
    await expectText(drawer(), '竣工由 2023 改为 2024-06：汛期');
    await drawer().getByTestId('trail').locator('tr[data-event=ProjectResumed]').waitFor();

    await drawer().getByRole('button', { name: 'P01-1 一期' }).click();
    await page.waitForURL(/thing=projects\/P01-1/);
    await expectText(drawer(), /所属打包项目\s*P01 康养中心/);
  });

  it('can be found by name', async () => {
    await open(`${today}&tab=projects`);
    await thing('projects/P01').waitFor();
    await section().getByLabel('项目、编号、建设单位').fill('公墓');
    await thing('projects/P01').waitFor({ state: 'detached' });
    await expectText(thing('projects/P02'), '谋划类');
    await expectText(thing('projects/P02'), '原文疑点 2');
  });
});

describe('the rest of the plan', () => {
  it('links a promise that repeats a main indicator to that indicator', async () => {
    await open(today);
    const repeated = thing('promises/T09');
    await expectText(repeated, '承诺与该指标相同');
    await expectText(thing('promises/T06'), /14300[^]*已兑现/);
    await repeated.getByRole('button', { name: '主要指标 03' }).click();
    await page.waitForURL(/indicator=03/);
    await expectText(page.getByRole('dialog'), '康养联合体数');
  });

  it('shows the warnings that were accepted when it was loaded, by whom, and not before that day', async () => {
    const accepted = section().locator('tr[data-warning="project.package-sum:P01"]');
    await open('?period=2024&tab=findings');
    await expectText(accepted, /10000 万元[^]*9000 万元[^]*projects\.csv 第 2 行[^]*装载员/);
    await open('?period=2024&tab=findings&asOf=2024-06-30');
    await thing('findings/I02').waitFor();
    await accepted.waitFor({ state: 'detached' });
  });

  it('shows a policy with its versions, an overdue task, and the answers to a finding', async () => {
    await open('?period=2024&tab=policies');
    await expectText(thing('policies/R01'), /示例〔2024〕6号[^]*按期/);
    await thing('policies/R01').getByRole('button').click();
    await expectText(drawer(), /第 1 版[^]*示例〔2022〕18号[^]*第 2 版[^]*示例〔2024〕6号/);

    await open('?period=2024&tab=tasks');
    await expectText(thing('tasks/D01'), '逾期');

    await open('?period=2024&tab=findings');
    await expectText(section().locator('tr[data-check="task-overdue D01"]'), '编制服务清单');
    await expectText(thing('findings/I02'), /已办结[^]*已重述/);
    await section().getByRole('button', { name: '承诺 T01' }).click();
    await expectText(drawer(), /有关的问题与核查[^]*目标低于基数/);
  });
});
