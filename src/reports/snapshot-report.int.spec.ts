import { lishui, seedFiles } from '../../test/support/seeds.js';
import { Bureau, textOf, type Frozen } from '../../test/support/bureau.js';
import {
  MakeRecommendation,
  OpenEvaluation,
  RecordFinding,
  ReportRectification,
  TakeSnapshot,
} from '../evaluations/evaluation.commands.js';
import { htmlReport } from './html-report.js';
import { snapshotReport } from './snapshot-report.js';

const hostile = `<script>alert("1")</script><img src=x onerror='x'> & </style>`;

let bureau: Bureau;
let midterm: Frozen;
let annual: Frozen;
let final: Frozen;
let later: Frozen;
let real: Frozen;

beforeAll(async () => {
  bureau = await Bureau.open(lishui, seedFiles(lishui), seedFiles(`${lishui}-demo`));
  midterm = await bureau.evaluate({ id: 'midterm-2022', kind: 'midterm', period: '2022' }, '2023-06-30');
  annual = await bureau.evaluate({ id: 'annual-2023', kind: 'annual', period: '2023' }, '2024-12-31');
  final = await bureau.evaluate({ id: 'final-2025', kind: 'final', period: '2025' });
  later = await bureau.evaluate({ id: 'midterm-2022-later', kind: 'midterm', period: '2022' }, '2023-12-31');
  const without = await Bureau.open(lishui, seedFiles(lishui));
  real = await without.evaluate({ id: 'midterm-2022', kind: 'midterm', period: '2022' }, '2023-06-30');
  await without.close();
}, 120_000);

afterAll(() => bureau.close());

