import type { Assessment } from '../assessment/assessment.js';
import type { Outlook, Verdict } from '../assessment/judgement.js';
import { outlookWords, statusWords, verdictWords } from '../assessment/words.js';
import {
  beside,
  bullets,
  groupRow,
  lineBreak,
  note,
  row,
  strong,
  table,
  type Blocks,
  type Column,
  type Line,
  type List,
  type Table,
  value,
} from './model.js';
import {
  accumulated,
  interimText,
  lightLegend,
  markLegend,
  outlookText,
  requiredText,
  statusChip,
  targetCell,
  valueText,
  verdictText,
} from './marks.js';
import { grouped, marked, ownerOf, statusOrder, type Subject, type TopRow } from './subject.js';
import { attributeWords, none, percent, periodWords, signed } from './words.js';

/** 主要指标实现情况: the answers about progress and outlook, and the main table. */
export function indicators(subject: Subject): Blocks {
  if (subject.rows.length === 0) return undefined;
  const sole = soleOwner(subject);
  return [
    answers(subject),
    mainTable(subject),
    note(lightLegend, lineBreak, markLegend, lineBreak, readingWords, sole && `各项的责任单位均为${sole}。`),
  ];
}

const readingWords =
  '“—”为不适用或没有数据；[ ] 内为规划期累计数。目标完成率对照规划期末目标；进度为自基期至期末目标已完成的份额，序时进度为到本期末应完成的份额；各数分别四舍五入，判断按四舍五入前的数。';

const codes = (tops: readonly TopRow[]): string => tops.map(({ row: { code } }) => code).join('、');

function counts<K extends string>(
  { rows }: Subject,
  words: Readonly<Record<K, { zh: string }>>,
  of: (assessment: Assessment) => K | undefined,
  order: readonly K[] = Object.keys(words) as K[],
): string {
  const found = grouped(rows, order, ({ assessment }) => of(assessment));
  const rest = rows.filter(({ assessment }) => of(assessment) === undefined);
  return [
    ...found.map(([key, tops]) => `${words[key].zh} ${tops.length} 项（${codes(tops)}）`),
    ...(rest.length > 0 ? [`无法判断 ${rest.length} 项（${codes(rest)}）`] : []),
  ].join('，');
}

/** The responsible unit, if all indicators have the same one. The table then has no column for it. */
function soleOwner(subject: Subject): string | undefined {
  const owners = new Set(subject.rows.map(({ row: of }) => ownerOf(subject, of)));
  return owners.size === 1 ? [...owners][0] : undefined;
}

/** 是否达到预期进度, 能否完成目标; also the interim target in its own year, and the verdict once due. */
function answers(subject: Subject): List {
  const { rows, overview } = subject;
  const has = (key: 'interim' | 'outlook' | 'verdict') => rows.some(({ assessment }) => assessment[key]);
  const interims = rows.filter(({ assessment }) => assessment.interim);
  const hard = rows.filter(({ assessment: { light, outlook } }) => light === 'green' && outlook === 'hardly-reachable');
  const met = { yes: { zh: '达到' }, no: { zh: '未达到' } };
  const interimOf = ({ interim }: Assessment) => (interim?.met === undefined ? undefined : interim.met ? 'yes' : 'no');
  const found: readonly (readonly [question: string, answer: Line] | false)[] = [
    ['是否达到预期进度', [counts(subject, statusWords, ({ status }) => status, statusOrder), '。']],
    has('outlook') && [
      '能否完成规划期末目标（趋势）',
      [
        `${counts<Outlook>(subject, outlookWords, ({ outlook }) => outlook)}。`,
        hard.length > 0 &&
          `其中 ${codes(hard)} 目前为绿灯而趋势为难以完成：判断看到本期为止是否跟上序时进度，趋势看此后每年所需的速度，两者可以不同。`,
      ],
    ],
    has('interim') && [
      `${periodWords(overview.period)}目标`,
      [counts({ ...subject, rows: interims }, met, interimOf), '。'],
    ],
    has('verdict') && ['期末结论', [counts<Verdict>(subject, verdictWords, ({ verdict }) => verdict), '。']],
  ];
  return bullets(found.flatMap((each) => (each ? [[strong(each[0]), '：', each[1]]] : [])));
}

