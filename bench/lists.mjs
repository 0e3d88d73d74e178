/* global document, requestAnimationFrame, scrollBy */
// npm run build && node bench/lists.mjs [rows]
// Starts a demonstration of its own with a made-up plan of so many tasks (10,000), scrolls their list in Chromium as an
// evaluator, and prints the time of each answer, of each frame, the rows that are drawn, and the memory of the page.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { PlanShape } from './data.mjs';

const rows = Number(process.argv[2] ?? 10_000);
const program = fileURLToPath(new URL('../bundle/cli.js', import.meta.url));
const port = 3290;
const home = `http://127.0.0.1:${port}`;
const folder = mkdtempSync(join(tmpdir(), 'tongjian-lists-'));
const data = join(folder, 'data');
const shape = new PlanShape({ indicators: 3, units: 10, periods: 5 });

const server = spawn(process.execPath, [program, '--data', data, 'start', '--port', String(port)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let said = '';
server.stdout.on('data', (part) => (said += part));
try {
  await until(() => said.includes('已就绪'));
  const files = { ...shape.files(), 'tasks.csv': tasks() };
  const plan = mkdtempSync(join(tmpdir(), 'tongjian-lists-plan-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(plan, name), content);
  tongjian('load', plan, '--accept-warnings');
  const accounts = await (await fetch(`${home}/api/demonstration`)).json();
  const { person } = accounts.find(({ role }) => role === 'evaluator');
  tongjian('person', 'grant', person, 'evaluator', '--plan', shape.plan, '--reason', '性能测试');
  await measure();
  rmSync(plan, { recursive: true, force: true });
} finally {
  server.kill();
  await new Promise((ended) => server.once('exit', ended));
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--js-flags=--expose-gc', '--enable-precise-memory-info'],
  });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  const page = await context.newPage();
  const answers = [];
  page.on('requestfinished', async (request) => {
    if (!request.url().includes('/overview/tasks')) return;
    const { responseEnd } = request.timing();
    answers.push(responseEnd);
  });
  await context.request.post(`${home}/api/demonstration/evaluator/session`);
  await page.goto(`${home}/p/${shape.plan}/tasks`);
  await page.locator('tr[data-thing]').first().waitFor();
  const before = await memory(page);
  const { frames, drawn } = await page.evaluate(
    async (wanted) => {
      const times = [];
      let most = 0;
      let last = performance.now();
      let still = 0;
      for (let step = 0; step < wanted && still < 600; step++) {
        const top = document.documentElement.scrollTop;
        scrollBy(0, 400);
        await new Promise((next) => requestAnimationFrame(next));
        const now = performance.now();
        times.push(now - last);
        last = now;
        if (step % 20 === 0) most = Math.max(most, document.querySelectorAll('tr[data-thing]').length);
        still = document.documentElement.scrollTop === top ? still + 1 : 0;
      }
      return { frames: times, drawn: most };
    },
    Math.ceil((rows * 70) / 400) * 3,
  );
  const after = await memory(page);
  const end = await page.evaluate(() => document.documentElement.scrollHeight);
  console.log(`${rows} tasks, ${answers.length} answers: ${percentiles(answers)}`);
  console.log(`${frames.length} frames of 400 px each: ${percentiles(frames)}; at the end the page is ${end} px high`);
  console.log(`rows drawn at once: at most ${drawn}`);
  console.log(`memory of the page: ${before} MB before, ${after} MB after`);
  await browser.close();
}

async function memory(page) {
  const bytes = await page.evaluate(() => {
    globalThis.gc?.();
    return performance.memory.usedJSHeapSize;
  });
  return (bytes / 1e6).toFixed(1);
}

function tasks() {
  const lines = Array.from(
    { length: rows },
    (_, at) =>
      `D${String(at + 1).padStart(5, '0')},示例任务 ${at + 1},,,${shape.units[at % shape.units.length]},2025,,,`,
  );
  return `id,title,actionPlan,kind,owner,due,section,note,line\n${lines.join('\n')}\n`;
}

function tongjian(...args) {
  return execFileSync(process.execPath, [program, '--data', data, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

function percentiles(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))])} ms`;
  return `median ${at(0.5)}, 95th percentile ${at(0.95)}, longest ${at(1)}`;
}

async function until(holds) {
  while (!holds()) await new Promise((next) => setTimeout(next, 100));
}
