import { Bureau, textOf, type Frozen } from '../../test/support/bureau.js';
import { programmeFolder, type ProgrammeFile } from '../../test/support/programme-folder.js';
import { lishui, seedFiles } from '../../test/support/seeds.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { RecordFinding } from '../evaluations/evaluation.commands.js';
import type { FolderFiles } from '../slice/folder-part.js';
import { htmlReport } from './html-report.js';
import { snapshotReport } from './snapshot-report.js';

const hostile = '<script>alert(1)</script>&';

/** Evaluates plan folders and returns the frozen snapshot. */
async function evaluated(plan: string, folders: readonly FolderFiles[], kind: string, period: string): Promise<Frozen> {
  const bureau = await Bureau.open(plan, ...folders);
  const frozen = await bureau.evaluate({ id: `${kind}-${period}`, kind, period });
  await bureau.close();
  return frozen;
}

const small = (kind: string, period: string, ...changes: [ProgrammeFile, string, string][]) =>
  evaluated('small', [programmeFolder(...changes)], kind, period);

/** The text of one chapter without its heading. */
function chapter(page: string, title: string): string {
  const found = page
    .split('<section id=')
    .slice(1)
    .find((section) => textOf(/<h2>[^]*?<\/h2>/.exec(section)![0]).includes(title));
  if (found === undefined) throw new Error(`no chapter ${title}`);
  return textOf(found.slice(found.indexOf('</h2>')));
}

const headings = (page: string) => [...page.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, heading]) => heading!.trim());

let page: string;
let later: string;

beforeAll(async () => {
  page = htmlReport(snapshotReport(...(await small('midterm', '2022'))));
  later = htmlReport(snapshotReport(...(await small('annual', '2023'))));
}, 60_000);

describe('the chapters of a plan with projects, policies, tasks and promises', () => {
  it('are the customary ones in their order, and what is long is in annexes', () => {
    expect(headings(page).slice(1, 10)).toEqual([
      '一、总体评价',
      '二、主要指标实现情况',
      '三、重点任务',
      '四、重大项目',
      '五、政策改革',
      '六、规划承诺兑现',
      '七、预警',
      '八、问题及原因',
      '九、对策建议',
    ]);
    expect(headings(page)[10]).toBe('附件1\u3000分县（市、区）情况');
    expect(headings(page)).toContain('附件8\u3000重大项目总表');
    const links = [...page.matchAll(/<a href="#([^"]*)">/g)].map(([, id]) => id);
    expect(new Set(links).size).toBe(links.length);
  });

  it('are left out if the plan has no data for them, with a note', async () => {
    const bare = htmlReport(snapshotReport(...(await evaluated('small', [smallPlan()], 'midterm', '2022'))));
    expect(headings(bare).join()).not.toMatch(/任务|项目|政策|承诺/);
    expect(chapter(bare, '总体评价')).toContain(
      '系统中没有登记本规划的重点任务、重大项目、政策改革、规划文本承诺，本报告不设相应的章节',
    );
    expect(chapter(bare, '预警')).not.toContain('项目');
    expect(textOf(page)).not.toContain('系统中没有登记');
  });

  it('are summarised in the overall evaluation', () => {
    const overall = chapter(page, '总体评价');
    expect(overall).toContain('截至2022年12月31日（按2026年12月1日 10:30所知）');
    expect(overall).toMatch(/重点任务（项） 3 完成 1 33\.3% 未报进展 2 无/);
    expect(overall).toMatch(/重大项目（个） 2 竣工 0 0\.0% 在建 1，未报开工 1 其他滞后 1，资金超前 1/);
    expect(overall).toMatch(/政策改革（项） 2 印发 1 50\.0% 未到期 1 无/);
    expect(overall).toMatch(/规划承诺（条） 9 兑现 3 33\.3%/);
  });
});

