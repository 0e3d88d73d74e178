import { browserSuite } from './suite.js';
const suite = browserSuite({});
it('fails so', async () => {
  await suite.page.goto(suite.server.url);
  await suite.page.getByText('没有这样的').waitFor({ timeout: 3000 });
});
