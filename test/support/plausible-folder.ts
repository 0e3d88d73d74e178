import type { FolderFiles } from '../../src/slice/folder-part.js';
import type { FolderContent } from '../../src/submissions/folder-text.js';
import type { FolderWarning } from '../../src/slice/plausibility.js';
import { DomainError, type Problem } from '../../src/kernel/errors.js';
import { memoryEngine } from './engine.js';

/** An indicator with one line for each field, so that a place can be told from another. */
const indicator = (fields: Readonly<Record<string, string>>) =>
  Object.entries({
    ...{ role: 'main', attribute: 'expected', kind: 'level', direction: 'higher', frequency: 'A', decimals: '1' },
    ...{ valueType: 'decimal', definition: '示例口径', measurement: '{ type: direct }', aggregation: 'none' },
    ...{ targetScope: 'own', trajectory: 'linear', weight: "'1'", ...fields },
  })
    .map(([key, value], at) => `${at === 0 ? '- ' : '  '}${key}: ${value}\n`)
    .join('');

const ratio = (numerator: string, denominator: string, scale: string) =>
  `{ type: ratio, numerator: { name: 分子项, unit: ${numerator} }, denominator: { name: 分母项, unit: ${denominator} }, scale: '${scale}' }`;

const share = { measurement: ratio('张', '张', '100'), aggregation: 'ratio-of-sums' };
const perTenThousand = { measurement: ratio('件', '人', '10000'), aggregation: 'ratio-of-sums' };

const indicators: readonly Readonly<Record<string, string>>[] = [
  { code: "'01'", name: '护理型床位占比', area: 'A1', unitOfMeasure: "'%'", valueType: 'percentage', ...share },
  {
    code: "'02'",
    name: '康养联合体数',
    area: 'A1',
    unitOfMeasure: '个',
    valueType: 'count',
    decimals: '0',
    aggregation: 'sum',
  },
  { code: "'03'", name: '低保标准', area: 'A2', unitOfMeasure: '元/年', decimals: '0', aggregation: 'common' },
  { code: "'04'", name: '投诉率', area: 'A2', unitOfMeasure: '件/万人', direction: 'lower', ...perTenThousand },
  {
    code: "'05'",
    name: '五年新增志愿者',
    area: 'A2',
    unitOfMeasure: '人',
    kind: 'cumulative',
    decimals: '0',
    aggregation: 'sum',
  },
  { code: "'06'", name: '救助支出', area: 'A2', unitOfMeasure: '万元', kind: 'growth', aggregation: 'sum' },
  { code: "'07'", name: '覆盖率', area: 'A2', unitOfMeasure: "'%'", kind: 'hold' },
  { code: 'C1', name: '常住人口', role: 'context', unitOfMeasure: '万人', weight: "'0'" },
];

const counties = ['990001', '990002', '990003', '990004'] as const;

const rows = (
  [
    ['2020', '01', '54.9', '549,1000'],
    ['2022', '01', '', '560,1000'],
    ['2020', '04', '10', '100,100000'],
    ['2022', '04', '', '80,100000'],
    ['2020', '02', '0', '0'],
    ['2022', '02', '', '11'],
  ] as const
).flatMap(([period, code, city, county]) => {
  const known = `${Number(period) + 1}-12-31`;
  const [first, second] = county.split(',');
  const cells = second === undefined ? `${first},,` : `,${first},${second}`;
  return [
    ...(city ? [`${known},city-1,上报,${code},990000,${period},${city},,,,,年报,,,,`] : []),
    ...counties.map((unit) => `${known},county-${unit.slice(-1)},上报,${code},${unit},${period},${cells},,,年报,,,,`),
  ];
});

