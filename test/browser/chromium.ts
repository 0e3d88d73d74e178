import { chromium, type Browser, type Page } from 'playwright-core';

/** A real browser, with nothing of it reaching out to the network. */
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

/** Chromium itself reports every 404; that of a figure which was never reported is the answer: its trail is empty. */
const isEmptyTrail = (complaint: string) => /status of 404 .*\/figures\/[^ ]+\/trail/.test(complaint);

export interface Watched {
  readonly page: Page;
  /** What went wrong in the page so far: errors on the console, refused by the policy, or asked of another host. */
  readonly complaints: string[];
}

export async function openPage(browser: Browser, home: string, size = { width: 1440, height: 900 }): Promise<Watched> {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      const complaint = `${message.type()}: ${message.text()} ${message.location().url}`;
      if (!isEmptyTrail(complaint)) complaints.push(complaint);
    }
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(home) && !/^(data|blob):/.test(request.url())) {
      complaints.push(`reaches out: ${request.url()}`);
    }
  });
  await page.addInitScript({ content: reportViolations });
  return { page, complaints };
}
