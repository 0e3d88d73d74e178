import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { startTestServer, type TestServer } from '../support/server.js';
import { openChromium, openPage, type WatchedPage } from './chromium.js';

const built = new URL('../../web/dist/index.html', import.meta.url);

interface Suite {
  readonly server: TestServer;
  readonly browser: Browser;
  /** The page of the test that runs, in a context of its own. */
  readonly page: Page;
  /** Problems of the page so far; a test takes out what it expects. */
  readonly problems: string[];
}

interface Options {
  /** How the server is started; by default with the plan of Lishui and its demonstration data. */
  readonly start?: () => Promise<TestServer>;
  /** Chromium itself reports refusals; set where they are the answer that is tested. */
  readonly refuses?: true;
}

/** A server and a browser for all tests of a file, and a new page for each, which fails the test by any problem of its own. */
export function browserSuite({ start = startTestServer, refuses }: Options = {}): Suite {
  let [server, browser]: [TestServer?, Browser?] = [];
  let watched: WatchedPage | undefined;
  beforeAll(async () => {
    if (!existsSync(built)) throw new Error('web/dist is missing: run `npm run build` first');
    [server, browser] = await Promise.all([start(), openChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    watched = await openPage(browser!, server!.url);
    Object.assign(globalThis, { pageOfTest: () => watched?.page });
  });
  afterEach(async () => {
    await watched!.page.context().close();
    const problems = watched!.problems.filter((problem) => !refuses || !/status of 4\d\d /.test(problem));
    expect(problems).toEqual([]);
  });
  return {
    get server() {
      return server!;
    },
    get browser() {
      return browser!;
    },
    get page() {
      return watched!.page;
    },
    get problems() {
      return watched!.problems;
    },
  };
}
