import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { ProblemDetails } from '../../src/http/api-models.js';
import type { SubmissionDocument } from '../../src/submissions/submission.projection.js';
import type { SubmissionResult } from '../../src/submissions/submissions.js';
import { plausibleFolder } from '../support/plausible-folder.js';
import { tongjian } from '../support/program.js';
import { serve, type TestServer } from '../support/server.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

const files = plausibleFolder(
  ['targets.csv', '07,990000,2025,80,', '07,990000,2025,580,'],
  ['history.csv', '2023-02-01,city-1,上报,05', '2022-02-01,city-1,上报,05'],
);
const share = 'target.out-of-range:07/990000/2025';
const early = 'figure.known-early:05/990000/2022';
const plan = 'plausible-2021-2025';

let home: TemporaryFolder;
beforeEach(async () => void (home = await temporaryFolder()));
afterEach(() => home.remove());

describe('over HTTP, a folder with warnings', () => {
  let server: TestServer;
  beforeEach(async () => void (server = await serve(home.path('data'))));
  afterEach(() => server.close());

  const submit = <Body = ProblemDetails>(acceptWarnings?: unknown, headers?: Record<string, string>) =>
    server.post<Body>('/api/submissions', { files, acceptWarnings }, headers);
  const ids = ({ problems }: ProblemDetails) => problems.map(({ id }) => id);

  it('is refused with all of them, and nothing is stored', async () => {
    const { status, body } = await submit();
    expect([status, body.code, ids(body)]).toEqual([422, 'submission.warnings', [share, early]]);
    expect(body.problems[0]).toMatchObject({
      ...{ code: 'target.out-of-range', file: 'targets.csv', row: 16, field: 'value' },
      places: [
        { file: 'targets.csv', row: 16, field: 'value' },
        { file: 'indicators.yaml', field: 'unitOfMeasure' },
      ],
    });
    const progress = await submit(undefined, { accept: 'application/x-ndjson' });
    expect(JSON.parse(progress.text.trimEnd().split('\n').at(-1)!)).toMatchObject({
      problem: { status: 422, code: 'submission.warnings' },
    });
    expect((await server.get('/api/plans')).body).toEqual([]);
  });

  it.each([true, 'all', [true], { [share]: true }])(
    'is not taken for %j: each is accepted by name',
    async (accepted) => {
      const { status, body } = await submit(accepted);
      expect([status, body.code, body.problems[0]!.field]).toEqual([
        400,
        'submission.accept-warnings',
        'acceptWarnings',
      ]);
    },
  );

  it('is tried out with `dryRun`: nothing is stored, and what stands in the way is named', async () => {
    const asked = { files, acceptWarnings: ['figure.known-early'], dryRun: true };
    const { status, body } = await server.post<SubmissionResult>('/api/submissions', asked);
    expect([status, body.warnings.map(({ id }) => id), body.dryRun!.unaccepted]).toEqual([
      200,
      [share, early],
      [share],
    ]);
    expect(body.dryRun!.events.reduce((sum, { count }) => sum + count, 0)).toBe(body.events);
    const lines = await server.post('/api/submissions', asked, { accept: 'application/x-ndjson' });
    expect(JSON.parse(lines.text.trimEnd().split('\n').at(-1)!)).toEqual({ result: body });
    expect((await server.get('/api/plans')).body).toEqual([]);
    expect(await server.engine.log.head()).toBeUndefined();
  });

  it.each([
    [{ dryRun: 'yes' }, 'submission.dry-run', 'dryRun'],
    [{ dryrun: true }, 'input.invalid', 'dryrun'],
  ])('is not loaded where a dry run is asked for wrongly: %j', async (wrong, code, field) => {
    const asked = { files, acceptWarnings: [share, early], ...wrong };
    const { status, body } = await server.post<ProblemDetails>('/api/submissions', asked);
    expect([status, body.code, body.problems[0]!.field]).toEqual([400, code, field]);
    expect(await server.engine.log.head()).toBeUndefined();
  });

  it('is loaded once all of them are accepted, and says who accepted them', async () => {
    expect(ids((await submit([share])).body)).toEqual([early]);
    const { status, body } = await submit<SubmissionResult>([share, 'figure.known-early']);
    expect([status, body.warnings.map(({ id }) => id)]).toEqual([200, [share, early]]);
    await server.engine.caughtUp();
    const { body: submissions } = await server.get<SubmissionDocument[]>(`/api/plans/${plan}/submissions`);
    expect(submissions).toMatchObject([
      { accepted: { by: '本机操作员' }, received: { warnings: [{ id: share }, { id: early }] } },
    ]);
  });
});

