import type { Finding } from '../assessment/measured.js';
import type { Assessment } from '../assessment/assessment.js';
import { statusText, valueText } from './marks.js';
import { isLines, type Line } from './model.js';

const approved = {
  shown: '55.5',
  exact: '55.5',
  source: 'reported',
  approved: true,
  corrections: 0,
  comparable: true,
  demo: false,
} as const;

/** The letters of the marks on a line. */
function marksOf(line: Line): string[] {
  if (isLines(line)) return line.flatMap(marksOf);
  return line && typeof line === 'object' && line.kind === 'flag' ? [line.letter] : [];
}

it.each<[string, Finding, string[]]>([
  ['a value in use', approved, []],
  ['a value that was corrected', { ...approved, corrections: 1 }, ['更']],
  ['a value whose correction waits', { ...approved, pending: '54.2' }, ['待']],
  ['a value whose correction was returned', { ...approved, sentBack: '54.2' }, ['退']],
  ['a value of another definition', { ...approved, comparable: false }, ['变']],
])('%s has its own mark', (_, finding, marks) => {
  expect(marksOf(valueText(finding))).toEqual(marks);
});

it('says what keeps an indicator from being judged', () => {
  const grey = { period: '2022', attribute: 'expected', treatedAs: 'level', light: 'grey' } as const;
  const text = (of: Partial<Assessment>) => statusText({ ...grey, status: 'no-data', ...of });
  expect(text({ status: 'incomparable', missing: 'target' })).toBe('不可比');
  expect(text({ status: 'incomparable', missing: 'base' })).toBe('不可比');
  expect(text({ missing: 'base' })).toBe('缺基期值');
  expect(text({ status: 'not-applicable', missing: 'target' })).toBe('未设目标');
  expect(text({ missing: 'target' })).toBe('目标无法计算');
  expect(text({})).toBe('暂无数据');
});