const over = (...lines: string[]): Line => lines.flatMap((line, at) => (at === 0 ? [line] : [lineBreak, line]));

function mainTable(subject: Subject): Table {
  const { overview, rows, targetPeriods } = subject;
  const has = (key: 'interim' | 'outlook' | 'verdict') => rows.some(({ assessment }) => assessment[key]);
  const short = (text: string) => periodWords(text).replace(/^(\d{4})年$/, '$1');
  const columns: (Column & { of: (top: TopRow) => Line })[] = [
    { head: '指标', width: '17%', of: ({ row: of }) => [of.code, ' ', marked(subject, of)] },
    { head: '单位', width: '6%', of: ({ row: { definition } }) => definition.unitOfMeasure },
    { head: '属性', width: '5%', of: ({ row: { attribute } }) => attributeWords[attribute] },
    {
      head: over('基期', short(overview.plan.baseline)),
      number: true,
      of: ({ cell, path }) => valueText(cell.base, `${path}/base`),
    },
    { head: over('本期', short(overview.period)), number: true, of: current },
    { head: over('本期', '应达'), number: true, of: ({ assessment }) => requiredText(assessment) },
    ...targetPeriods.map((period) => ({
      head: over(short(period), '目标'),
      number: true,
      of: ({ row: of, cell }: TopRow) =>
        targetCell(
          of,
          cell.targets.find((target) => target.period === period),
        ),
    })),
    {
      head: over('目标', '完成率'),
      number: true,
      of: ({ assessment, path }) => value(percent(assessment.completionRate), `${path}/assessment/completionRate`),
    },
    {
      head: '进度',
      number: true,
      of: ({ assessment, path }) =>
        value(percent(assessment.progress, subject.progressBounds), `${path}/assessment/progress`),
    },
    {
      head: over('序时', '进度'),
      number: true,
      of: ({ assessment, path }) => value(percent(assessment.scheduled), `${path}/assessment/scheduled`),
    },
    {
      head: over('超前（+）', '滞后（−）', '百分点'),
      number: true,
      width: '6.5%',
      of: ({ assessment, path }) => value(signed(assessment.lead, subject.leadBounds), `${path}/assessment/lead`),
    },
    { head: '判断', width: '9%', of: ({ assessment }) => statusChip(assessment) },
    ...(has('interim')
      ? [
          {
            head: over(short(overview.period), '目标达到否'),
            width: '7%',
            of: ({ assessment }: TopRow) => interimText(assessment),
          },
        ]
      : []),
    ...(has('outlook')
      ? [{ head: '趋势', width: '6.5%', of: ({ assessment }: TopRow) => outlookText(assessment) }]
      : []),
    ...(has('verdict')
      ? [{ head: '结论', width: '6.5%', of: ({ assessment }: TopRow) => verdictText(assessment) }]
      : []),
    ...(soleOwner(subject)
      ? []
      : [{ head: '责任单位', width: '7%', of: ({ row: of }: TopRow) => ownerOf(subject, of) ?? none }]),
  ];
  const line = (top: TopRow) => row(...columns.map(({ of }) => of(top)));
  const groups = byArea(subject);
  return table(
    '主要指标进展情况',
    columns,
    groups.flatMap(([name, tops]) => [...(name === undefined ? [] : [groupRow(name)]), ...tops.map(line)]),
  );
}

function current({ row: of, cell, path }: TopRow): Line {
  const sum = accumulated(of, cell);
  return [
    valueText(cell.value, `${path}/value`),
    sum !== undefined && beside('累计 ', value(sum, `${path}/cumulativeSum`)),
  ];
}

/**
 * The indicators grouped by area (标杆区), in the plan's order. Indicators without an area come last; their group has no
 * name if the plan has no areas.
 */
export function byArea(subject: Subject): [Line, TopRow[]][] {
  const { overview, rows } = subject;
  const known = new Set(overview.areas.map(({ code }) => code));
  const groups: [Line, TopRow[]][] = [
    ...overview.areas.map((area): [Line, TopRow[]] => [
      marked(subject, area),
      rows.filter(({ row: of }) => of.area === area.code),
    ]),
    [
      overview.areas.length > 0 ? '未归入标杆区' : undefined,
      rows.filter(({ row: of }) => of.area === undefined || !known.has(of.area)),
    ],
  ];
  return groups.filter(([, tops]) => tops.length > 0);
}