describe('the report of a snapshot', () => {
  it('has a title for each kind of evaluation', () => {
    expect(textOf(htmlReport(snapshotReport(...midterm)))).toContain('2022年中期评估报告');
    expect(textOf(htmlReport(snapshotReport(...annual)))).toContain('2023年度监测分析');
    expect(textOf(htmlReport(snapshotReport(...final)))).toContain('2025年总结评估报告');
  });

  it('states cut-off, person, hash, rules and how to verify', () => {
    const page = textOf(htmlReport(snapshotReport(...midterm)));
    const [, , { contentHash }] = midterm;
    expect(page).toContain('截至 2023年6月30日所知');
    expect(page).toContain('李评估于 2026年12月1日 10:30冻结');
    expect(page).toContain(contentHash);
    expect(page).toContain('不是官方标准');
    expect(page).toContain(`tongjian verify midterm-2022/1 --plan ${lishui}`);
    expect(page).toContain('生成本报告时已按此重算，一致');
  });

  it('warns of demonstration data only if it contains any', () => {
    expect(htmlReport(snapshotReport(...midterm))).toContain('含示例数据，不得引用');
    expect(htmlReport(snapshotReport(...midterm))).toContain('title="示例数据"');
    expect(htmlReport(snapshotReport(...real))).not.toContain('含示例数据');
    expect(htmlReport(snapshotReport(...real))).not.toContain('title="示例数据"');
  });

  it('never prints an index without its coverage', () => {
    expect(textOf(htmlReport(snapshotReport(...midterm)))).toContain(
      '综合指数为 97.5（9 项主要指标中 8 项有可计分的数据，按权重计覆盖率 88.9%',
    );
    expect(textOf(htmlReport(snapshotReport(...real)))).toContain(
      '综合指数暂缺（9 项主要指标中 0 项有可计分的数据，按权重计覆盖率 0.0%',
    );
  });

  it('answers progress, outlook and interim target', () => {
    const page = textOf(htmlReport(snapshotReport(...midterm)));
    expect(page).toMatch(/是否达到预期进度：快于预期 5 项（01、02、04、08、09），符合预期 1 项（03）/);
    expect(page).toMatch(
      /趋势）：可完成 4 项（01、03、07、09），需努力 1 项（04），难以完成 3 项（02、06、08），无法判断 1 项（05）/,
    );
    expect(page).toMatch(/2022年目标：达到 6 项（01、02、03、04、08、09），未达到 2 项（06、07），无法判断 1 项（05）/);
  });

  it('contains 指标完成率 only for a final evaluation', () => {
    expect(textOf(htmlReport(snapshotReport(...final)))).toMatch(
      /完成 7 项，指标完成率 77\.8%（7\/9）；连同基本完成的 1 项，为 88\.9%/,
    );
    expect(textOf(htmlReport(snapshotReport(...midterm)))).not.toContain('指标完成率');
  });

  it('shows 市县数据不一致 with both numbers', () => {
    expect(textOf(htmlReport(snapshotReport(...midterm)))).toContain(
      '自报 43 个，县（市、区）合计 41 个，相差 2；采用合计数',
    );
  });

  it('shows missing values with unit and reason', () => {
    const before = textOf(htmlReport(snapshotReport(...midterm)));
    expect(before).toMatch(/05 救助“一件事”惠民联办率 庆元县 未上报/);
    expect(before).toContain('其余 8 个县（市、区）合计为 42.7%，仅供参考，不作判断');
    expect(textOf(htmlReport(snapshotReport(...annual)))).toMatch(
      /08 节地生态安葬率 景宁畲族自治县 缺报（未统计）：示例：2023年殡葬系统更换/,
    );
  });

  it('shows corrections and late values that are known at the cut-off', () => {
    const page = textOf(htmlReport(snapshotReport(...later)));
    expect(page).toMatch(
      /02 护理型床位占养老机构床位比例 莲都区 莲都区更正 1 次，在用 54\.\d%（2023-08-20 知悉，事由：/,
    );
    expect(page).toMatch(/05 救助“一件事”惠民联办率 庆元县 2023-07-20 知悉，在2022年结束 6 个月之后/);
    expect(textOf(htmlReport(snapshotReport(...midterm)))).not.toContain('更正 1 次');
  });

  it('shows a revised target with old value, document and reason', () => {
    expect(textOf(htmlReport(snapshotReport(...annual)))).toMatch(
      /2025年 15 个\/万人示（已调整：原为 16 个\/万人，2023-09-15\s*调整，第 2 版，文号 示例〔2023〕1号，理由：/,
    );
  });

  it('marks assumptions and lists each once', () => {
    const page = textOf(htmlReport(snapshotReport(...midterm)));
    expect(page.match(/原文没有权重；九项等权。/g)).toHaveLength(1);
    expect(page).toContain('假设原文没有权重；九项等权。');
  });

  it('leaves out chapters without content', () => {
    expect(textOf(htmlReport(snapshotReport(...real)))).not.toContain('对照数据');
    expect(textOf(htmlReport(snapshotReport(...annual)))).toContain('对照数据');
    expect(textOf(htmlReport(snapshotReport(...real)))).not.toContain('县（市、区）数据');
  });

  it('contains no external resources, no scripts and no undefined values, and is deterministic', () => {
    for (const frozen of [midterm, annual, final, real]) {
      const page = htmlReport(snapshotReport(...frozen));
      expect(page).not.toMatch(/<script|<link|<img|src=|@import|url\(|https?:/);
      expect(textOf(page)).not.toMatch(/undefined|NaN|null|\[object/);
      expect(htmlReport(snapshotReport(...frozen))).toBe(page);
    }
  });

  it('warns if the content does not match the frozen hash', () => {
    const [content, evaluation, entry] = midterm;
    const changed = { ...content, title: '改过' };
    expect(textOf(htmlReport(snapshotReport(changed, evaluation, entry)))).toContain('内容与哈希不符');
    expect(textOf(htmlReport(snapshotReport(...midterm)))).not.toContain('内容与哈希不符');
  });
});

describe('texts from outside', () => {
  it('are escaped everywhere in the snapshot content', () => {
    const harmless = htmlReport(snapshotReport(...midterm));
    const [content, evaluation, entry] = midterm;
    // Append hostile markup to every text except enumeration values.
    const kept = new Set(['status', 'light', 'kind', 'level', 'source', 'absent', 'type', 'aggregation', 'direction']);
    const poisoned = <T>(value: T, key = ''): T => {
      if (typeof value === 'string') {
        const words = /[\u4e00-\u9fff]/.test(value) && !kept.has(key);
        return (words ? value + hostile : value) as T;
      }
      if (Array.isArray(value)) return value.map((each) => poisoned(each as unknown)) as T;
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, poisoned(each as unknown, name)]),
      ) as T;
    };
    const page = htmlReport(
      snapshotReport(poisoned(content), poisoned(evaluation), {
        ...entry,
        by: hostile,
        contentHash: hostile,
      }),
    );
    const tags = (text: string) => [...new Set(text.match(/<\/?[a-z0-9]+/g))].sort();
    expect(tags(page)).toEqual(tags(harmless.replace('</nav>', '</nav><strong></strong>')));
    expect(page).not.toContain('<script');
    expect(page).not.toMatch(/<[^>]*onerror=/);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  });

  it('are escaped in findings, recommendations and rectifications', async () => {
    const id = 'annual-2024';
    await bureau.send(OpenEvaluation, { id, kind: 'annual', period: '2024', title: `题${hostile}`, purpose: hostile });
    await bureau.send(TakeSnapshot, { id, asOf: '2025-12-31' });
    await bureau.send(RecordFinding, { id, severity: 'high', subject: '05', text: `问题${hostile}` });
    await bureau.send(MakeRecommendation, { id, text: `建议${hostile}`, unit: '331126', dueOn: '2026-11-30' });
    await bureau.send(MakeRecommendation, { id, text: '第二条建议' });
    await bureau.send(ReportRectification, { id, recommendation: 1, text: `已办${hostile}`, finished: true });
    const page = htmlReport(snapshotReport(...(await bureau.frozen(id))));
    expect(page).not.toContain('<script');
    const text = textOf(page);
    expect(text).toMatch(/严重 05 救助“一件事”惠民联办率 问题&lt;script/);
    expect(text).toMatch(/建议&lt;script[^]*庆元县 2026-11-30 已完成（逾期）2026-12-01 李评估：已办&lt;script/);
    expect(text).toMatch(/第二条建议 未指定 — 尚未报告整改/);
  });
});
