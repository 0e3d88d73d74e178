import { leadWords, momentWords, percent, periodWords, score, signed, tidy, titleOf, withUnit } from './words.js';

const bounds = ['5', '-2', '-10', '-25'];

describe('numbers in the report', () => {
  it('are rounded half up to one decimal place', () => {
    expect(percent('67.692307692307692308')).toBe('67.7%');
    expect(percent('88.85')).toBe('88.9%');
    // 93.75, from a base of 85.3333…
    expect(percent('93.749999999999999999')).toBe('93.8%');
    expect(percent('-0.04')).toBe('−0.04%');
    expect(percent('0')).toBe('0.0%');
    expect(percent(undefined)).toBe('—');
  });

  it('have as many decimal places as distinguish them from the next bound', () => {
    expect(percent('99.97')).toBe('99.97%');
    expect(percent('94.98', ['95'])).toBe('94.98%');
    expect(signed('-10.015063306599356755', bounds)).toBe('−10.02');
    expect(signed('-10', bounds)).toBe('−10.0');
    expect(signed('6.1538', bounds)).toBe('+6.2');
    expect(signed('0', bounds)).toBe('0.0');
  });

  it('have one decimal place if four are not enough to distinguish them from a bound', () => {
    expect(score('99.9999999999999999')).toBe('100.0');
  });

  it('are worded as ahead of, behind or on schedule', () => {
    expect(leadWords('6.15', bounds)).toBe('超前序时进度 6.2 个百分点');
    expect(leadWords('-3.1', bounds)).toBe('落后序时进度 3.1 个百分点');
    expect(leadWords('0', bounds)).toBe('与序时进度持平');
  });

  it('are tidied if computed', () => {
    expect(tidy('11666.66666')).toBe('11666.67');
    expect(tidy('20.00')).toBe('20');
    expect(tidy('0.0987654')).toBe('0.099');
    expect(tidy('-2')).toBe('−2');
    expect(tidy('0')).toBe('0');
    expect(withUnit('55.2', '%')).toBe('55.2%');
    expect(withUnit('41', '个')).toBe('41 个');
  });
});

describe('times in the report', () => {
  it('include periods of every frequency', () => {
    expect(['2022', '2022-S1', '2022-Q3', '2022-03'].map(periodWords)).toEqual([
      '2022年',
      '2022年上半年',
      '2022年第3季度',
      '2022年3月',
    ]);
  });

  it('are part of the title of each kind of evaluation', () => {
    expect(titleOf('2023', 'annual')).toBe('2023年度监测分析');
    expect(titleOf('2022', 'midterm')).toBe('2022年中期评估报告');
    expect(titleOf('2025', 'final')).toBe('2025年总结评估报告');
  });

  it('show the end of a day as that day, in the plan’s time zone', () => {
    expect(momentWords('2023-06-30T15:59:59.999Z', 'Asia/Shanghai')).toBe('2023年6月30日');
    expect(momentWords('2023-06-30T15:59:00.000Z', 'Asia/Shanghai')).toBe('2023年6月30日 23:59');
  });
});
