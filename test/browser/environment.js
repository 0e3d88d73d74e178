import { mkdirSync } from 'node:fs';
import { TestEnvironment } from 'jest-environment-node';

const folder = 'node_modules/.cache/browser-failures';

/**
 * Adds to the failure of a browser test what its page said, and keeps a picture of it: a failure that is seen once in
 * many runs can be understood from its own report.
 */
export default class BrowserEnvironment extends TestEnvironment {
  async handleTestEvent({ name, test, error }) {
    const page = this.global.pageOfTest?.();
    if (name !== 'test_fn_failure' || !page || !(error instanceof Error || error?.message)) return;
    const path = `${folder}/${test.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.png`;
    mkdirSync(folder, { recursive: true });
    try {
      await page.screenshot({ path, timeout: 10_000 });
      const said = await page.locator('body').innerText({ timeout: 10_000 });
      error.stack = `${error.stack}\n\nThe page ${page.url()} (${path}) said:\n${said.slice(0, 3000)}`;
    } catch (reason) {
      error.stack = `${error.stack}\n\nThe page could not be read: ${reason}`;
    }
  }
}
