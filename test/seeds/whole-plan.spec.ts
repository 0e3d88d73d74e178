import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { lishui, seedFiles } from '../support/seeds.js';

/**
 * Compares the seed files with counts and sums that were taken independently from the plan’s text (964 lines). A lost,
 * duplicated or mistyped row fails a test.
 */
type Row = Readonly<Record<string, string>>;
const files = seedFiles(lishui);
const demoFiles = seedFiles(`${lishui}-demo`);
const rowsOf = (text = ''): Row[] => parseCsv(text, { columns: true });
const table = (name: string) => rowsOf(files[name]);

const [promises, tasks, policies] = [table('promises.csv'), table('tasks.csv'), table('policies.csv')];
const [projects, findings, targets] = [table('projects.csv'), table('findings.csv'), table('targets.csv')];
const [progress, parts] = [rowsOf(demoFiles['progress.csv']), rowsOf(demoFiles['projects.csv'])];

interface Indicator {
  readonly code: string;
  readonly role: string;
  readonly line?: number;
  readonly assumptions?: readonly { readonly text: string }[];
}
const indicators = ['indicators.yaml', 'indicators-promises.yaml'].flatMap(
  (name) => parseYaml(files[name]!) as Indicator[],
);
const codes = new Set(indicators.map(({ code }) => code));
const idsOf = (rows: readonly Row[]) => rows.map(({ id }) => id);
const numbered = (letter: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${letter}${String(at + 1).padStart(2, '0')}`);

function tally(rows: readonly Row[], ...columns: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const key = columns.map((column) => row[column]).join('/');
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

const sum = (rows: readonly Row[]) => rows.reduce((total, { investment }) => total + Number(investment), 0);

/** Number of projects and their investment in 万元, per key. */
function amounts(column: (row: Row) => string): Record<string, [number, number]> {
  const keys = [...new Set(projects.map(column))];
  return Object.fromEntries(
    keys.map((key) => {
      const rows = projects.filter((row) => column(row) === key);
      return [key, [rows.length, sum(rows)]];
    }),
  );
}

describe('the promises of the text', () => {
  it('are 62, of which 15 repeat a main indicator', () => {
    expect(idsOf(promises)).toEqual(numbered('T', 62));
    expect(promises.filter(({ repeats }) => repeats === 'yes')).toHaveLength(15);
    expect(tally(promises, 'commitment')).toEqual({ firm: 60, strive: 1, exploratory: 1 });
  });

  it('are due in 2022, in 2025 or undated', () => {
    expect(tally(promises, 'period')).toEqual({ '2022': 9, '2025': 31, '': 22 });
  });

  it('are each tracked by exactly one existing indicator or task', () => {
    const known = new Set(idsOf(tasks));
    for (const { id, indicator = '', task = '', repeats } of promises) {
      expect([id, (indicator === '') !== (task === '')]).toEqual([id, true]);
      expect([id, indicator === '' || codes.has(indicator)]).toEqual([id, true]);
      expect([id, task === '' || known.has(task)]).toEqual([id, true]);
      expect([id, /^0[1-9]$/.test(indicator)]).toEqual([id, repeats === 'yes']);
    }
  });

  it('have 40 promise indicators, each with a target of the city, and five context indicators for rules', () => {
    const own = indicators.filter(({ role }) => role === 'promise');
    expect(own).toHaveLength(40);
    expect(indicators.filter(({ code }) => code.startsWith('S')).map(({ role }) => role)).toEqual(
      Array<string>(5).fill('context'),
    );
    const followed = new Set(promises.map(({ indicator }) => indicator));
    for (const { code } of own) {
      expect([code, followed.has(code)]).toEqual([code, true]);
      expect([code, targets.some((row) => row.indicator === code && row.unit === '331100')]).toEqual([code, true]);
    }
  });

  it('have targets equal to the values of the text, with three exceptions', () => {
    const differing = promises.filter(({ indicator, period = '', value }) => {
      if (indicator === '' || period === '') return false;
      return targets.find((row) => row.indicator === indicator && row.period === period)?.value !== value;
    });
    // T30: one per township, stored as a share of townships. T47: “more than 60”. T52: four registries, stored as a
    // share.
    expect(idsOf(differing)).toEqual(['T30', 'T47', 'T52']);
  });

  it('have rule targets that refer to existing indicators', () => {
    const rules = targets.filter(({ value }) => value?.startsWith('='));
    expect(rules.map(({ indicator }) => indicator)).toEqual(['T17', 'T20', 'T21', 'T22', 'T24']);
    for (const { value = '' } of rules) {
      for (const [, code = ''] of value.matchAll(/"([^"]+)"/g)) expect([code, codes.has(code)]).toEqual([code, true]);
    }
  });
});

describe('the tasks', () => {
  it('are the 24 undated deliverables and the six promises without a numeric value', () => {
    expect(idsOf(tasks)).toEqual([...numbered('D', 24), 'M13', 'M18', 'M34', 'M48', 'M58', 'M62']);
    for (const { id = '' } of tasks.filter((row) => row.id?.startsWith('M'))) {
      expect(promises.find(({ task }) => task === id)?.id).toBe(id.replace('M', 'T'));
    }
  });
});

describe('the policies', () => {
  it('are 37: ten of annex 2, eleven announced in the text only, 16 cited', () => {
    expect(idsOf(policies)).toEqual(numbered('R', 37));
    expect(tally(policies, 'intent')).toEqual({ new: 6, revision: 3, unremarked: 1, announced: 11, cited: 16 });
    const annex = policies.filter(({ number }) => number !== '');
    expect(annex.map(({ number }) => Number(number))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(annex.filter(({ printedDate }) => printedDate !== '')).toHaveLength(6);
    expect(tally(annex, 'remark')).toEqual({ 新制定: 6, 修订: 3, '': 1 });
  });
});

describe('the projects of annex 3', () => {
  it('are 73 with 847428 万元, or 842079 万元 with only the first phase of 庆元’s cemetery', () => {
    expect(idsOf(projects)).toEqual(numbered('P', 73));
    expect(sum(projects)).toBe(847428);
    const cemetery = projects.find(({ id }) => id === 'P34')!;
    expect(cemetery.printedInvestment).toBe('9279（一期投资约3930）');
    expect(sum(projects) - Number(cemetery.investment) + 3930).toBe(842079);
  });

  it('add up by unit', () => {
    expect(amounts(({ unit }) => unit!)).toEqual({
      '331100': [9, 136000],
      '331102': [7, 32707],
      '331127': [5, 28900],
      '331181': [3, 46400],
      '331125': [9, 86200],
      '331126': [2, 14979],
      '331123': [8, 49810],
      '331121': [8, 77352],
      '331122': [14, 148800],
      '331124': [8, 226280],
    });
  });

  it('add up by class and category', () => {
    expect(amounts((row) => `${row.class}/${row.category}`)).toEqual({
      'implementing/continuing': [19, 139699],
      'implementing/new': [16, 348129],
      'prospective/': [38, 359600],
    });
  });

  it('have anomalies in 45 rows; ten end after 2025 and twelve start before 2021', () => {
    expect(projects.filter(({ anomalies }) => anomalies !== '')).toHaveLength(45);
    expect(projects.filter(({ plannedEnd }) => Number(plannedEnd) > 2025)).toHaveLength(10);
    expect(projects.filter(({ plannedStart }) => Number(plannedStart) < 2021)).toHaveLength(12);
    expect(projects.filter(({ builderPending }) => builderPending === 'yes')).toHaveLength(8);
    for (const { id, printedPeriod, plannedStart, plannedEnd } of projects) {
      expect([id, printedPeriod]).toEqual([id, `${plannedStart}-${plannedEnd}年`]);
    }
  });
});

describe('the findings', () => {
  const listed: Record<string, readonly Row[]> = {
    project: projects,
    policy: policies,
    promise: promises,
    task: tasks,
  };

  it('are 30: two high, eleven medium, 17 low', () => {
    expect(idsOf(findings)).toEqual(numbered('I', 30));
    expect(tally(findings, 'severity')).toEqual({ high: 2, medium: 11, low: 17 });
  });

  it('have existing subjects', () => {
    for (const { id, subjectType = '', subject = '' } of findings) {
      const exists =
        subjectType === 'plan'
          ? subject === ''
          : subjectType === 'indicator'
            ? codes.has(subject)
            : idsOf(listed[subjectType] ?? []).includes(subject);
      expect([id, exists]).toEqual([id, true]);
    }
  });
});

describe('every line number', () => {
  const lines = [
    ...[promises, tasks, policies, projects, targets].flat().map(({ line }) => Number(line)),
    ...findings.flatMap(({ lines = '' }) => lines.split(' ').map(Number)),
    ...indicators.flatMap(({ line }) => (line === undefined ? [] : [line])),
  ];

  it('is between 1 and 964', () => {
    expect(lines.length).toBeGreaterThan(300);
    expect(lines.filter((line) => !(Number.isInteger(line) && line >= 1 && line <= 964))).toEqual([]);
  });
});

describe('texts for users', () => {
  it('are Chinese', () => {
    const read = [
      ...promises.flatMap(({ statement, section, unitOfMeasure, note }) => [statement, section, unitOfMeasure, note]),
      ...tasks.flatMap(({ title, section, note }) => [title, section, note]),
      ...policies.flatMap(({ name, policyType, role, note }) => [name, policyType, role, note]),
      ...projects.flatMap(({ name, sector, builder, reading, anomalies }) => [
        name,
        sector,
        builder,
        reading,
        anomalies,
      ]),
      ...findings.flatMap(({ title, detail }) => [title, detail]),
      ...progress.flatMap((row) => [row['文字'], row['事由'], row['依据']]),
      ...indicators.flatMap(({ assumptions = [] }) => assumptions.map(({ text }) => text)),
    ];
    expect(read.filter((text) => /[A-Za-z]{3,}/.test(text ?? ''))).toEqual([]);
  });
});

describe('the demonstration data', () => {
  it('marks every text as 示例', () => {
    for (const row of progress) {
      const texts = ['文字', '事由', '依据'].map((column) => row[column] ?? '').filter(Boolean);
      expect(texts.length).toBeGreaterThan(0);
      expect(texts.filter((text) => !text.startsWith('示例：'))).toEqual([]);
    }
    for (const { name } of parts) expect(name).toMatch(/^示例·/);
  });

  it('splits one package into three parts whose sum differs from the package', () => {
    expect(parts.map(({ id, package: whole }) => [id, whole])).toEqual([
      ['P58-1', 'P58'],
      ['P58-2', 'P58'],
      ['P58-3', 'P58'],
    ]);
    expect(sum(parts)).toBe(50700);
    expect(projects.find(({ id }) => id === 'P58')?.investment).toBe('50000');
  });

  it('contains every kind of progress of projects, policies, tasks and findings', () => {
    expect(tally(progress, '动作')).toMatchObject({
      ...{ 项目开工: 50, 项目竣工: 40, 项目停工: 1, 项目复工: 1, 项目取消: 1, 项目调整: 13, 投资更正: 1 },
      ...{ 政策起草: 13, 政策印发: 15, 政策修订: 1, 政策延期: 1, 政策废止: 1, 政策终止: 1 },
      ...{ 任务完成: 18, 任务重启: 1, 问题答复: 9, 问题办结: 3 },
    });
    const known = new Set([projects, parts, policies, tasks, findings].flatMap(idsOf));
    expect(progress.filter((row) => !known.has(row['对象']))).toEqual([]);
    const days = progress.map((row) => row['知悉日期'] ?? '');
    expect(days).toEqual([...days].sort());
    expect(progress.filter((row) => (row['日期'] ?? '') > (row['知悉日期'] ?? ''))).toEqual([]);
  });
});
