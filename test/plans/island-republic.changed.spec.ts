import { make } from '../support/decider-spec.js';
import { send, readerOf } from '../support/engine.js';
import {
  island as plan,
  islandAt,
  islandEngine,
  islandFolders,
  islandKnown,
  islandOn,
  moments,
  namesOf,
  type Moment,
} from '../support/island-republic.js';
import { cellOf, expectIndex, expectUnit, limit, reach, ten } from '../support/judged.js';
import type { Engine } from '../../src/engine.js';
import { OpenEvaluation, TakeSnapshot } from '../../src/evaluations/evaluation.commands.js';
import { evaluationProjection } from '../../src/evaluations/evaluation.projection.js';
import { readContent, verify } from '../../src/evaluations/snapshot.js';
import { Trail } from '../../src/audit/trail.js';
import { indexMove } from '../../src/evaluations/index-move.js';
import { isMeasured } from '../../src/assessment/measured.js';
import { indicatorHistory } from '../../src/overview/indicator-history.js';
import type { Overview } from '../../src/overview/overview.js';
import { htmlReport } from '../../src/reports/html-report.js';
import { snapshotReport } from '../../src/reports/snapshot-report.js';
import { MemoryVersionedStore } from '../../src/versioned-store/memory/memory-versioned-store.js';
import { textOf } from '../support/bureau.js';

/**
 * The plan of `island-republic.spec.ts` over time: names before and after a renaming, snapshots of each moment, the same
 * folders again, and the changed plan. The tests follow one another.
 */
const ids = Object.keys(moments) as Moment[];

let engine: Engine;
const before = new Map<Moment, Overview>();
beforeAll(async () => {
  engine = await islandEngine();
  for (const id of ids) {
    const { kind, period, day } = moments[id];
    await send(engine, make(OpenEvaluation, { plan, id, kind, period }));
    await send(engine, make(TakeSnapshot, { plan, id, asOf: day }));
  }
  await engine.caughtUp();
  for (const id of ids) before.set(id, await islandAt(engine, id));
});
afterAll(() => engine.close());

const evaluation = async (id: Moment) => (await engine.views.get(evaluationProjection, `${plan}/${id}`))!.body;

async function verified(id: Moment) {
  const { snapshots, kind, title, period } = await evaluation(id);
  const [entry] = snapshots;
  const scratch = new MemoryVersionedStore();
  const { log, files, projections } = engine;
  const subject = { plan, kind, title, period, asOf: entry!.asOf };
  const proof = await verify({ log, files, scratch, projections }, subject, entry!);
  await scratch.close();
  return proof;
}

async function pageOf(id: Moment): Promise<string> {
  const found = await evaluation(id);
  const [entry] = found.snapshots;
  return textOf(htmlReport(snapshotReport(await readContent(engine.files, entry!.contentHash), found, entry!)));
}

describe('names', () => {
  it('history reads under the old name before the renaming of 2024-07-01, and under the new one after', async () => {
    const { points } = await indicatorHistory(engine.views, plan, 'SEA', 'IS-N');
    // The name of a point is given where it differs from today's, 示例北岸省.
    expect(
      points.map(({ period, unitName, value }) => [period, unitName, isMeasured(value) ? value.shown : value.absent]),
    ).toEqual([
      ['FY2020', '示例北省', '100'],
      ['FY2021', '示例北省', '106'],
      ['FY2022', '示例北省', '116'],
      ['FY2023', '示例北省', '130'],
      ['FY2024', undefined, '140'],
      ['FY2025', undefined, '150'],
    ]);
  });

  it('the overview of a year names its units as they were at its end', async () => {
    expect(namesOf(before.get('corrected-2023')!)).toContain('IS-N 示例北省');
    expect(namesOf(await islandOn(engine, 'FY2024', '2025-06-30'))).toEqual([
      ...['IS 示例岛国', 'IS-N 示例北岸省', 'IS-W 示例西省', 'IS-C 示例中省', 'IS-SE 示例东南省'],
    ]);
    expect(namesOf(before.get('final-2025')!)).toContain('IS-N 示例北岸省');
  });

  it('so does the report of a snapshot', async () => {
    const [first, last] = [await pageOf('annual-2022'), await pageOf('final-2025')];
    expect(first).toContain('示例北省');
    expect(first).not.toMatch(/示例北岸省|示例东南省/);
    expect(first).toContain('财政年度 自每年 4 月起');
    expect(last).toContain('示例北岸省');
    expect(last).not.toMatch(/示例北省|示例东省|示例南省/);
  });

  it('the merged province reads as the sum of its parts before it began', async () => {
    const shown = async (code: string) =>
      (await indicatorHistory(engine.views, plan, code, 'IS-SE')).points
        .slice(0, 4)
        .map(({ value }) => (isMeasured(value) ? ten(value.exact) : value.absent));
    expect(await shown('SEA')).toEqual([60 + 40, 64 + 44, 70 + 48, 134]);
    const [first, merged] = [(36 + 12) / (60 + 20), (38 + 13) / (60 + 20)].map((ratio) => ten(100 * ratio));
    expect(await shown('LAB')).toEqual([first, 'not-reported', merged, ten((52 / 80) * 100)]);
  });
});

