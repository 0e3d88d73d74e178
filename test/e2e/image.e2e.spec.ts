import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { copiedIntoImage, healthCheck, imageSettings } from '../support/image.js';
import { fetchAsOperator, operatorKey } from '../support/operator.js';

/** A folder with the files of the image, in which the program runs as in a container, but without Docker. */
let folder: TemporaryFolder;
let app: string;
let child: ChildProcess | undefined;

beforeAll(async () => {
  folder = await temporaryFolder();
  app = folder.path('app');
  for (const { source, target } of copiedIntoImage()) {
    const place = join(app, target);
    await mkdir(dirname(place), { recursive: true });
    if (source === 'node_modules') await production(place);
    else await cp(source, place, { recursive: true });
  }
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await folder.remove();
});

/** Links the installed packages that are production dependencies. */
async function production(place: string): Promise<void> {
  const { dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as { dependencies: object };
  for (const name of Object.keys(dependencies)) {
    await mkdir(dirname(join(place, name)), { recursive: true });
    await symlink(resolve('node_modules', name), join(place, name));
  }
}

const inImage = (command: readonly string[], settings: Readonly<Record<string, string>>): ChildProcess =>
  spawn(command[0] === 'node' ? process.execPath : command[0]!, command.slice(1), {
    cwd: app,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, ...imageSettings(), ...settings },
  });

it('has all files that the program needs, passes its health check, and stops on SIGTERM', async () => {
  const before = await readdir(app, { recursive: true });
  // A data folder in place of the volume, and any free port.
  const running = (child = inImage(['node', 'bundle/cli.js', 'start', '--no-demo'], {
    TONGJIAN_DATA: folder.path('data'),
    // The image listens on all addresses: what is in front of it is declared.
    TONGJIAN_PROXY: 'tls',
    TONGJIAN_OPERATOR_KEY: operatorKey,
    PORT: '0',
  }));
  let url: string | undefined;
  for await (const line of createInterface({ input: running.stdout! })) {
    url = /^已就绪：(http:\S+)/.exec(line)?.[1];
    if (url !== undefined) break;
  }
  running.stdout!.resume();
  const page = await (await fetchAsOperator(`${url}/`)).text();
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1];
  expect((await fetchAsOperator(`${url}${script}`)).status).toBe(200);
  const plans = (await (await fetchAsOperator(`${url}/api/plans`)).json()) as unknown[];
  expect(plans).toHaveLength(1);
  expect((await fetchAsOperator(`${url}/api/openapi.json`)).status).toBe(200);

  const { port } = new URL(url!);
  expect(await once(inImage(healthCheck(), { PORT: port }), 'exit')).toEqual([0, null]);
  running.kill('SIGTERM');
  expect(await once(running, 'exit')).toEqual([0, null]);
  expect(await once(inImage(healthCheck(), { PORT: port }), 'exit')).toEqual([1, null]);
  // The program wrote only into the data folder.
  expect(await readdir(app, { recursive: true })).toEqual(before);
});
