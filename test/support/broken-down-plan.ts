import type { FolderFiles } from '../../src/slice/folder-part.js';
import { smallPlan } from './small-plan.js';

const breakdowns = `breakdowns:
    - { code: sex, name: 性别, parts: [{ code: f, name: 女 }, { code: m, name: 男 }] }
    - { code: area, name: 城乡, parts: [{ code: u, name: 城镇 }, { code: r, name: 农村 }] }`;

/** The small plan, its indicator broken down by sex and by area. Its county reports 2022 by sex: 3 and 5 of 8. */
export function brokenDownPlan(): FolderFiles {
  const files = smallPlan(['indicators.yaml', 'aggregation: sum', `aggregation: sum\n  ${breakdowns}`]);
  const [header, ...rows] = files['history.csv']!.trimEnd().split('\n');
  const part = (value: string, code: string) => `2023-03-01,,上报,03,331102,2022,${value},,,,,,,,,,${code}`;
  const parts = [part('3', 'sex.f'), part('5', 'sex.m')];
  return { ...files, 'history.csv': [`${header},分组`, ...rows.map((row) => `${row},`), ...parts, ''].join('\n') };
}