describe('what the corrections of January 2025 moved in the index of FY2023', () => {
  const moved = async (unit: string) => {
    const at = (id: Moment) => ({ period: moments[id].period, asOf: islandKnown(moments[id].day) });
    const { change, parts } = await indexMove(
      { ...engine, open: readerOf(engine) },
      new Trail(engine.log, engine.views, engine.catalogue),
      [at('midterm-2023'), at('corrected-2023')],
      { plan, unit },
    );
    return {
      change: ten(change!),
      parts: parts.map(({ indicator, causes, because }) => [
        ...[indicator, ...causes.flatMap((each) => [each.cause, ten(each.change)])],
        because.map(({ type, subject }) => `${type} ${subject.unit}`).join(),
      ]),
    };
  };

  it('of the nation: the correction of SEA; LAB had all points before', async () => {
    // SEA with the weight 2 of 15 from 96 to 98.
    expect(await moved('IS')).toEqual({
      change: ten((2 * 2) / 15),
      parts: [['SEA', 'corrected', ten((2 * 2) / 15), 'MeasurementCorrected IS-SE']],
    });
  });

  it('of the merged province: both corrections', async () => {
    // SEA from 28 to 34 of 60 where 36 are due; LAB from 85 to 100.
    const [sea, lab] = [(2 * 40 * (6 / 36)) / 10, (2 * 15) / 10];
    expect(await moved('IS-SE')).toEqual({
      change: ten(sea + lab),
      parts: [
        ['LAB', 'corrected', ten(lab), 'MeasurementCorrected IS-SE'],
        ['SEA', 'corrected', ten(sea), 'MeasurementCorrected IS-SE'],
      ],
    });
  });

  it('of IS-C: the late report of DOC', async () => {
    const rest = 2 * 100 + 2 * 100 + (60 + (40 * 52) / 60) + 100;
    const change = ten((rest + 3 * (280 / 3)) / 9 - rest / 6);
    expect(await moved('IS-C')).toEqual({
      change,
      parts: [['DOC', 'reported', change, 'IndicatorMeasured IS-C']],
    });
  });
});

describe('a snapshot of each moment', () => {
  it.each(ids)('%s verifies', async (id) => {
    expect(await verified(id)).toMatchObject({ stored: 'intact', reproduced: true });
  });

  it('has the index of its moment', async () => {
    const { snapshots } = await evaluation('final-2025');
    expect(ten(snapshots[0]!.summary.index!)).toBe(ten((2 * (600 / 6.2) + 13 * 100) / 15));
  });
});

describe('the folders again', () => {
  it('append nothing', async () => {
    const head = await engine.log.head();
    for (const folder of islandFolders()) {
      expect((await engine.submissions.differences(folder)).differences).toEqual([]);
      expect(await engine.submissions.submit(folder)).toMatchObject({ events: 0 });
    }
    expect(await engine.log.head()).toBe(head);
  });
});

