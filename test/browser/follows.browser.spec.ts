import { signInAsAuditor } from './people.js';
import { browserSuite } from './suite.js';
import { settled } from './chromium.js';

const its = browserSuite();
const plan = '/p/lishui-civil-affairs-2021-2025';

it('follows an indicator on its page, and finds its latest change on the desk', async () => {
  const { page } = its;
  await signInAsAuditor(page.context(), its.server);
  await page.goto(`${its.server.url}/`);
  const list = page.getByTestId('follows');
  await list.getByText('还没有关注').waitFor();

  await page.goto(`${its.server.url}${plan}/indicators/02`);
  await page.getByRole('button', { name: '关注', exact: true }).click();
  await page.getByRole('button', { name: '已关注', pressed: true }).waitFor();

  await page.goto(`${its.server.url}/`);
  await list.getByRole('link', { name: /^02 / }).click();
  await page.getByTestId('indicator').waitFor();
  await settled(page);
  await page.getByRole('button', { name: '已关注' }).click();
  await page.getByRole('button', { name: '关注', exact: true, pressed: false }).waitFor();
  await page.goto(`${its.server.url}/`);
  await list.getByText('还没有关注').waitFor();
});