describe('重点任务', () => {
  it('are counted and listed with their last report', () => {
    const tasks = chapter(page, '重点任务');
    expect(tasks).toContain('重点任务共 3 项');
    expect(tasks).toContain('规划写明期限的 2 项中，逾期未完成 0 项');
    expect(chapter(page, '重点任务逐项进展')).toMatch(
      /D01 编制服务清单 丽水市 2022年 ●已完成 清单已公布2022-12-20 167/,
    );
  });

  it('are overdue after their due period, and open after reopening', () => {
    expect(chapter(later, '重点任务逐项进展')).toMatch(
      /D01 编制服务清单 丽水市 2022年 ■推进中，逾期 清单失效2023-05-10/,
    );
    expect(chapter(later, '预警')).toContain('任务逾期 2 D01 编制服务清单 D02 建立数据平台');
  });
});

describe('重大项目', () => {
  it('are summed with packages as one project and by parts', () => {
    const projects = chapter(page, '重大项目');
    expect(projects).toContain('共 2 个（打包项目按一项计），总投资 1.93 亿元');
    expect(projects).toContain('累计完成投资 4800 万元，投资完成率 24.9%');
    expect(projects).toMatch(/打包项目按一项计 2 19279 4800 24\.9%/);
    expect(projects).toMatch(/按子项计 3 18279 — — /);
    expect(projects).toContain('P01 康养中心（2 个子项，合计 9000 万元）');
    expect(projects).toContain('有子项没有单独报告投资，按子项计的累计投资因此偏少');
  });

  it('compare investment with the share of time passed', () => {
    expect(chapter(page, '重大项目')).toContain(
      '实施类项目 1 个，投资完成率 48.0%，时间进度 40.0%，投资高于时间进度 8.0 个百分点',
    );
  });

  it('are listed if overdue, behind, rescheduled or money-ahead', () => {
    const projects = chapter(page, '重大项目分类清单');
    expect(projects).toMatch(/逾期未报开工：2 个（含打包项目的子项 2 个）/);
    expect(projects).toMatch(/其他进度滞后（红灯）：1 个 .* P01 康养中心 丽水市 20% 40\.0% −20\.0 ■滞后 基础完工/);
    expect(projects).toMatch(/P01 康养中心 丽水市 2023年 2024年6月 汛期/);
    expect(projects).toMatch(
      /资金超前（投资完成率高于形象进度 20 个百分点及以上）：1 个 .* 10000 4800 48\.0% 20% \+28\.0/,
    );
    expect(projects).toContain('没有以下情形的项目：逾期未报竣工；停工；超总投资；已取消');
  });

  it('show the reason of suspension and cancellation', async () => {
    const halted = htmlReport(
      snapshotReport(
        ...(await small(
          'midterm',
          '2022',
          ['progress.csv', '2023-01-05,reporter-1,项目复工,,月报,,,P01,2022-12-01,,,,,\n', ''],
          [
            'progress.csv',
            '2023-02-01,reporter-1,项目调整,汛期,,,,P01,,,,,,2024-06\n',
            '2023-02-01,reporter-1,项目取消,选址不成,,,,P02,2022-12-20,,,,,\n',
          ],
        )),
      ),
    );
    const projects = chapter(halted, '重大项目分类清单');
    expect(projects).toMatch(/停工：1 个 .* P01 康养中心 丽水市 20% 48\.0% 征地/);
    expect(projects).toMatch(/已取消：1 个 .* P02 公墓 莲都区 9279 选址不成/);
    expect(chapter(halted, '重大项目')).toContain('各数含已取消的 1 个项目');
    expect(chapter(halted, '重大项目总表')).toMatch(/P02 公墓 .* 已取消 不判断/);
  });

  it('are listed in the appendix with printed text, anomalies and reading', () => {
    expect(chapter(page, '重大项目总表')).toMatch(
      /P01 康养中心 某公司 实施类·新建 2022—2023年调整至 2024年6月 10000 4800 48\.0% 20% 40\.0% −20\.0 在建2022-03-01 ■滞后 372/,
    );
    expect(chapter(page, '原文疑点与读法')).toMatch(
      /P02 公墓 2024-2027年；9279（一期投资约3930） 两个数；期后竣工 按总投资/,
    );
  });

  it('are accompanied by a note if nothing was reported', async () => {
    const real = htmlReport(snapshotReport(...(await evaluated(lishui, [seedFiles(lishui)], 'midterm', '2022'))));
    const projects = chapter(real, '重大项目');
    expect(projects).toContain('没有收到任何项目的进展报告');
    expect(projects).not.toContain('开工率');
    expect(chapter(real, '政策改革')).toContain('没有收到任何一项起草、印发的报告');
    expect(chapter(real, '总体评价')).toMatch(/重大项目（个） 73 — — 没有收到进展报告/);
  }, 60_000);
});

