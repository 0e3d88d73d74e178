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

const plan = '/p/small';

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
const detail = () => page.getByTestId('thing');

async function open(address: string): Promise<void> {
  await page.goto(`${server.url}${plan}${address}`);
  await page.locator('[data-settled=true]').first().waitFor();
  await page.locator('[data-settled=false]').first().waitFor({ state: 'detached' });
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
    await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '重大项目' }).click();
    await expectText(section(), /项目数\s*2\s*个/);
    await expectText(section(), /打包项目（P01）计为 1 个.*按子项计：3 个/);
    const project = thing('projects/P01');
    await expectText(project, '停工');
    await expectText(project, '征地');
    await expectText(project, /20\.0%\s*序时/);
    await expectText(project, '4800 （48.0%）');
    await expectText(project, '资金超前');
    expect(new URL(page.url()).search).toBe(stopped);

    await project.getByRole('link').click();
    await expectText(detail(), '停工的事由 征地');
    await expectText(detail(), '规划文本第 372 行');
    await expectText(detail(), '2022-2023年');
    const trail = detail().getByTestId('trail');
    await expectText(trail.locator('tr[data-event=InvestmentCorrected]'), /5000 万元 →\s*4800 万元[^]*误含土地款/);
    await expectText(trail.locator('tr[data-event=ProjectSuspended]'), /莲都填报员[^]*征地/);
    expect(await trail.locator('tr[data-event=ProjectResumed]').count()).toBe(0);
  });

  it('is shown as resumed as known today, with its later completion date', async () => {
    await open(`/projects/P01${today}`);
    await expectText(detail(), /状态\s*在建/);
    await expectText(detail(), '竣工由 2023 改为 2024-06：汛期');
    await detail().getByTestId('trail').locator('tr[data-event=ProjectResumed]').waitFor();

    await detail().getByRole('link', { name: 'P01-1 一期' }).click();
    await page.waitForURL(/\/projects\/P01-1\?/);
    await expectText(detail(), /所属打包项目\s*P01 康养中心/);
  });

  it('can be found by name', async () => {
    await open(`/projects${today}`);
    await thing('projects/P01').waitFor();
    await section().getByLabel('项目、编号、建设单位').fill('公墓');
    await thing('projects/P01').waitFor({ state: 'detached' });
    await expectText(thing('projects/P02'), '谋划类');
    await expectText(thing('projects/P02'), '原文疑点 2');
    // What is filtered is in the address, and so in a link.
    expect(new URL(page.url()).searchParams.get('q')).toBe('公墓');
    await page.reload();
    await thing('projects/P02').waitFor();
    expect(await thing('projects/P01').count()).toBe(0);
  });
});

describe('the rest of the plan', () => {
  it('links a promise that repeats a main indicator to that indicator', async () => {
    await open(`/promises${today}`);
    const repeated = thing('promises/T09');
    await expectText(repeated, '任务目标与该指标相同');
    await expectText(thing('promises/T06'), /14300[^]*已实现/);
    await repeated.getByRole('link', { name: '主要指标 03' }).click();
    await page.waitForURL(/\/indicators\/03/);
    await expectText(page.getByTestId('indicator'), '康养联合体数');
  });

  it('shows the warnings that were accepted when it was loaded, by whom, and not before that day', async () => {
    const accepted = section().locator('tr[data-warning="project.package-sum:P01"]');
    await open('/findings?period=2024');
    await expectText(accepted, /10000 万元[^]*9000 万元[^]*projects\.csv 第 2 行[^]*装载员/);
    await open('/findings?period=2024&asOf=2024-06-30');
    await thing('findings/I02').waitFor();
    await accepted.waitFor({ state: 'detached' });
  });

  it('shows a policy with its versions, an overdue task, and the answers to a finding', async () => {
    await open('/policies?period=2024');
    await expectText(thing('policies/R01'), /示例〔2024〕6号[^]*按期/);
    await thing('policies/R01').getByRole('link').click();
    await expectText(detail(), /第 1 版[^]*示例〔2022〕18号[^]*第 2 版[^]*示例〔2024〕6号/);

    await open('/tasks?period=2024');
    await expectText(thing('tasks/D01'), '逾期');

    await open('/findings?period=2024');
    await expectText(section().locator('tr[data-check="task-overdue D01"]'), '编制服务清单');
    await expectText(thing('findings/I02'), /已办结[^]*已重述/);
    await section().getByRole('link', { name: '任务目标 T01' }).click();
    await expectText(detail(), /有关的问题与核查[^]*目标低于基数/);
  });
});
