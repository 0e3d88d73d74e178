import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { operatorKey } from '../support/operator.js';
import { startProgram, tongjianIn } from '../support/program.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

/** `tongjian mcp`, as a desktop assistant starts it. */

let folder: TemporaryFolder;
let running: Awaited<ReturnType<typeof startProgram>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  running = await startProgram(folder.path('data'));
}, 120_000);
afterAll(async () => {
  running.child.kill();
  await folder.remove();
});

const plan = 'lishui-civil-affairs-2021-2025';

async function assistant(env: Record<string, string> = {}): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const args = ['bundle/cli.js', '--data', folder.path('data'), 'mcp'];
  const environment = { ...process.env, NODE_OPTIONS: '', TONGJIAN_OPERATOR_KEY: operatorKey, ...env };
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env: environment }));
  return client;
}

it('passes calls on to the server of the data folder, several at once', async () => {
  const client = await assistant();
  expect((await client.listTools()).tools).toHaveLength(7);
  const periods = ['2021', '2022', '2023'];
  const answers = await Promise.all(
    periods.map((period) => client.callTool({ name: 'overview', arguments: { plan, period } })),
  );
  expect(answers.map(({ structuredContent }) => structuredContent)).toMatchObject(
    periods.map((period) => ({ plan, period, mark: '示例数据' })),
  );
  await client.close();
});

it('says in an error of the protocol that a token is not let in', async () => {
  await expect(assistant({ TONGJIAN_SERVER: running.url, TONGJIAN_TOKEN: 'tjt_wrong' })).rejects.toThrow(
    'access.ended',
  );
});

it('ends with a line and an exit code where a server is named without a token', async () => {
  const { code, out, err } = await tongjianIn({ TONGJIAN_SERVER: running.url }, folder.path('data'), 'mcp');
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('TONGJIAN_TOKEN');
});