describe('政策改革', () => {
  it('lists planned and issued policies with document numbers and reasons of postponement', () => {
    const policies = chapter(page, '政策改革');
    expect(policies).toContain('已印发 1 项（50.0%），其中按期 1 项，逾期印发 0 项；尚未印发 1 项，其中未到期 1 项');
    const table = chapter(page, '政策和制度逐项情况');
    expect(table).toMatch(/R01 居家养老服务条例 新制定 丽水市 2022年 2022-09-30 示例〔2022〕18号 ●按期已印发 278/);
    expect(table).toMatch(/R02 慈善办法 修订 — 2023年延至 2024年：调研未完/);
    expect(table).not.toContain('老龄工作意见');
    expect(chapter(page, '规划引用的政策')).toMatch(/C01 老龄工作意见 — 国家 上位依据 1/);
  });

  it('shows overdue policies and every version', async () => {
    const end = chapter(htmlReport(snapshotReport(...(await small('final', '2025')))), '政策和制度逐项情况');
    expect(end).toMatch(/2022-09-30 示例〔2022〕18号2024-05-20 修订为 示例〔2024〕6号/);
    expect(end).toMatch(/R02 慈善办法 .* ■逾期未出未出台/);
  });
});

describe('规划承诺兑现', () => {
  it('counts the states and lists kept and broken promises with their line', () => {
    const promises = chapter(page, '规划承诺兑现');
    expect(promises).toContain('已有结论的 4 条中，已实现 3 条（75.0%），未实现 1 条');
    expect(promises).toMatch(/未实现：1 条 .* T05 覆盖率保持100% 2025年 100% 99%/);
    expect(chapter(page, '已实现的和按规则计算的承诺')).toMatch(/T07 2022年公布清单 2022年 — 任务 D01 已完成/);
    expect(chapter(page, '规划承诺总表')).toMatch(/T01 床位100张 L1 2025年 100 张 60 张 ●推进正常 175/);
  });

  it('shows a growth rate in percent', () => {
    expect(chapter(page, '已实现的和按规则计算的承诺')).toMatch(/T04 年均增长8%语气：力争 2025年 8% 10\.0%/);
  });

  it('shows a rule with its computed value', () => {
    expect(chapter(page, '已实现的和按规则计算的承诺')).toMatch(
      /T06 特困不低于低保1\.3倍 =1\.3\*value\(&quot;B1&quot;\)B1 为低保标准 14300 元\/年 14300 元\/年 ●已实现/,
    );
  });
});

