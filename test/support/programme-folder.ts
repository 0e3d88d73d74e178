import type { FolderFiles } from '../../src/slice/folder-part.js';
import { smallPlan } from './small-plan.js';

const indicator = (code: string, name: string, more: string) =>
  `- { code: ${code}, role: main, name: ${name}, area: A1, attribute: expected, frequency: A, direction: higher, decimals: 0,
    valueType: decimal, definition: ${name}, measurement: { type: direct }, aggregation: none, targetScope: own,
    trajectory: linear, weight: '1', ${more} }\n`;

/**
 * One indicator of each kind: level, cumulative, growth and hold, and two standards, one bound to the other by a rule.
 */
const indicators = [
  indicator('L1', '床位数', `kind: level, unitOfMeasure: 张`),
  indicator('C1', '五年新增', `kind: cumulative, unitOfMeasure: 个, minimum: '-100'`),
  indicator('G1', '救助支出', `kind: growth, unitOfMeasure: 万元`),
  indicator('H1', '覆盖率', `kind: hold, unitOfMeasure: '%'`),
  indicator('B1', '低保标准', `kind: level, unitOfMeasure: 元/年`),
  indicator('R1', '特困标准', `kind: hold, unitOfMeasure: 元/年`),
].join('');

const targets = `indicator,unit,period,value,line
03,331100,2022,40,
03,331100,2025,100,
L1,331100,2025,100,
C1,331100,2025,50,
G1,331100,2025,8,
H1,331100,2025,100,
B1,331100,2025,13000,
R1,331100,2022,"=1.3*value(""B1"")",
R1,331100,2025,"=1.3*value(""B1"")",
`;

const figures = (
  [
    ['L1', '2020', '20'],
    ['L1', '2022', '60'],
    ['L1', '2023', '100'],
    ['C1', '2021', '20'],
    ['C1', '2022', '25'],
    ['C1', '2023', '10'],
    ['C1', '2024', '-1'],
    ['G1', '2020', '100'],
    ['G1', '2022', '121'],
    ['G1', '2025', '130'],
    ['H1', '2022', '99'],
    ['H1', '2023', '101'],
    ['B1', '2020', '10000'],
    ['B1', '2022', '11000'],
    ['B1', '2023', '12000'],
    ['R1', '2022', '14300'],
    ['R1', '2023', '15000'],
  ] as const
).map(([code, period, value]) => `2026-03-01,reporter-2,上报,${code},331100,${period},${value},,,,,年报,,,,`);

const projectColumns =
  'id,unit,name,class,category,sector,plannedStart,plannedEnd,investment,builder,builderPending,package,printedPeriod,printedInvestment,reading,anomalies,line';