describe('on the command line, a folder with warnings', () => {
  let folder: string;
  let data: string;
  beforeEach(() => {
    folder = home.path('plan');
    data = home.path('data');
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(home.path('plan', name), text);
  });

  it('is refused where there is no terminal, with both places of each', async () => {
    const { code, err } = await tongjian(data, 'load', folder);
    expect(code).toBe(1);
    expect(err).toContain('错误（submission.warnings）：共 2 处警告，未写入任何数据');
    expect(err).toMatch(
      /targets\.csv 第 16 行 value：.*580.*对照：indicators\.yaml 第 \d+ 行 unitOfMeasure.*编号 target/,
    );
    expect((await tongjian(data, 'load', folder, '--accept-warnings=figure.known-early')).code).toBe(1);
    const json = await tongjian(data, '--json', 'load', folder);
    expect([json.code, JSON.parse(json.err)]).toEqual([1, expect.objectContaining({ status: 422 })]);
    expect(JSON.parse((await tongjian(data, '--json', 'status')).out)).not.toHaveProperty('head');
  });

  it('is loaded where they are accepted by name, or all of them at once', async () => {
    const named = await tongjian(data, 'load', folder, `--accept-warnings=${share},figure.known-early`);
    expect([named.code, named.out]).toEqual([0, expect.stringContaining('接受警告 2 处')]);
    expect((await tongjian(data, 'load', folder)).out).toContain('没有新增');
    const all = await tongjian(home.path('other'), 'load', folder, '--accept-warnings');
    expect([all.code, all.out]).toEqual([0, expect.stringContaining('接受警告 2 处')]);

    const findings = await tongjian(data, 'list', 'findings');
    expect(findings.out).toMatch(/装载时接受的警告[^]*target\.out-of-range:07\/990000\/2025[^]*580/);
    expect((await tongjian(data, 'list', 'findings', '--as-of', '2024-01-01')).out).not.toContain('接受的警告');
    expect((await tongjian(data, 'list', 'submissions')).out).toMatch(
      /示例市民政事业[^]*已装载[^]*figure\.known-early/,
    );
  });

  it('is tried out with --dry-run, which asks nobody and stores nothing', async () => {
    const tried = await tongjian(data, 'load', folder, '--dry-run');
    expect([tried.code, tried.err]).toEqual([1, '']);
    expect(tried.out).toMatch(/试装载：示例市民政事业.*将新增 \d+ 个事件；未写入任何数据/);
    expect(tried.out).toMatch(/规划 plausible-2021-2025\s报送编号 [0-9a-f]{16}/);
    expect(tried.out).toMatch(/│ 定义指标 +│ IndicatorDefined +│ +8 │/);
    expect(tried.out).toMatch(/警告 2 处，未接受.*\n.*targets\.csv 第 16 行 value：.*编号 target\.out-of-range/);
    const one = await tongjian(data, 'load', folder, '--dry-run', `--accept-warnings=${share}`);
    expect([one.code, one.out]).toEqual([1, expect.stringMatching(/接受的警告 1 处\n警告 1 处，未接受/)]);
    expect(JSON.parse((await tongjian(data, '--json', 'status')).out)).not.toHaveProperty('head');
  });

  it('is tried out with all warnings accepted, and then loaded as it was said', async () => {
    const all = await tongjian(data, '--json', 'load', folder, '--dry-run', '--accept-warnings');
    const result = JSON.parse(all.out) as SubmissionResult;
    expect([all.code, result.warnings.length, result.dryRun!.unaccepted]).toEqual([0, 2, []]);
    const loaded = await tongjian(data, '--json', 'load', folder, '--accept-warnings');
    expect(JSON.parse(loaded.out)).toMatchObject({ submission: result.submission, events: result.events });
    const again = await tongjian(data, 'load', folder, '--dry-run');
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('都已在库中，没有新增')]);
  });

  it.each([
    ['n', 1, '未写入任何数据'],
    ['', 1, '未写入任何数据'],
    ['y', 0, '接受警告 2 处'],
  ])('asks at a terminal; “%s” ends with %d', async (typed, code, said) => {
    const { out, status } = await atTerminal(typed, ['--data', data, 'load', folder]);
    expect(out).toMatch(/警告：共 2 处警告[^]*2022-02-01 就知悉[^]*仍要装载吗？\(y\/N\)/);
    expect([status, out]).toEqual([code, expect.stringContaining(said)]);
  });
});

/** Runs the program at a terminal of its own, where a person types one line once asked. */
async function atTerminal(typed: string, words: readonly string[]): Promise<{ out: string; status: number | null }> {
  const command = [process.execPath, 'bundle/cli.js', ...words].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let out = '';
  let answered = false;
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    if (answered || !out.includes('(y/N)')) return;
    answered = true;
    child.stdin.write(`${typed}\n`);
  });
  const [status] = (await once(child, 'close')) as [number | null];
  return { out, status };
}
