import type { Finding } from '../assessment/measured.js';
import type { CellTarget } from '../assessment/rule-targets.js';
import { findingText, targetText } from './output.js';

const approved = {
  shown: '55.5',
  exact: '55.5',
  source: 'reported',
  approved: true,
  corrections: 0,
  comparable: true,
  demo: false,
} as const;

describe('a value', () => {
  it.each<[string, Finding, string]>([
    ['in use', approved, '55.5'],
    ['in use while its correction waits', { ...approved, pending: '54.2' }, '55.5（更正待审 54.2）'],
    ['in use after its correction was returned', { ...approved, sentBack: '54.2' }, '55.5（更正被退回 54.2）'],
    ['of another definition', { ...approved, comparable: false, demo: true }, '55.5（口径已变） 示例'],
    ['that was never reported', { absent: 'not-reported', demo: false }, '未上报'],
    ['that was returned', { absent: 'returned', demo: false }, '已退回'],
    ['that does not apply', { absent: 'missing', because: 'not-applicable', demo: false }, '不适用'],
    ['that was not collected', { absent: 'missing', because: 'not-collected', demo: false }, '缺报（未统计）'],
    ['of zero', { ...approved, shown: '0', exact: '0' }, '0'],
  ])('%s', (_, finding, text) => {
    expect(findingText(finding)).toBe(text);
  });
});

it('a target of another definition says so', () => {
  const target: CellTarget = {
    ...{ unit: '331100', period: '2025', value: '58', targetVersion: 1, eventId: 'e', knownAt: 'k', demo: false },
  };
  expect(targetText(target)).toBe('58');
  expect(targetText({ ...target, comparable: false })).toBe('58（原口径）');
  expect(targetText(undefined)).toBe('—');
});
