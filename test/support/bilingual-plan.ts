import { smallPlan } from './small-plan.js';

const translated: readonly (readonly [file: string, from: string, to: string])[] = [
  ['plan.yaml', 'title: 小规划', `title: 小规划\ntranslations: { en: Small plan, pt: Plano pequeno }`],
  ['plan.yaml', 'name: 幸福颐养标杆区', `name: 幸福颐养标杆区, translations: { en: Happy ageing }`],
  ['plan.yaml', 'name: 莲都区', `name: 莲都区, translations: { en: Liandu District }`],
  ['indicators.yaml', 'name: 康养联合体数', `name: 康养联合体数\n  translations: { en: Care consortia }`],
];

/** The small plan with English names of all but the city, whose county is renamed in 2024. */
export function bilingualPlan(): Record<string, string> {
  const files: Record<string, string> = { ...smallPlan() };
  for (const [file, from, to] of translated) {
    if (!files[file]!.includes(from)) throw new Error(`${file} has no ${from}`);
    files[file] = files[file]!.replace(from, to);
  }
  files['unit-changes.csv'] = [
    '生效日期,变更,单位,名称,译名,层级,上级,责任部门,变为,知悉日期,事由,依据,文号',
    '2024-01-01,更名,331102,处州区,en=Chuzhou District; pt=Chuzhou,,,,,2024-01-05,更名,,',
    '',
  ].join('\n');
  return files;
}