const files = {
  'tasks.csv': `id,title,actionPlan,kind,owner,due,section,note,line
D01,编制服务清单,,list,331100,2022,政策机制,,167
D02,建立数据平台,,platform,,2023-S1,,,
D03,推广试点,,,,,,,
`,
  'policies.csv': `id,name,policyType,intent,level,owner,from,to,number,printedDate,remark,role,note,line
R01,居家养老服务条例,地方性法规,new,municipal,331100,2022,2022,1,2022年,新制定,,,278
R02,慈善办法,,revision,,,,2023,2,,修订,,,
C01,老龄工作意见,,cited,national,,,,,,,上位依据,,1
`,
  'projects.csv': `${projectColumns}
P01,331100,康养中心,implementing,new,养老服务,2022,2023,10000,某公司,,,2022-2023年,10000,,,372
P01-1,331102,一期,implementing,new,,2022,2023,6000,,yes,P01,,,,,
P01-2,331100,二期,implementing,new,,2022,2023,3000,,yes,P01,,,,,
P02,331102,公墓,prospective,,,2024,2027,9279,,,,2024-2027年,9279（一期投资约3930）,按总投资,两个数；期后竣工,
`,
  'promises.csv': `id,statement,section,indicator,task,period,comparator,value,unitOfMeasure,commitment,repeats,note,line
T01,床位100张,,L1,,2025,>=,100,张,firm,,,175
T02,床位逐年增加,,L1,,,,,,exploratory,,,
T03,新增50个,,C1,,2025,>=,50,个,firm,,,
T04,年均增长8%,,G1,,2025,>=,8,%,strive,,,
T05,覆盖率保持100%,,H1,,2025,=,100,%,firm,,,
T06,特困不低于低保1.3倍,,R1,,2022,>=,1.3,倍,firm,,,
T07,2022年公布清单,,,D01,2022,,,,firm,,,
T08,推广试点,,,D03,,,,,exploratory,,,
T09,联合体100个,,03,,2025,>=,100,个,firm,yes,,95
`,
  'findings.csv': `id,severity,subjectType,subject,title,detail,lines
I01,low,plan,,附表无合计,,
I02,high,promise,T01,目标低于基数,两处不同,48 200
I03,medium,project,P02,投资有两个数,,
`,
  'progress.csv': `知悉日期,经办人,动作,事由,依据,出处,文号,对象,日期,百分比,金额,文字,原件,新期限
2022-04-01,reporter-1,项目开工,,月报,,,P01,2022-03-01,,,,,
2022-07-10,reporter-1,项目进度,,月报,第2页,,P01,2022-06-30,20,,基础完工,,
2022-07-10,reporter-1,项目投资,,月报,,,P01,2022-06-30,,5000,,,
2022-10-01,reporter-1,投资更正,误含土地款,,,,P01,2022-06-30,,4800,,,
2022-10-01,reporter-1,项目停工,征地,,,,P01,2022-09-01,,,,,
2023-01-05,reporter-1,项目复工,,月报,,,P01,2022-12-01,,,,,
2023-02-01,reporter-1,项目调整,汛期,,,,P01,,,,,,2024-06
2022-04-01,reporter-1,政策起草,,月报,,,R01,2022-03-10,,,,,
2022-10-08,reporter-1,政策印发,,公报,,示例〔2022〕18号,R01,2022-09-30,,,,,
2024-06-01,reporter-1,政策修订,,月报,,示例〔2024〕6号,R01,2024-05-20,,,,示例〔2022〕18号,
2023-02-01,reporter-1,政策延期,调研未完,,,,R02,,,,,,2024
2022-07-10,reporter-1,任务进展,,月报,,,D01,2022-06-30,60,,已征求意见,,
2023-01-05,reporter-1,任务完成,,月报,,,D01,2022-12-20,,,清单已公布,,
2023-06-01,reporter-1,任务重启,清单失效,,,,D01,2023-05-10,,,,,
2022-03-20,reporter-1,问题答复,,月报,,,I02,2022-03-15,,,两处口径不同,,
2023-08-01,reporter-1,问题办结,,月报,,,I02,2023-07-20,,,已重述,,
`,
} as const;

/** Facts of the folder that are implausible on purpose: 101 %, and a package whose parts do not add up. */
export const programmeWarnings = { accepted: ['figure.over-whole:H1/331100/2023', 'project.package-sum:P01'] };

export type ProgrammeFile = keyof typeof files;

/** The small plan with tasks, policies, projects, promises and findings. Changes replace text, as in `smallPlan`. */
export function programmeFolder(...changes: readonly [ProgrammeFile, string, string][]): FolderFiles {
  const small = smallPlan();
  const changed: Record<string, string> = {
    ...small,
    ...files,
    'indicators.yaml': small['indicators.yaml'] + indicators,
    'targets.csv': targets,
    'actors.csv': `${small['actors.csv']}reporter-2,市局填报员,331100,reporter;backfill\n`,
    'history.csv': [small['history.csv']!.trimEnd(), ...figures, ''].join('\n'),
  };
  for (const [file, from, to] of changes) {
    if (!changed[file]!.includes(from)) throw new Error(`${file} does not contain ${from}`);
    changed[file] = changed[file]!.replace(from, to);
  }
  return changed;
}
