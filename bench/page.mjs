/* global addEventListener, cancelAnimationFrame, document, requestAnimationFrame */
// node bench/page.mjs <address of a running demonstration>
// Measures the page in Chromium as an evaluator: the bytes of the first load of the overview over the wire, with all
// that it fetches; the time from a step of the date to the painted overview, for days that were visited and not; and the
// frames while the date is dragged.
import { chromium } from 'playwright-core';

const [home = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const plan = '/p/lishui-civil-affairs-2021-2025';
const steps = 20;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
const page = await context.newPage();
await page.goto(home);
await page.evaluate(() => fetch('/api/demonstration/evaluator/session', { method: 'POST' }));

// A browser that has nothing of the page, and waits for nothing of it.
await page.goto('about:blank');
const client = await context.newCDPSession(page);
await client.send('Network.enable');
await client.send('Network.clearBrowserCache');
const received = new Map();
client.on('Network.responseReceived', ({ requestId, response }) => received.set(requestId, { url: response.url }));
client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
  const request = received.get(requestId);
  if (request) request.bytes = encodedDataLength;
});
await page.goto(`${home}${plan}`);
await settled();
await page.waitForLoadState('networkidle').catch(() => undefined);
const loaded = [...received.values()].filter(({ bytes }) => bytes !== undefined);
const sum = (some) => some.reduce((total, { bytes }) => total + bytes, 0);
const answers = loaded.filter(({ url }) => url.includes('/api/'));
console.log(`first load: ${kB(sum(loaded))} in ${loaded.length} requests, of which answers ${kB(sum(answers))}`);

// Other days first: a server that answers people has been running for a while.
await page.goto(`${home}${plan}?period=2023&asOf=2024-01-31`);
await settled();
await timesOf('ArrowRight');
await page.goto(`${home}${plan}?period=2022&asOf=2022-06-30`);
await settled();
const first = await timesOf('ArrowRight');
const again = await timesOf('ArrowLeft');
console.log(`a step of the date, first visit: ${percentiles(first)}`);
console.log(`a step of the date, visited: ${percentiles(again)}`);
console.log(`dragging the date: ${await dragging()}`);
await browser.close();

/**
 * Drags the date over half of its line and back, and tells the frames a second, the longest frame of the 95 % shorter
 * ones, and on how many days the overview of that day was shown.
 */
async function dragging() {
  const { x, y, width, height } = await page.locator('input[type=range]').boundingBox();
  const at = (share) => [x + width * share, y + height / 2];
  await page.mouse.move(...at(0.3));
  await page.mouse.down();
  // What is dragged over is fetched from here on.
  await page.waitForTimeout(3_000);
  await page.evaluate(() => {
    globalThis.frames = [];
    globalThis.days = new Set();
    let last = performance.now();
    const frame = (now) => {
      globalThis.frames.push(now - last);
      last = now;
      const isThere = !document.querySelector('.catching-up, [data-settled=false]');
      if (isThere) globalThis.days.add(document.querySelector('.page-note')?.textContent);
      globalThis.framing = requestAnimationFrame(frame);
    };
    globalThis.framing = requestAnimationFrame(frame);
  });
  const moves = 100;
  for (let move = 0; move <= moves; move++) {
    await page.mouse.move(...at(0.3 + 0.5 * Math.sin((Math.PI * move) / moves)));
  }
  await page.mouse.up();
  const { frames, days } = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.framing);
    return { frames: globalThis.frames, days: globalThis.days.size };
  });
  const sorted = frames.toSorted((a, b) => a - b);
  const total = frames.reduce((sum, each) => sum + each, 0);
  const long = sorted[Math.floor(sorted.length * 0.95)];
  return `${((1000 * frames.length) / total).toFixed(0)} frames a second, 95 % within ${long.toFixed(0)} ms, ${days} days shown`;
}

async function timesOf(key) {
  await page.locator('input[type=range]').focus();
  // A person does not press the key at the moment at which the line is chosen.
  await page.waitForTimeout(500);
  const times = [];
  for (let step = 0; step < steps; step++) times.push(await timeOf(key));
  return times;
}

/** Milliseconds from the key to the second frame after the overview of the new day is in the page. */
async function timeOf(key) {
  await page.evaluate(() => {
    const before = document.querySelector('.page-note')?.textContent;
    globalThis.step = new Promise((resolve) => {
      const begin = () => {
        const start = performance.now();
        const look = () => {
          const isNew = document.querySelector('.page-note')?.textContent !== before;
          const isThere = !document.querySelector('.catching-up, [data-settled=false]');
          requestAnimationFrame(isNew && isThere ? () => resolve(performance.now() - start) : look);
        };
        look();
      };
      addEventListener('keydown', begin, { once: true, capture: true });
    });
  });
  await page.keyboard.press(key);
  return page.evaluate(() => globalThis.step);
}

async function settled() {
  await page.locator('[data-settled=true]').first().waitFor();
  await page.locator('[data-settled=false]').first().waitFor({ state: 'detached' });
}

function percentiles(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))])} ms`;
  return `median ${at(0.5)}, 95th percentile ${at(0.95)}`;
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