describe('the plan changed: LAB 71 % instead of 70 %, the weight of HOU 2 instead of 1', () => {
  const changes = [
    '对象,代码,事由,依据,文号,批准机关,批准日期,可比,自,知悉日期',
    '目标,LAB/IS/FY2025,示例：提高就业目标,示例规划调整方案,示例〔2026〕8号,示例国会,2026-08-10,,,2026-08-15',
    '指标,HOU,示例：加大住房权重,示例规划调整方案,示例〔2026〕8号,,,,,2026-08-15',
    '',
  ].join('\n');
  const edited = (file: string, from: string, to: string) => {
    const text = Buffer.from(islandFolders()[0]![file]!).toString('utf8');
    expect(text.split(from)).toHaveLength(2);
    return { [file]: text.replace(from, to) };
  };
  const house = Buffer.from(islandFolders()[0]!['indicators.yaml']!).toString('utf8').split('- code: HOU')[1]!;
  const houseUntilWeight = `- code: HOU${house.slice(0, house.indexOf("weight: '1'"))}weight: `;
  const changed = () => ({
    ...islandFolders()[0]!,
    ...edited('targets.csv', 'LAB,IS,FY2025,70%', 'LAB,IS,FY2025,71%'),
    ...edited('indicators.yaml', `${houseUntilWeight}'1'`, `${houseUntilWeight}'2'`),
  });

  it('is refused without reasons', async () => {
    await expect(engine.submissions.submit(changed())).rejects.toMatchObject({
      problems: [
        { code: 'change.unexplained', file: 'indicators.yaml' },
        { code: 'change.unexplained', file: 'targets.csv' },
      ],
    });
  });

  it('shows exactly these differences, and loads as one event for each', async () => {
    const { differences } = await engine.submissions.differences({ ...changed(), 'changes.csv': changes });
    expect(
      differences.map(({ change, object, code, fields, unexplained }) => ({
        ...{ says: `${change} ${object} ${code}`, unexplained },
        fields: fields.map(({ field, from, to }) => `${field} ${from} ${to}`),
      })),
    ).toEqual([
      { says: 'changed 指标 HOU', unexplained: false, fields: ['weight 1 2'] },
      { says: 'changed 目标 LAB/IS/FY2025', unexplained: false, fields: ['value 70% 71%'] },
    ]);
    const { length } = await engine.log.readAll();
    await engine.submissions.submit({ ...changed(), 'changes.csv': changes });
    await engine.caughtUp();
    const types = (await engine.log.readAll()).slice(length).map(({ type }) => type);
    expect(types.filter((type) => !type.startsWith('Submission')).toSorted()).toEqual([
      ...['IndicatorAmended', 'TargetRevised'],
    ]);
  });

  it.each(ids)('%s reads as before, and its snapshot verifies', async (id) => {
    expect(await islandAt(engine, id)).toEqual(before.get(id));
    expect(await verified(id)).toMatchObject({ stored: 'intact', reproduced: true });
  });

  it('FY2025 is judged by the changed plan from then on', async () => {
    const year = await islandOn(engine, 'FY2025', '2026-08-31');
    expectUnit(year, 'IS', {
      GDP: { shown: '6.2', status: 'roughly', score: ten((6 / 6.2) * 100), outcome: 'basically-completed' },
      REN: limit('7.5', 'completed', 7.5 / 7, 'completed'),
      UNE: limit('5.4', 'completed', 5.5 / 5.4, 'completed'),
      SEA: reach('605.0', 'completed', [605 / 600, 205 / 200, 1], 'completed'),
      // Δ = 95.5 − 100.
      LAB: reach('70.5', 'roughly', [70.5 / 71, 10.5 / 11, 1], 'basically-completed'),
      CRW: reach('408', 'completed', [408 / 400, 108 / 100, 1], 'completed'),
      HOU: reach('210', 'completed', [1, 1, 1], 'completed'),
      EDU: limit('55.0', 'completed', 55 / 50, 'completed'),
      EDS: reach('22.0', 'completed', [1, 1, 1], 'completed'),
      DOC: limit('3.1', 'completed', 3.1 / 3, 'completed'),
    });
    expectIndex(year, 'IS', (2 * (600 / 6.2) + 2 * (60 + (40 * 10.5) / 11) + 12 * 100) / 16);
    expect(cellOf(year, 'LAB').targets.map(({ period, value }) => `${period} ${value}`)).toEqual([
      ...['FY2023 64', 'FY2025 71'],
    ]);
  });
});
