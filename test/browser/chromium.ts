import { chromium, type Browser, type Page, type Request } from 'playwright-core';

/** Launches Chromium, with its background network access turned off. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

const reportViolations = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('policy violated: ' + event.violatedDirective + ' ' + event.blockedURI));`;

/**
 * Chromium logs every 404, and every stream that is cut. The 404 for the trail of a figure that was never reported is
 * expected, and so is the end of the stream of changes when access ends.
 */
const isExpected = (problem: string) =>
  /status of 404 .*\/figures\/[^ ]+\/trail/.test(problem) ||
  /ERR_INCOMPLETE_CHUNKED_ENCODING .*\/changes/.test(problem);

/** Requests of a page that have not ended; the stream of changes is none of them, since it never ends. */
const unended = new WeakMap<Page, Set<Request>>();

const frames = 'new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))';

/** Waits until the page is there, fetches nothing, and no part of it waits. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  const requests = unended.get(page)!;
  const waiting = page.locator('.ant-skeleton, .ant-spin-spinning, [aria-busy=true], [data-settled=false]');
  // What has come is drawn within two frames, and may begin to fetch: so it is asked again after them.
  let isQuiet = false;
  while (!isQuiet) {
    await waiting.first().waitFor({ state: 'detached' });
    const before = requests.size;
    await page.evaluate(frames);
    isQuiet = before === 0 && requests.size === 0 && (await waiting.count()) === 0;
  }
  await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished))');
}

export interface WatchedPage {
  readonly page: Page;
  /** Problems so far: console errors and warnings, policy violations, uncaught errors, and requests to other hosts. */
  readonly problems: string[];
}

export async function openPage(
  browser: Browser,
  home: string,
  size = { width: 1440, height: 900 },
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: size,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // What is clicked while it still moves is missed on a busy machine.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      const problem = `${message.type()}: ${message.text()} ${message.location().url}`;
      if (!isExpected(problem)) problems.push(problem);
    }
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(home) && !/^(data|blob):/.test(request.url())) {
      problems.push(`request to another host: ${request.url()}`);
    }
  });
  const requests = new Set<Request>();
  unended.set(page, requests);
  page.on('request', (request) => request.resourceType() === 'eventsource' || requests.add(request));
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
  await page.addInitScript({ content: reportViolations });
  return { page, problems };
}
