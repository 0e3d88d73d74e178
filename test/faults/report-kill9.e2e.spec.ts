import { once } from 'node:events';
import type { IndicatorDocument } from '../../src/indicators/indicator.projection.js';
import type { Obligations } from '../../src/reporting/obligations.js';
import type { ReportResult } from '../../src/reporting/report-result.js';
import type { SubmissionDocument } from '../../src/submissions/submission.projection.js';
import { Chance } from '../support/chance.js';
import { fetchAsOperator } from '../support/operator.js';
import { startProgram, tongjian } from '../support/program.js';
import { lishui } from '../support/seeds.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

const seed = Number(process.env.SEED ?? Date.now() % 1e9);
const periods = ['2021', '2022', '2023'];

describe(`kill -9 of the server while it applies a report (SEED=${seed})`, () => {
  const chance = new Chance(seed);
  let folder: TemporaryFolder;
  beforeAll(async () => void (folder = await temporaryFolder()));
  afterAll(() => folder.remove());

  const get = async <Body>(url: string, path: string): Promise<Body> =>
    (await (await fetchAsOperator(`${url}/api/plans/${lishui}/${path}`)).json()) as Body;
  const report = async (url: string, body: object): Promise<ReportResult> => {
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await (await fetchAsOperator(`${url}/api/plans/${lishui}/reports`, request)).json()) as ReportResult;
  };

  /** A value for everything that the counties owe for these periods. */
  async function everythingOwed(url: string): Promise<object[]> {
    const indicators = new Map((await get<IndicatorDocument[]>(url, 'indicators')).map((each) => [each.code, each]));
    const rows: object[] = [];
    for (const period of periods) {
      const { units } = await get<Obligations>(url, `obligations?period=${period}`);
      for (const { unit, obligations } of units) {
        for (const { kind, code, state } of obligations) {
          if (kind !== 'indicator' || state !== 'owed') continue;
          const { measurement } = indicators.get(code)!.definitions.at(-1)!.definition;
          const numbers = measurement.type === 'ratio' ? { 分子: 50, 分母: 100 } : { 数值: 40 };
          rows.push({ 代码: code, 单位: unit, 期间: period, ...numbers });
        }
      }
    }
    return rows;
  }

  it.each([0, 1, 2])(
    'all of its rows are there after the restart, or none (round %d)',
    async (round) => {
      const data = folder.path(`data-${round}`);
      const { child, url } = await startProgram(data, '--no-demo');
      const exited = once(child, 'exit');
      const rows = await everythingOwed(url);
      const started = performance.now();
      const { counts, unaccepted } = await report(url, { rows, dryRun: true });
      const usual = performance.now() - started;
      expect(counts.new).toBe(rows.length);
      expect(rows.length).toBeGreaterThan(1_000);
      // It takes about as long to decide as it did without writing; then comes the writing.
      setTimeout(() => child.kill('SIGKILL'), usual * (0.8 + chance.below(100) / 100));
      const answer = await report(url, { rows, acceptWarnings: unaccepted }).catch(() => undefined);
      child.kill('SIGKILL');
      await exited;

      const next = await startProgram(data, '--no-demo');
      const ended = once(next.child, 'exit');
      const reported = async () => {
        const found = await Promise.all(
          periods.map((period) => get<Obligations>(next.url, `obligations?period=${period}`)),
        );
        return found.reduce((sum, { totals }) => sum + totals.reported, 0);
      };
      const own = (await get<SubmissionDocument[]>(next.url, 'submissions')).filter(
        ({ received }) => received.kind === 'rows',
      );
      expect(own.map(({ standing }) => standing)).toEqual(own.map(() => 'applied'));
      expect(await reported()).toBe(own.length > 0 ? rows.length : 0);
      // What was answered is there.
      if (answer) expect(own).toHaveLength(1);

      const again = await report(next.url, { rows, acceptWarnings: unaccepted });
      expect(again.events).toBe(own.length > 0 ? 0 : rows.length);
      next.child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      expect((await tongjian(data, 'doctor')).out).toContain('哈希链完整');
    },
    300_000,
  );
});
