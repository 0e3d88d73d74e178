import type { FolderFiles } from '../../src/slice/folder-part.js';

/** The smallest plan folder with a plan, an indicator, targets and history. Specs introduce single mistakes into it. */
const files = {
  'plan.yaml': `plan: small
title: 小规划
territory: 丽水市
timeZone: Asia/Shanghai
startYear: 2021
endYear: 2025
baseline: '2020'
knownAt: '2021-12-31'
source: { title: 规划文本 }
actor: { id: loader, name: 装载员, unit: '331100', roles: [loader, backfill] }
areas:
  - { code: A1, name: 幸福颐养标杆区 }
units:
  - { code: '331100', name: 丽水市, level: city }
  - { code: '331102', name: 莲都区, level: county, parent: '331100' }
`,
  'indicators.yaml': `- code: '03'
  role: main
  name: 康养联合体数
  unitOfMeasure: 个
  area: A1
  attribute: expected
  kind: level
  direction: higher
  frequency: A
  valueType: count
  decimals: 0
  definition: 年末建成并运行的个数
  measurement: { type: direct }
  aggregation: sum
  targetScope: own
  trajectory: milestones
  weight: '1'
`,
  'targets.csv': `indicator,unit,period,value,line
03,331100,2022,40,
03,331100,2025,100,
`,
  'actors.csv': `id,name,unit,roles
reporter-1,莲都填报员,331102,reporter;backfill
reviewer-1,市局审核员,331100,reviewer;backfill
`,
  'history.csv': `知悉日期,经办人,动作,指标,单位,期间,数值,分子,分母,缺报原因,事由,依据,出处,文号,审核日期,审核人
2022-03-01,reporter-1,上报,03,331102,2021,3,,,,,2021 年名录,,,2022-03-10,reviewer-1
2023-03-01,reporter-1,上报,03,331102,2022,8,,,,,2022 年名录,,,,
`,
} as const;

export type SmallFile = keyof typeof files;

/**
 * Number of events: plan, area, two units, indicator, two targets, a figure reported and approved, and a figure
 * reported.
 */
export const smallPlanEvents = 10;

/** The folder with some of its text replaced. @throws if a file does not contain the text to replace */
export function smallPlan(...changes: readonly [SmallFile, string, string][]): FolderFiles {
  const changed: Record<string, string> = { ...files };
  for (const [file, from, to] of changes) {
    if (!changed[file]!.includes(from)) throw new Error(`${file} does not contain ${from}`);
    changed[file] = changed[file]!.replace(from, to);
  }
  return changed;
}
