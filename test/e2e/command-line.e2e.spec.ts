import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, cpSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { bilingualPlan } from '../support/bilingual-plan.js';
import { startProgram, tongjian } from '../support/program.js';
import { lishui } from '../support/seeds.js';

describe('the command line', () => {
  let home: string;
  let data: string;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'tongjian-cli-'));
    data = join(home, 'data');
    expect((await tongjian(data, 'load', `seeds/${lishui}`)).out).toContain('新增 404 个事件');
    expect((await tongjian(data, 'load', `seeds/${lishui}-demo`)).code).toBe(0);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  // Most tests run with a server beside them, as is usual. Without one the command line runs the same API in its
  // process.
  let server: Awaited<ReturnType<typeof startProgram>>;
  beforeAll(async () => {
    server = await startProgram(data);
  });
  afterAll(async () => {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  });

  it('can be executed directly, as npx does', () => {
    const { status, stdout } = spawnSync('bundle/cli.js', ['help', 'show'], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringContaining('--as-of')]);
  });

  it('shows the mid-term as known on a day, as text and as JSON', async () => {
    const { out, code } = await tongjian(data, 'show', '--period', '2022', '--as-of', '2023-06-30');
    expect(code).toBe(0);
    expect(out).toContain('截至 2023-06-30 掌握的数据');
    expect(out).toContain('含示例数据');
    expect(out).toMatch(/护理型床位占养老机构床位比例.*55\.2/);
    expect(out).toContain('后来：54.9');
    const json = await tongjian(data, '--json', 'show', '--period', '2022', '--as-of', '2023-06-30');
    expect(JSON.parse(json.out)).toMatchObject({ period: '2022', asOf: '2023-06-30T15:59:59.999Z' });
  });

  it('takes a snapshot, verifies it, and compares it with today', async () => {
    const taken = await tongjian(data, 'evaluate', 'midterm', '--as-of', '2023-06-30');
    expect(taken.out).toMatch(/SHA-256 [0-9a-f]{64}/);
    await tongjian(data, 'evaluate', 'midterm', '--as-of', '2023-12-31');
    const [heading, ...lines] = (await tongjian(data, 'evaluate', 'midterm', '--as-of', '2023-06-30')).out.split('\n');
    expect(heading).toBe('中期评估（2022）　快照 midterm-2022/1（内容与已有快照相同，没有新增）');
    expect(lines).toEqual(taken.out.split('\n').slice(1));
    const verified = await tongjian(data, 'verify', 'midterm-2022/1');
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('可复现')]);
    const compared = await tongjian(data, 'compare', 'midterm-2022/1');
    expect(compared.out).toMatch(/更正 示例·莲都填报员/);
  });

  it('shows the index, and the causes of its change since a day', async () => {
    const { out } = await tongjian(data, 'index', '--period', '2022', '--as-of', '2023-06-30');
    expect(out).toMatch(/331100 丽水市 +│ +97\.51 │ +88\.9%/);
    const moved = await tongjian(data, 'index', '--period', '2022', '--from', '2023-06-30');
    expect(moved.out).toMatch(/变动 -4\.49：数据更正 -3\.37，新报或撤回 -1\.13/);
    expect(moved.out).toMatch(/02 护理型床位占养老机构床位比例.*2023-08-20 更正 331102 示例·莲都填报员/);
    const json = await tongjian(
      data,
      '--json',
      'index',
      '--period',
      '2022',
      '--from',
      '2023-06-30',
      '--unit',
      '331102',
    );
    expect(JSON.parse(json.out)).toMatchObject({ unit: '331102', parts: expect.anything() });
  });

  it('ends with exit code 3 if the file of a snapshot is damaged', async () => {
    await tongjian(data, 'evaluate', 'annual', '--period', '2021');
    const [hash] = /[0-9a-f]{64}/.exec((await tongjian(data, 'verify', 'annual-2021/1')).out)!;
    const file = join(data, 'files', hash.slice(0, 2), hash.slice(2));
    writeFileSync(file, readFileSync(file, 'utf8').replace('丽水市', '丽水县'));
    const { code, out } = await tongjian(data, 'verify', 'annual-2021/1');
    expect([code, out]).toEqual([3, expect.stringContaining('存档文件 已损坏')]);
  });

  it('reports a figure, corrects it only with a reason, and shows the operator in the audit trail', async () => {
    expect((await tongjian(data, 'measure', '04', '331102', '2025', '13000')).out).toContain('已记录');
    expect((await tongjian(data, 'measure', '04', '331102', '2025', '13000')).out).toContain('没有变化');
    const refused = await tongjian(data, 'measure', '04', '331102', '2025', '13100');
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('请用“更正”并写明事由')]);
    const corrected = await tongjian(data, 'correct', '04', '331102', '2025', '13100', '--reason', '核对');
    expect(corrected.code).toBe(0);
    const audit = await tongjian(data, 'audit', '--figure', '04/331102/2025');
    expect(audit.out).toMatch(/更正.*13000.*13100.*本机操作员/s);
    const csv = await tongjian(data, 'audit', '--by', 'operator', '--period', '2025', '--csv');
    expect(csv.out.trim().split('\n')).toHaveLength(3);
    const filters = ['--indicator', '04', '--unit', '331102', '--period', '2025', '--action', '更正'];
    const filtered = await tongjian(data, 'audit', ...filters, '--from', '2026-01-01', '--csv');
    expect(filtered.out.trim().split('\n')).toHaveLength(2);
    const unknown = await tongjian(data, 'audit', '--action', '更');
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('audit.unknown-action')]);
    const both = await tongjian(data, 'audit', '--figure', '04/331102/2025', '--action', '更正');
    expect([both.code, both.err]).toEqual([2, expect.stringContaining('可并用')]);
  });

  it('reports mistakes in a folder by file, row and field, and appends nothing', async () => {
    const folder = join(home, 'broken');
    cpSync(`seeds/${lishui}`, folder, { recursive: true });
    const history = readFileSync(join(folder, 'history.csv'), 'utf8').replace(
      '上报,02,331100,2020,54.9',
      '上报,02,331100,2020,154.9',
    );
    writeFileSync(join(folder, 'history.csv'), history);
    const plan = readFileSync(join(folder, 'plan.yaml'), 'utf8').replace("'331121'", "'33 1121'");
    writeFileSync(join(folder, 'plan.yaml'), plan);
    const before = (await tongjian(data, '--json', 'status')).out;

    const { code, err } = await tongjian(data, 'load', folder);
    expect(code).toBe(1);
    expect(err).toMatch(/plan\.yaml 第 \d+ 行 code：单位代码须为/);
    const tried = await tongjian(data, 'load', folder, '--dry-run');
    expect([tried.code, tried.err]).toEqual([1, err]);
    expect((await tongjian(data, '--json', 'status')).out).toBe(before);
    writeFileSync(join(folder, 'plan.yaml'), readFileSync(`seeds/${lishui}/plan.yaml`));
    expect((await tongjian(data, 'load', folder)).err).toMatch(
      /history\.csv 第 4 行 数值：数值 154\.9（%）须在 0 到 100 之间/,
    );
  });

  it('finds the server that owns the folder, and refuses to start a second one', async () => {
    const status = await tongjian(data, 'status');
    expect([status.code, status.out]).toEqual([0, expect.stringContaining('已跟上')]);
    expect((await tongjian(data, 'rebuild')).out).toContain('已重建并切换');
    expect((await tongjian(data, 'doctor')).out).toContain(server.url);
    const second = await tongjian(data, 'start', '--port', '0');
    expect([second.code, second.err]).toEqual([4, expect.stringContaining(String(server.child.pid))]);
  });

  it('exports all events, and shows the history of an indicator', async () => {
    const lines = (await tongjian(data, 'export')).out.trim().split('\n');
    expect(JSON.parse(lines[0]!)).toMatchObject({ specversion: '1.0', position: '1' });
    expect(lines.length).toBeGreaterThan(990);
    const csv = join(home, 'events.csv');
    await tongjian(data, 'export', '--format', 'csv', '--out', csv);
    expect(readFileSync(csv, 'utf8')).toContain('示例数据');
    expect((await tongjian(data, 'history', '02', '--unit', '331102')).out).toContain('2023-08-25 54.2');
  });

  it('shows the names of a bilingual plan in the language that is asked for', async () => {
    const folder = join(home, 'bilingual');
    const elsewhere = join(home, 'bilingual-data');
    mkdirSync(folder);
    for (const [name, text] of Object.entries(bilingualPlan())) writeFileSync(join(folder, name), text);
    expect((await tongjian(elsewhere, 'load', folder)).code).toBe(0);
    const english = await tongjian(elsewhere, 'show', '--period', '2022', '--unit', '331102', '--language', 'en');
    expect(english.out).toContain('Small plan　2022　Liandu District　');
    expect(english.out).toContain('Care consortia（个）');
    expect((await tongjian(elsewhere, 'history', '03', '--language', 'en')).out).toContain('03 Care consortia（个）');
    expect((await tongjian(elsewhere, 'show', '--period', '2022')).out).toContain('小规划　2022　丽水市　');
    expect((await tongjian(elsewhere, 'show', '--language', 'EN')).err).toContain('您是否指 en？');
  });

  it.each([
    [['nonsense'], 2],
    [['show', '--period', '20x2'], 1],
    [['show', '--plan', 'nowhere'], 1],
    [['audit'], 2],
    [['verify', 'nothing/1'], 1],
    [['load', '/nowhere'], 2],
    [['export', '--format', 'xml'], 2],
    [['measure', '02', '331102'], 2],
  ])('ends %j with exit code %i and a message', async (args, code) => {
    const ended = await tongjian(data, ...args);
    expect(ended.code).toBe(code);
    expect(ended.err.trim()).not.toBe('');
    expect(ended.err).not.toMatch(/\bat .*:\d+:\d+/);
  });
});
