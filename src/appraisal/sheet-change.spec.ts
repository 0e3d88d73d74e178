import { defaultAppraisalRules } from '../appraisal-rules/appraisal-rules.js';
import { appraise, type Fact } from './appraise.js';
import { sheetChange } from './sheet-change.js';

const fact = (count: Fact['count'], id: string): Fact => ({
  ...{ count, unit: '331102', text: `${id} ${count}` },
  about: { kind: 'figure', id, unit: '331102', period: '2022' },
});
const owed = ['02', '03', '04', '05'].map((id) => fact('owed', id));
const of = (rulesVersion: number, ...facts: Fact[]) => ({
  ...{ score: appraise(defaultAppraisalRules, facts), rulesVersion },
});

it('a sheet that would be the same has no change, by whatever version of the rules', () => {
  const sheet = of(1, ...owed, fact('late', '02'));
  expect(sheetChange(sheet, of(1, ...owed, fact('late', '02')))).toBeUndefined();
  expect(sheetChange(sheet, of(2, ...owed, fact('late', '02')))).toBeUndefined();
});

it('names the deductions that would come, go, or take other points', () => {
  const sheet = of(1, ...owed, fact('late', '02'), fact('overdue', '03'));
  const now = of(2, ...owed.slice(1), fact('overdue', '03'), fact('late', '04'));
  expect(sheetChange(sheet, now)).toMatchObject({
    ...{ points: now.score.points, total: now.score.total, rulesVersion: 2 },
    added: [{ item: 'timeliness', text: '04 late' }],
    gone: [{ item: 'timeliness', text: '02 late', points: '2.5' }],
    changed: [{ text: '03 overdue', points: '5', now: '6.667' }],
  });
});

it('is told where only the weight differs that applies', () => {
  const sheet = of(1, ...owed);
  const change = sheetChange(sheet, of(1, ...owed, fact('targets', '02')));
  expect(change).toMatchObject({ weight: '60', added: [], gone: [], changed: [] });
});
