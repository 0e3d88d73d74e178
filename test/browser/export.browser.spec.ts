import { readFile } from 'node:fs/promises';
import { signInAsAuditor } from './people.js';
import { browserSuite } from './suite.js';

const its = browserSuite();

async function downloaded(item: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await its.page.getByRole('button', { name: '导出' }).click();
  const [download] = await Promise.all([
    its.page.waitForEvent('download'),
    its.page.getByRole('menuitem', { name: item }).getByRole('link').click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

it('what is shown is downloaded as of its moment', async () => {
  await signInAsAuditor(its.page.context(), its.server);
  await its.page.goto(`${its.server.url}/p/lishui-civil-affairs-2021-2025?period=2022&asOf=2023-06-30`);
  await its.page.getByRole('heading', { level: 1 }).waitFor();
  const figures = await downloaded('数值与目标（SDMX-CSV）');
  expect(figures.name).toBe('lishui-civil-affairs-2021-2025.sdmx.csv');
  const { text } = await its.server.get(`${its.server.plan}/interchange/sdmx-csv?asOf=2023-06-30`);
  expect(figures.bytes.toString()).toBe(text);
  const whole = await downloaded('数据包（ZIP）');
  expect(whole.name).toBe('lishui-civil-affairs-2021-2025.zip');
  expect(whole.bytes.subarray(0, 2).toString()).toBe('PK');
});
