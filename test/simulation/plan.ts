import type { FolderFiles } from '../../src/slice/folder-part.js';
import { smallPlan } from '../support/small-plan.js';

export const plan = 'small';
export const cityUnit = '331100';
export const counties = ['331102', '331121', '331122'] as const;

const liandu = `  - { code: '331102', name: 莲都区, level: county, parent: '331100' }\n`;

const bedShare = `- code: '02'
  role: main
  name: 护理型床位占比
  unitOfMeasure: '%'
  area: A1
  attribute: expected
  kind: level
  direction: higher
  frequency: A
  valueType: percentage
  decimals: 1
  definition: 年末护理型床位占比
  measurement:
    type: ratio
    numerator: { name: 护理型床位, unit: 张 }
    denominator: { name: 床位, unit: 张 }
    scale: '100'
  aggregation: ratio-of-sums
  targetScope: all
  trajectory: linear
  weight: '1'
`;

/** The small plan with a city and three counties, and two indicators: a sum (03) and a ratio of sums (02). */
export function simulatedPlan(): FolderFiles {
  const others = liandu.replace('331102', '331121').replace('莲都区', '青田县');
  const third = liandu.replace('331102', '331122').replace('莲都区', '缙云县');
  const files = smallPlan(['plan.yaml', liandu, liandu + others + third]);
  return { ...files, 'indicators.yaml': files['indicators.yaml']! + bedShare };
}
