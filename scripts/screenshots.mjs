/* global document, localStorage */
// node scripts/screenshots.mjs [address of a running demonstration] [names of pictures]
// Opens a mid-term evaluation there, if there is none, and takes the pictures in docs/images with the demonstration accounts, in Chromium. Each has what docs/web.md says of it.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const [home = 'http://127.0.0.1:3000', ...names] = process.argv.slice(2);
const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));
const plan = '/p/lishui-civil-affairs-2021-2025';
const office = { width: 1366, height: 768 };
const tall = { width: 1366, height: 1500 };
const phone = { width: 390, height: 844 };

/** Name of the picture, role of the account, address, and how the window is. */
const pictures = [
  ['sign-in', undefined, '/'],
  ['overview', 'evaluator', `${plan}?period=2022&asOf=2023-06-30`],
  ['overview-today', 'leader', plan],
  ['overview-dark', 'leader', plan, { colorScheme: 'dark' }],
  ['overview-phone', 'leader', plan, { viewport: phone }],
  ['overview-english', 'leader', plan, { language: 'en' }],
  ['indicator', 'evaluator', `${plan}/indicators/02?period=2022`],
  ['matrix', 'evaluator', `${plan}/indicators?view=matrix&period=2022`],
  ['unit', 'leader', `${plan}/units/331121?period=2022`],
  ['projects', 'evaluator', `${plan}/projects`],
  ['desk-reporter', 'reporter', '/'],
  ['report-form', 'reporter', `${plan}/report/2025`],
  ['review', 'reviewer', `${plan}/review`],
  ['compare', 'evaluator', `${plan}/compare?left=2023-06-30&right=now&period=2022`],
  [
    'causes',
    'evaluator',
    `${plan}/compare?left=2023-06-30&right=now&period=2022&aspect=index&causes=shown`,
    { viewport: tall },
  ],
  ['warnings', 'leader', `${plan}/warnings?period=2023&asOf=2024-06-30`],
  ['anomalies', 'evaluator', `${plan}/anomalies`],
  ['appraisal', 'evaluator', `${plan}/appraisal?period=2022&of=331102`],
  ['follows', 'evaluator', '/'],
  ['what-if', 'evaluator', `${plan}/what-if?period=2022&unit=331102&changes=value:02/331102/2022=57.0`],
  ['evaluation', 'evaluation-lead', `${plan}/evaluations/midterm-2022`, { viewport: tall }],
  ['snapshot', 'evaluator', `${plan}/evaluations/midterm-2022/snapshots/1`],
  ['known-since', 'evaluator', `${plan}/evaluations/midterm-2022/snapshots/1/known-since`],
  ['sample', 'auditor', `${plan}/evaluations/midterm-2022/snapshots/1/sample`],
  ['audit', 'auditor', `${plan}/audit`],
  ['audit-event', 'auditor', `${plan}/audit/event/1000`],
  ['people', 'system-admin', '/admin/people'],
  ['roles', 'security-admin', '/admin/roles'],
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
await openMidterm();
const asked = pictures.filter(([name]) => names.length === 0 || names.includes(name));
for (const [name, role, address, { viewport = office, colorScheme = 'light', language = 'zh-CN' } = {}] of asked) {
  const context = await browser.newContext({
    ...{ viewport, colorScheme, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' },
  });
  await context.addInitScript((chosen) => localStorage.setItem('tongjian.language', chosen), language);
  const page = await context.newPage();
  if (role !== undefined) await page.request.post(`${home}/api/demonstration/${role}/session`);
  await page.goto(home + address);
  await page.locator('h1').first().waitFor();
  const waiting = '.ant-skeleton, .ant-spin-spinning, [aria-busy=true], [data-settled=false]';
  // One part may begin to fetch when another one is there.
  while ((await page.locator(waiting).count()) > 0) await page.locator(waiting).first().waitFor({ state: 'detached' });
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  await page.screenshot({ path: `${folder}${name}.png` });
  console.log(`${name}: ${await page.title()}`);
  await context.close();
}
await browser.close();

/**
 * The mid-term with its scheme, a snapshot and two verdicts on one indicator, and what the evaluator follows. What is there
 * already stays as it is.
 */
async function openMidterm() {
  const evaluation = `${home}/api/plans${plan.slice(2)}/evaluations/midterm-2022`;
  const context = await browser.newContext();
  const as = (role) => context.request.post(`${home}/api/demonstration/${role}/session`);
  const send = async (path, data) => {
    const answer = await context.request.post(`${evaluation}${path}`, { data, headers: { origin: home } });
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
  };
  await as('evaluation-lead');
  if ((await context.request.get(evaluation)).status() === 404) {
    await send('', {
      ...{ kind: 'midterm', period: '2022', asOf: '2023-06-30', basis: '规划“规划监测评估”一节' },
      purpose: '检查规划实施进展，提出后半期的调整意见',
      participants: [
        { standing: 'self', name: '各县（市、区）民政局' },
        { standing: 'experts', name: '示例专家组' },
      ],
    });
    await send('/snapshots', { asOf: '2023-06-30' });
    const verdict = { item: 'indicator/05/331102', scale: 'five' };
    await send('/verdicts', {
      ...verdict,
      standing: 'experts',
      step: 'severely-behind',
      ground: '联办事项接入不到一半',
    });
    await as('reporter');
    await send('/verdicts', { ...verdict, standing: 'self', step: 'nearly', ground: '系统已建成，年内接入' });
  }
  await as('evaluator');
  for (const followed of ['indicator/02', 'project/P01', 'unit/331102']) {
    await context.request.post(`${home}/api/plans${plan.slice(2)}/follows/${followed}`, { headers: { origin: home } });
  }
  await context.close();
}
