import { memoryEngine } from '../../test/support/engine.js';
import { mistakesIn } from '../../test/support/mistakes.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { defaultEvaluationRules } from '../plans/evaluation-rules.js';
import type { Problem } from '../kernel/errors.js';

const header = '生效日期,变更,单位,名称,层级,上级,责任部门,变为,知悉日期,事由,依据,文号';
const founding = '2023-07-01,设立,331130,新区,县,331100,,,2023-07-10,撤县设区,批复,示例〔2023〕9号';
const merger = '2023-07-01,合并,331102;331103,,,,,331130,2023-07-10,撤县设区,,';
const renaming = '2024-01-01,更名,331130,新市,,,,,2024-01-05,撤县设市,,';

const folder = (...rows: string[]) => ({
  ...smallPlan(),
  'plan.yaml': `${smallPlan()['plan.yaml']}  - { code: '331103', name: 遂昌县, level: county, parent: '331100' }\n`,
  'unit-changes.csv': [header, ...rows, ''].join('\n'),
});

describe('the changes of units in a folder', () => {
  it('are applied in the order of their days, foundings first, each with its reason, document and known time', async () => {
    const engine = memoryEngine();
    await engine.submissions.submit(folder(renaming, merger, founding));
    const events = (await engine.log.readStream('plan-small')).slice(-3);
    expect(events.map(({ type }) => type)).toEqual(['UnitEnrolled', 'UnitsMerged', 'UnitRenamed']);
    expect(events[0]).toMatchObject({
      data: { code: '331130', from: '2023-07-01', level: 'county', parent: '331100' },
      metadata: { reason: '撤县设区', evidence: [{ title: '批复', documentNumber: '示例〔2023〕9号' }] },
      knownAt: '2023-07-10T15:59:59.999Z',
    });
    expect(events[1]!.data).toEqual({ units: ['331102', '331103'], into: '331130', on: '2023-07-01' });
    expect(await engine.submissions.submit(folder(founding, merger, renaming))).toMatchObject({ events: 0 });
    const turned = folder(founding, merger.replace('331102;331103', '331103;331102'), renaming);
    expect((await engine.submissions.differences(turned)).differences).toEqual([]);
  });

  it('may have become known after the approval of the plan and before or after its rules', async () => {
    const engine = memoryEngine();
    const files = folder(founding, merger, renaming);
    const approval = 'approval: { approvedBy: 市政府 }\nclosed: "2026-03-31"\n';
    const rules = { ...defaultEvaluationRules, source: '办法（示例）', knownAt: '2023-09-30' };
    await engine.submissions.submit({
      ...files,
      'plan.yaml': files['plan.yaml'] + approval,
      'rules.yaml': JSON.stringify(rules),
    });
    const types = (await engine.log.readStream('plan-small')).map(({ type }) => type);
    const known = ['PlanApproved', 'UnitEnrolled', 'UnitsMerged', 'EvaluationRulesSet', 'UnitRenamed', 'PlanClosed'];
    expect(types.slice(-6)).toEqual(known);
  });

  it.each<[string, string[], Partial<Problem>]>([
    ['an unknown word', ['2023-07-01,撤并,331102,,,,,,,,,'], { row: 2, field: '变更', code: 'folder.unknown-word' }],
    ['a cell that is not used', ['2023-07-01,撤销,331102,莲都,,,,,,,,'], { field: '名称', code: 'folder.cell-unused' }],
    [
      'a 文号 without 依据',
      ['2023-07-01,撤销,331102,,,,,,,,,〔2023〕1号'],
      { field: '依据', code: 'folder.cell-missing' },
    ],
    ['a day that is none', ['2023-06-31,撤销,331102,,,,,,,,,'], { field: '生效日期', code: 'input.invalid-field' }],
    [
      'an unknown level',
      ['2023-07-01,设立,331130,新区,区,331100,,,,,,'],
      { field: '层级', code: 'input.invalid-field' },
    ],
    ['an unknown unit', ['2023-07-01,更名,0331102,新区,,,,,,,,'], { row: 2, field: '单位', code: 'unit.not-enrolled' }],
    ['a merger into an old unit', [merger.replace('331130', '331100')], { field: '变为', code: 'unit.not-new' }],
    ['a merger of one unit', ['2023-07-01,合并,331102,,,,,331103,,,,'], { field: '单位', code: 'unit.several' }],
  ])('with %s are refused in their place', async (_, rows, expected) => {
    expect(await mistakesIn(folder(...rows))).toEqual([
      expect.objectContaining({ file: 'unit-changes.csv', ...expected }),
    ]);
  });
});

describe('the column 译名', () => {
  const headed = (...rows: string[]) => ({
    ...folder(),
    'unit-changes.csv': [header.replace('名称', '名称,译名'), ...rows, ''].join('\n'),
  });
  const row = (word: string, cell: string) => `2023-07-01,${word},331102,处州区,${cell},,,,,,,,`;

  it('may be left out, and gives the new name in other languages', async () => {
    const engine = memoryEngine();
    await engine.submissions.submit(headed(row('更名', 'en=Chuzhou District; pt=Chuzhou')));
    expect((await engine.log.readStream('plan-small')).at(-1)!.data).toEqual({
      ...{ code: '331102', name: '处州区', on: '2023-07-01' },
      translations: { en: 'Chuzhou District', pt: 'Chuzhou' },
    });
  });

  it.each([
    ['Chuzhou', 'input.invalid-field'],
    ['en=', 'input.invalid-field'],
    ['en=A=B', 'input.invalid-field'],
    ['EN=Chuzhou', 'language.tag'],
    ['zh-CN=处州', 'language.own'],
  ])('is refused with %s: %s', async (cell, code) => {
    expect(await mistakesIn(headed(row('更名', cell)))).toEqual([
      expect.objectContaining({ file: 'unit-changes.csv', row: 2, field: '译名', code }),
    ]);
  });
});

it('a unit that is no more is not missed beside those that have targets', async () => {
  const county = (code: string) => `  - { code: '${code}', name: 县${code}, level: county, parent: '331100' }\n`;
  const files = {
    ...smallPlan(),
    'plan.yaml': `${smallPlan()['plan.yaml']}${county('331103')}${county('331104')}`,
    'targets.csv': `${smallPlan()['targets.csv']!.trimEnd()}\n03,331102,2025,60,\n03,331104,2025,60,\n`,
  };
  const submitted = (more: Record<string, string>) => memoryEngine().submissions.submit({ ...files, ...more });
  await expect(submitted({})).rejects.toMatchObject({ problems: [{ id: 'target.unit-left-out:331103' }] });
  const absorbing = '2023-07-01,合并,331102;331103,,,,,331102,2023-07-10,并入,,';
  await expect(submitted({ 'unit-changes.csv': `${header}\n${absorbing}\n` })).resolves.toMatchObject({ warnings: [] });
});