describe('问题及原因', () => {
  it('lists findings about the plan by severity, with their handling', () => {
    const issues = chapter(page, '问题及原因');
    expect(issues).toMatch(/疑点共 3 条.*已办结 1 条，已答复 0 条，待答复 2 条/);
    const table = chapter(page, '规划文本的矛盾和疑点');
    expect(table).toMatch(
      /I02 承诺 T01 目标低于基数两处不同规划文本第 48、200 行 已办结2022-03-15 莲都填报员：两处口径不同2023-07-20 莲都填报员：已重述/,
    );
    expect(table.indexOf('I02')).toBeLessThan(table.indexOf('I01'));
    expect(table).toMatch(/I03 项目 P02公墓 投资有两个数 待答复/);
  });

  it('lists the results of checks', () => {
    expect(chapter(page, '系统自动核查的发现')).toMatch(
      /打包与子项不符 丽水市 项目 P01 康养中心：总投资 10000 万元，2 个子项合计 9000 万元/,
    );
  });

  it('lists findings of the evaluation, which are not part of the snapshot', async () => {
    const bureau = await Bureau.open('small', programmeFolder());
    await bureau.evaluate({ id: 'e', kind: 'annual', period: '2022' });
    await bureau.send(RecordFinding, { id: 'e', severity: 'high', subject: 'L1', text: '进度不实' });
    const issues = chapter(htmlReport(snapshotReport(...(await bureau.frozen('e')))), '问题及原因');
    await bureau.close();
    expect(issues).toMatch(/L1 床位数 进度不实/);
    expect(issues).toContain('不在冻结的快照内');
  });
});

describe('demonstration data in the rest of the plan', () => {
  it('is marked, and nothing else is', async () => {
    const [content, evaluation, entry] = await small('midterm', '2022');
    const { overview } = content;
    const { projects } = overview.programme;
    const list = projects.list.map((project) => (project.id === 'P01' ? { ...project, demo: true } : project));
    const programme = { ...overview.programme, projects: { ...projects, list }, demo: true };
    const marked = htmlReport(
      snapshotReport({ ...content, overview: { ...overview, programme, demo: true } }, evaluation, entry),
    );
    expect(marked).toContain('含示例数据，不得引用');
    expect(chapter(marked, '重大项目总表')).toMatch(/10000 4800示 48\.0% 20%示/);
    expect(chapter(marked, '重大项目')).toContain('累计投资（万元）示');
    expect(chapter(marked, '重点任务')).not.toContain('示 ');
    expect(chapter(page, '重大项目')).not.toContain('（万元）示');
  });
});

describe('texts of the plan', () => {
  it('are escaped in every chapter', async () => {
    const poisoned = htmlReport(
      snapshotReport(
        ...(await small(
          'midterm',
          '2022',
          ['tasks.csv', '编制服务清单', `编制${hostile}`],
          ['policies.csv', '居家养老服务条例', `条例${hostile}`],
          ['policies.csv', '老龄工作意见', `意见${hostile}`],
          ['projects.csv', '康养中心', `康养${hostile}`],
          ['projects.csv', '某公司', `公司${hostile}`],
          ['projects.csv', '两个数', `疑点${hostile}`],
          ['projects.csv', '按总投资', `读法${hostile}`],
          ['promises.csv', '床位100张', `床位${hostile}`],
          ['findings.csv', '目标低于基数', `低于${hostile}`],
          ['progress.csv', '基础完工', `完工${hostile}`],
          ['progress.csv', '汛期', `汛期${hostile}`],
          ['progress.csv', '已重述', `重述${hostile}`],
          ['progress.csv', '示例〔2022〕18号', `号${hostile}`],
          ['progress.csv', '示例〔2022〕18号', `号${hostile}`],
        )),
      ),
    );
    expect(poisoned).not.toContain('<script');
    for (const word of [
      '编制',
      '条例',
      '意见',
      '康养',
      '公司',
      '疑点',
      '读法',
      '床位',
      '低于',
      '完工',
      '汛期',
      '重述',
      '号',
    ]) {
      expect(textOf(poisoned)).toContain(`${word}&lt;script&gt;alert(1)&lt;/script&gt;&amp;`);
    }
  });

  it('never print as undefined, NaN, null or [object', () => {
    for (const each of [page, later]) expect(textOf(each)).not.toMatch(/undefined|NaN|null|\[object/);
  });
});
