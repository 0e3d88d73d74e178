import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemStatus } from '../../src/http/system.controller.js';
import type { PromiseDocument } from '../../src/promises/promise.projection.js';
import { startEventStore, type EventStore } from '../eventstoredb/server.js';
import { program, tongjian } from '../support/program.js';
import { lishui } from '../support/seeds.js';
import { until } from '../support/until.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { fetchAsOperator } from '../support/operator.js';

const title = '丽水市民政事业发展“十四五”规划';

/** The address in `owner.json`; empty while the file is missing or incomplete. */
function announced(file: string): string {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.endsWith('}') ? ((JSON.parse(text) as { url?: string }).url ?? '') : '';
}

/** The log hangs in the middle of the first plan, for as long as the test wants. */
describe('a first start', () => {
  let folder: TemporaryFolder;
  let log: EventStore;
  let child: ChildProcess;
  let url: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    log = await startEventStore();
    log.misbehave = (call) => {
      if (call === 'append' && log.calls.append > 50) log.hang(true);
      return undefined;
    };
    const data = folder.path('data');
    child = program(data, ['start', '--port', '0', '--no-demo'], { TONGJIAN_EVENT_LOG: log.url });
    child.stdout!.resume();
    child.stderr!.resume();
    await until(() => (url = announced(folder.path('data', 'owner.json'))) !== '');
  });
  afterAll(async () => {
    child.kill('SIGKILL');
    await once(child, 'close');
    log.hang(false);
    await log.stop();
    await folder.remove();
  });

  const ask = async <Body = SystemStatus>(path: string) => {
    const response = await fetchAsOperator(`${url}/api/${path}`);
    return { status: response.status, body: (await response.json()) as Body };
  };

  it('is not ready from its first answer on, and says what it loads', async () => {
    const first = await ask('health/ready');
    expect(first).toMatchObject({ status: 503, body: { ready: false, loading: { step: expect.any(String) } } });
    await until(async () => (await ask('status')).body.loading?.step === '写入');
    const { status, body } = await ask('health/ready');
    expect(status).toBe(503);
    expect(body.loading).toMatchObject({ title, step: '写入', total: expect.any(Number) });
    expect(body.loading!.done).toBeLessThan(body.loading!.total);
    expect(await ask('status')).toMatchObject({ status: 200, body: { ready: false, loading: { title } } });
    expect((await tongjian(folder.path('data'), 'status')).out).toMatch(
      new RegExp(`装载中\\n(?:.*\\n)?正在装载 ${title}：写入 \\d+/\\d+`),
    );
  });

  it('is ready once everything is there', async () => {
    log.misbehave = () => undefined;
    log.hang(false);
    await until(async () => (await ask('health/ready')).status === 200, 60_000);
    expect((await ask('status')).body).not.toHaveProperty('loading');
    expect((await ask<PromiseDocument[]>(`plans/${lishui}/promises`)).body).toHaveLength(62);
  }, 90_000);
});

/** The plan that comes along was loaded in another version before the first start. */
it('a start leaves a plan as it is that was loaded in another version, and says so', async () => {
  const folder = await temporaryFolder();
  try {
    const own = folder.path('plan');
    cpSync(join('seeds', lishui), own, { recursive: true });
    const text = readFileSync(join(own, 'plan.yaml'), 'utf8');
    writeFileSync(join(own, 'plan.yaml'), text.replace(`title: ${title}`, `title: ${title}（修订）`));
    const data = folder.path('data');
    expect(await tongjian(data, 'load', own)).toMatchObject({ code: 0 });

    const child = program(data, ['start', '--port', '0', '--no-demo']);
    let [out, err] = ['', ''];
    child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
    await until(() => out.includes('已就绪') || child.exitCode !== null);
    const [, url] = /已就绪：(http:\S+)/.exec(out) ?? [];
    const plan = (await (await fetchAsOperator(`${url}/api/plans/${lishui}`)).json()) as { title: string };
    child.kill();
    await once(child, 'close');
    expect(plan.title).toBe(`${title}（修订）`);
    expect(err).toMatch(/没有装载 lishui-\S+：.*库中的规划照旧使用/);
  } finally {
    await folder.remove();
  }
});
