// node bench/memory.mjs <address of a running demonstration> [minutes]
// Uses the page in Chromium as an evaluator for some minutes, ten unless told: moves the date, and opens page after page
// without loading anew. Prints the memory that script holds after each round, once what nobody refers to is collected.
import { chromium } from 'playwright-core';

const [home = 'http://127.0.0.1:3000', minutes = '10'] = process.argv.slice(2);
const until = Date.now() + Number(minutes) * 60_000;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
const page = await context.newPage();
await page.goto(home);
await page.evaluate(() => fetch('/api/demonstration/evaluator/session', { method: 'POST' }));
await page.goto(`${home}/p/lishui-civil-affairs-2021-2025?period=2022&asOf=2022-06-30`);
const client = await context.newCDPSession(page);
await client.send('HeapProfiler.enable');

const held = [];
for (let round = 0; Date.now() < until; round++) {
  await use(round);
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  held.push(usedSize / 1e6);
  if (round % 5 === 0) console.log(`round ${round}: ${held.at(-1).toFixed(1)} MB`);
}
await browser.close();

// The first quarter fills what is kept for a while: answers, and the parts of the page.
const [first, last] = [held.slice(held.length / 4, held.length / 2), held.slice((3 * held.length) / 4)].map(median);
console.log(
  `${held.length} rounds: ${first.toFixed(1)} MB in the second quarter, ${last.toFixed(1)} MB in the last, ` +
    `${(last / first).toFixed(2)} ×`,
);

/** Ten steps of the date, another one in each round, and each page of the menu. */
async function use(number) {
  const line = page.locator('input[type=range]');
  await line.focus();
  for (let step = 0; step < 10; step++) {
    await page.keyboard.press((number >> 2) % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
    await settled();
  }
  const links = page.getByRole('navigation', { name: '主菜单' }).getByRole('link');
  for (let at = 0; at < (await links.count()); at++) {
    await links.nth(at).click();
    await settled();
  }
  await links.filter({ hasText: '总览' }).click();
  await settled();
}

async function settled() {
  await page.locator('h1').first().waitFor();
  await page.locator('.ant-skeleton, [data-settled=false]').first().waitFor({ state: 'detached' });
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
