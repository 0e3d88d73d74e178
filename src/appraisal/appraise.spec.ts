import fc from 'fast-check';
import { Decimal } from '../assessment/decimals.js';
import { countWords, defaultAppraisalRules, type CountName } from '../appraisal-rules/appraisal-rules.js';
import { appraise, type AppraisalItem, type Fact } from './appraise.js';
import { yearOf } from './year.js';

const fact = (count: CountName, text: string = count, position = '7'): Fact => ({
  ...{ count, unit: '331102', text, position },
  about: { kind: 'figure', id: '02', unit: '331102', period: '2022' },
});
const facts = (count: CountName, times: number) =>
  Array.from({ length: times }, (_, at) => fact(count, `${count} ${at}`));
const itemOf = (code: string, ...given: Fact[]): AppraisalItem =>
  appraise(defaultAppraisalRules, given).items.find((item) => item.code === code)!;
const lostIn = ({ lost }: AppraisalItem) => lost.map(({ text, points }) => [text, points]);

describe('an item', () => {
  it('loses its weight by the share of what was late, half for late and whole for missing', () => {
    const item = itemOf('timeliness', ...facts('owed', 8), fact('late', '迟'), fact('overdue', '缺'));
    expect(item).toMatchObject({ weight: '20', points: '16.25' });
    expect(lostIn(item)).toEqual([
      ['缺', '2.5'],
      ['迟', '1.25'],
    ]);
    expect(item.lost.map(({ position, about }) => [position, about?.id])).toEqual([
      ['7', '02'],
      ['7', '02'],
    ]);
    expect(item.counts.map(({ count, value }) => [count, value])).toEqual([
      ['owed', 8],
      ['overdue', 1],
      ['late', 1],
    ]);
  });

  it('does not apply where nothing of its base is counted, and the total is of the others', () => {
    const score = appraise(defaultAppraisalRules, [...facts('owed', 4), fact('late')]);
    expect(score.items.map(({ points }) => points)).toEqual(['17.5', undefined, undefined, undefined, undefined]);
    expect(score).toMatchObject({ points: '17.5', weight: '20', total: '87.50' });
    expect(appraise(defaultAppraisalRules, [])).not.toHaveProperty('total');
  });

  it('has at most half of the targets’ points once a binding one is missed', () => {
    const one = itemOf('targets', ...facts('targets', 10), fact('bindingMissed', '02 滞后'));
    expect(one.points).toBe('20');
    expect(lostIn(one)).toEqual([
      ['02 滞后', '4'],
      ['有滞后的约束性目标，本项至多 20 分', '16'],
    ]);
    expect(itemOf('targets', ...facts('targets', 10), fact('expectedMissed')).points).toBe('36');
    // What the other losses take already is not taken twice.
    const many = itemOf('targets', ...facts('targets', 4), ...facts('expectedMissed', 2), fact('bindingMissed'));
    expect([many.points, many.lost.length]).toEqual(['10', 3]);
  });

  it('loses no more than it has', () => {
    const item = itemOf('quality', fact('reported'), ...facts('contradictions', 2));
    expect(item.points).toBe('0');
    expect(lostIn(item).at(-1)).toEqual(['扣分以本项满分为限', '-20']);
  });
});

describe('a deduction', () => {
  const about = { kind: 'figure', id: '05', unit: '331102', period: '2022' } as const;
  const late: Fact = { count: 'late', unit: '331102', text: '迟', about };
  const id = 'timeliness/late/figure/05/331102/2022';

  it('does not count once an objection to it was accepted, and stays in sight with what it would take', () => {
    const given = [...facts('owed', 4), late, fact('overdue', '缺')];
    const [item] = appraise(defaultAppraisalRules, given, new Set([id])).items;
    expect(item).toMatchObject({
      points: '15',
      lost: [
        { text: '缺', points: '5' },
        { id, points: '0', withdrawn: '2.5' },
      ],
    });
    expect(item!.counts.map(({ value }) => value)).toEqual([4, 1, 0]);
  });

  it('that is withdrawn does not bring the cap about', () => {
    const missed: Fact = { ...late, count: 'bindingMissed' };
    const withdrawn = new Set(['targets/bindingMissed/figure/05/331102/2022']);
    const item = appraise(defaultAppraisalRules, [...facts('targets', 4), missed], withdrawn).items[2]!;
    expect([item.points, item.lost.length]).toEqual(['40', 1]);
  });

  it('takes the factor of the step that its days reach', () => {
    const steps = [
      { from: 3, factor: '0.2' },
      { from: 10, factor: '1' },
    ];
    const items = [
      {
        ...{ code: 't', name: '及时', weight: '20', base: 'owed' as const },
        losses: [{ count: 'lateDays' as const, steps }],
      },
    ];
    const days = (amount: number): Fact => ({ ...late, count: 'lateDays', amount, text: `${amount}` });
    const [item] = appraise({ items }, [...facts('owed', 4), days(2), days(3), days(9), days(30)]).items;
    expect(lostIn(item!)).toEqual([
      ['3', '1'],
      ['9', '1'],
      ['30', '5'],
    ]);
  });
});

it('the parts that were lost add up to exactly what is lacking, whatever was counted', () => {
  const names = Object.keys(countWords) as CountName[];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...names), { maxLength: 120 }), (counts) => {
      const { items, points, weight } = appraise(
        defaultAppraisalRules,
        counts.map((count) => fact(count)),
      );
      let [sum, whole] = [new Decimal(0), new Decimal(0)];
      for (const item of items) {
        if (item.points === undefined) {
          expect(item.lost).toEqual([]);
          continue;
        }
        const lost = item.lost.reduce((all, part) => all.plus(part.points), new Decimal(0));
        expect(new Decimal(item.weight).minus(lost).toFixed()).toBe(item.points);
        expect(new Decimal(item.points).isNegative()).toBe(false);
        [sum, whole] = [sum.plus(item.points), whole.plus(item.weight)];
      }
      expect([points, weight]).toEqual([sum.toFixed(), whole.toFixed()]);
    }),
  );
});

it('the default weights are 100 points, and every count of a rule is one that the engine knows', () => {
  const { items, source } = defaultAppraisalRules;
  expect(items.reduce((sum, { weight }) => sum + Number(weight), 0)).toBe(100);
  expect(source).toContain('不是民政局的规定');
  const named = items.flatMap(({ base, losses }) => [base, ...losses.map(({ count }) => count)]);
  // Late days are told, and have no factor of their own by default.
  expect(Object.keys(countWords).filter((count) => !named.includes(count as CountName))).toEqual(['lateDays']);
});

it('a year is appraised, and no part of one', () => {
  expect(yearOf('2022')).toMatchObject({ year: 2022, frequency: 'A' });
  expect(() => yearOf('2022-S1')).toThrow(expect.objectContaining({ code: 'appraisal.period' }));
});