const files = {
  'plan.yaml': `plan: plausible-2021-2025
title: 示例市民政事业发展“十四五”规划（虚构）
territory: 某省示例市
timeZone: Asia/Shanghai
startYear: 2021
endYear: 2025
baseline: '2020'
knownAt: '2021-12-31'
source: { title: 规划文本 }
actor: { id: loader, name: 装载员, unit: '990000', roles: [loader, backfill] }
areas:
  - { code: A1, name: 养老 }
  - { code: A2, name: 救助 }
units:
  - { code: '990000', name: 示例市, level: city }
  - { code: '990001', name: 甲县, level: county, parent: '990000' }
  - { code: '990002', name: 乙县, level: county, parent: '990000' }
  - { code: '990003', name: 丙县, level: county, parent: '990000' }
  - { code: '990004', name: 丁县, level: county, parent: '990000' }
  - { code: '980000', name: 邻省, level: reference }
`,
  'indicators.yaml': indicators.map(indicator).join(''),
  'targets.csv': `indicator,unit,period,value,line
01,990000,2022,55,
01,990000,2025,58,
02,990000,2022,40,
02,990000,2025,100,
02,990001,2025,25,
02,990002,2025,25,
02,990003,2025,25,
02,990004,2025,25,
03,990000,2022,11000,
03,990000,2025,13000,
04,990000,2022,8,
04,990000,2025,5,
05,990000,2025,500,
06,990000,2025,8,
07,990000,2025,80,
`,
  'actors.csv': `id,name,unit,roles
city-1,市局填报员,990000,reporter;backfill
county-1,甲县填报员,990001,reporter;backfill
county-2,乙县填报员,990002,reporter;backfill
county-3,丙县填报员,990003,reporter;backfill
county-4,丁县填报员,990004,reporter;backfill
reviewer-1,市局审核员,990000,reviewer;backfill
`,
  'history.csv': `知悉日期,经办人,动作,指标,单位,期间,数值,分子,分母,缺报原因,事由,依据,出处,文号,审核日期,审核人
2021-03-31,city-1,上报,C1,990000,2020,252.8,,,,,公报,,,,
2021-12-31,city-1,上报,03,990000,2020,10200,,,,,年报,,,,
2023-02-01,city-1,上报,03,990000,2022,11000,,,,,年报,,,2023-02-10,reviewer-1
2023-02-01,city-1,上报,05,990000,2022,60,,,,,年报,,,,
2023-02-01,city-1,上报,07,990000,2022,93,,,,,年报,,,,
2023-02-01,city-1,缺报,07,990000,2021,,,,未统计,,年报,,,,
${rows.join('\n')}
`,
  'projects.csv': `id,unit,name,class,category,sector,plannedStart,plannedEnd,investment,builder,builderPending,package,printedPeriod,printedInvestment,reading,anomalies,line
P01,990000,养护院,implementing,new,,2021,2023,25000,,,,2021-2023年,25000,,,
P02,990001,甲县公墓,implementing,new,,2022,2024,5000,,,,2022-2024年,5000,,,
P02-1,990001,甲县公墓一区,implementing,new,,2022,2024,3000,,,P02,,,,,
P02-2,990001,甲县公墓二区,implementing,new,,2022,2024,2000,,,P02,,,,,
P03,990002,乙县养老院,prospective,,,2024,2027,9279,,,,2024-2027年,9279（一期投资约3930）,,建设期到2027年，超出规划期,
`,
  'progress.csv': `知悉日期,经办人,动作,对象,日期,百分比,金额,文字,文号,原件,新期限,事由,依据,出处
2022-07-10,city-1,项目开工,P01,2021-06-30,,,,,,,,月报,
2022-07-10,city-1,项目进度,P01,2022-06-30,45,,主体完工,,,,,月报,
2022-07-10,city-1,项目投资,P01,2022-06-30,,11200,,,,,,月报,
2022-10-10,city-1,项目调整,P01,,,,,,,2024-06,汛期,月报,
`,
  'promises.csv': `id,statement,section,indicator,task,period,comparator,value,unitOfMeasure,commitment,repeats,note,line
T01,占比58%,,01,,2025,=,58,%,firm,yes,,
T02,联合体突破99家,,02,,2025,>,99,个,firm,,,
T03,低保提高,,03,,,>=,13000,元/年,firm,,,
`,
  'policies.csv': `id,name,policyType,intent,level,owner,from,to,number,printedDate,remark,role,note,line
R01,养老条例,,new,municipal,990000,2022,2024,1,2022-2024年,新制定,,,
`,
  'tasks.csv': `id,title,actionPlan,kind,owner,due,section,note,line
D01,编制服务清单,,list,990000,2022,,,
`,
} as const;

export type PlausibleFile = keyof typeof files;
export type Change = readonly [file: PlausibleFile, from: string, to: string];

/** A plan in which nothing contradicts anything, with some of its text replaced. */
export function plausibleFolder(...changes: readonly Change[]): FolderFiles {
  const changed: Record<string, string> = { ...files };
  for (const [file, from, to] of changes) {
    if (!changed[file]!.includes(from)) throw new Error(`${file} does not say ${from}`);
    changed[file] = changed[file]!.replace(from, to);
  }
  return changed;
}

/** Only the files named, of which no other file speaks. */
export const onlyFiles = (folder: FolderFiles, ...names: readonly PlausibleFile[]): FolderFiles =>
  Object.fromEntries(names.map((name) => [name, folder[name]!]));

/** Replaces a field of one indicator. */
export function indicatorField(code: string, field: string, value: string): Change {
  const text = files['indicators.yaml'];
  const start = text.indexOf(`code: ${/^\d/.test(code) ? `'${code}'` : code}\n`);
  const own = text.slice(text.lastIndexOf('- role', start), text.indexOf('\n- role', start) + 1 || undefined);
  const line = new RegExp(`^[ -] ${field}: .*$`, 'm').exec(own)![0];
  return ['indicators.yaml', own, own.replace(line, `${line.slice(0, 2)}${field}: ${value}`)];
}

/** What a folder is warned of, after others were loaded. */
export async function warningsIn(
  files: FolderContent,
  ...before: readonly FolderContent[]
): Promise<readonly (Problem & Pick<FolderWarning, 'id' | 'places'>)[]> {
  const engine = memoryEngine();
  for (const each of before) await engine.submissions.submit(each);
  const head = await engine.log.head();
  try {
    await engine.submissions.submit(files);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code !== 'submission.warnings') throw new Error(JSON.stringify(error.problems), { cause: error });
    expect(await engine.log.head()).toBe(head);
    return error.problems.map((problem) => ({ ...problem, id: problem.id!, places: problem.places! }));
  } finally {
    await engine.close();
  }
}

type Expected = readonly (readonly [file: string, field?: string])[];

/** That a folder is warned of one thing, with both places. */
export async function expectWarning(
  files: FolderContent,
  id: string,
  places: Expected,
  ...before: readonly FolderContent[]
): Promise<void> {
  const warnings = await warningsIn(files, ...before);
  expect(warnings.map((warning) => warning.id)).toEqual([id]);
  const [{ code, message, places: named }] = warnings as [FolderWarning];
  expect(id.startsWith(`${code}:`)).toBe(true);
  expect(message).toMatch(/[\u4e00-\u9fff]/);
  expect(named.map(({ file, field, standing }) => [standing ?? file, ...(field === undefined ? [] : [field])])).toEqual(
    places,
  );
  for (const { file, row } of named) if (file !== undefined && row !== undefined) expect(row).toBeGreaterThan(0);
}
