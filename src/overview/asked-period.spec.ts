import { lishuiEngine, memoryEngine, readerOf } from '../../test/support/engine.js';
import { lishui } from '../../test/support/seeds.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import type { FolderFiles } from '../slice/folder-part.js';
import { parseKnownTime } from '../kernel/time.js';
import { readPlan } from '../plans/read-plan.js';
import { askedPeriod } from './asked-period.js';

const zone = 'Asia/Shanghai';

let engine: Engine;
afterEach(() => engine.close());

async function latest(plan: string, day: string | undefined, today = '2026-11-30'): Promise<string> {
  const asOf = day === undefined ? {} : { knownAt: parseKnownTime(day, zone) };
  const document = await readPlan(engine.views, plan, asOf);
  return (await askedPeriod(readerOf(engine), document, undefined, { asOf, now: parseKnownTime(today, zone) })).text;
}

async function small(files: FolderFiles): Promise<void> {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(files);
  await engine.caughtUp();
}

/** The small plan with an indicator and a background figure by month, and with this history. */
function withMonths(...rows: string[]): FolderFiles {
  const indicator = (code: string, role: string, measurement: string) =>
    `- { code: ${code}, role: ${role}, name: 指标${code}, unitOfMeasure: 个, area: A1, attribute: expected, kind: level,
    direction: higher, frequency: M, valueType: count, decimals: 0, definition: 按月,
    measurement: ${measurement}, aggregation: none, targetScope: own, trajectory: linear, weight: '1' }\n`;
  const { 'history.csv': history = '', 'indicators.yaml': indicators = '', ...others } = smallPlan();
  const targets = `${others['targets.csv']}M,331100,2025,100,\n`;
  return {
    ...others,
    'targets.csv': targets,
    'indicators.yaml':
      indicators + indicator('M', 'main', '{ type: direct }') + indicator('X', 'context', '{ type: direct }'),
    'history.csv': [history.split('\n')[0], ...rows, ''].join('\n'),
  };
}
const reported = (known: string, code: string, period: string) =>
  `${known},reporter-1,上报,${code},331102,${period},7,,,,,名录,,,,`;

describe('the period of a query that names none', () => {
  it('is the latest year that had figures on the day', async () => {
    engine = await lishuiEngine();
    expect(await latest(lishui, undefined)).toBe('2025');
    expect(await latest(lishui, '2023-06-30')).toBe('2022');
    expect(await latest(lishui, '2022-06-30')).toBe('2021');
  });

  it('is the year of the day in a plan without figures, or the year of the plan next to it', async () => {
    await small(withMonths());
    expect(await latest('small', '2023-07-31')).toBe('2023');
    expect(await latest('small', undefined, '2024-01-01')).toBe('2024');
    expect(await latest('small', undefined, '2026-11-30')).toBe('2025');
  });

  it('is the latest month with a figure until a year has figures at its end', async () => {
    await small(
      withMonths(
        reported('2021-12-31', 'M', '2021-02'),
        reported('2022-01-01', 'M', '2021-10'),
        reported('2022-02-05', 'M', '2021-12'),
        reported('2022-04-05', 'M', '2022-03'),
      ),
    );
    expect(await latest('small', '2021-12-31')).toBe('2021-02');
    expect(await latest('small', '2022-01-01')).toBe('2021-10');
    expect(await latest('small', '2022-02-05')).toBe('2021');
    expect(await latest('small', '2022-04-05')).toBe('2021');
  });

  it('does not follow background figures, nor what is missing, withdrawn or returned', async () => {
    await small(
      withMonths(
        reported('2022-03-01', '03', '2021'),
        reported('2023-01-05', 'X', '2022-12'),
        `2023-03-01,reporter-1,缺报,03,331102,2022,,,,未统计,系统更换,,,,,`,
        reported('2024-03-01', '03', '2023'),
        `2024-03-02,reporter-1,撤回,03,331102,2023,,,,,误报,,,,,`,
      ),
    );
    expect(await latest('small', '2023-06-30')).toBe('2021');
    expect(await latest('small', '2024-03-01')).toBe('2023');
    expect(await latest('small', undefined)).toBe('2021');
  });
});
