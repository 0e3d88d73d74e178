import type { CompositeIndex } from '../assessment/composite-index.js';
import type { Light, Verdict } from '../assessment/judgement.js';
import type { Cell } from '../assessment/cell.js';
import { lightWords, statusWords, verdictWords, type Wording } from '../assessment/words.js';
import {
  bullets,
  heading,
  joined,
  paragraph,
  row,
  strong,
  table,
  type BarChart,
  type Block,
  type Blocks,
  type Column,
  type Headline,
  type Line,
} from './model.js';
import { demoMark, lightChip, statusText, valueText } from './marks.js';
import { programmeSummary } from './programme-summary.js';
import {
  cellOf,
  grouped,
  lightOrder,
  marked,
  markedUnit,
  namesOf,
  ownerOf,
  redUnits,
  statusOrder,
  unitsWhere,
} from './subject.js';
import type { Subject, TopRow } from './subject.js';
import { attributeWords, leadWords, momentWords, none, percent, periodWords, score } from './words.js';

export const overall = (subject: Subject): Blocks => [
  headline(subject),
  paragraph(conclusion(subject), counted(subject)),
  paragraph(summary(subject), subject.index && vetoWords(subject, subject.index)),
  subject.content.kind === 'final' && completion(subject),
  programmeSummary(subject),
  bars(subject),
  byArea(subject),
  byUnit(subject),
  lagging(subject),
];

function headline({ index, rows, demo }: Subject): Headline {
  const tally = grouped(rows, statusOrder, ({ assessment }) => assessment.status);
  return {
    kind: 'headline',
    figure: [score(index?.value), demoMark(demo && index?.value !== undefined)],
    words: ['综合指数（满分 100）', `覆盖率 ${percent(index?.coverage)}`],
    tally: tally.map(([status, found]) => [
      lightChip(found[0]!.assessment.light, statusWords[status].zh),
      String(found.length),
    ]),
  };
}

export type OverallVerdict = 'unjudged' | 'vetoed' | 'behind' | 'roughly' | 'as-expected';

/** The overall verdict [ours]: a veto stands first; otherwise the worst light that a judged indicator has decides. */
export function overallVerdict({ rows, index }: Pick<Subject, 'rows' | 'index'>): OverallVerdict {
  const has = (light: Light) => rows.some(({ assessment }) => assessment.light === light);
  if (!has('green') && !has('yellow') && !has('red')) return 'unjudged';
  if (index && index.vetoed.length > 0) return 'vetoed';
  return has('red') ? 'behind' : has('yellow') ? 'roughly' : 'as-expected';
}

export const overallWords: Readonly<Record<OverallVerdict, Wording>> = {
  unjudged: { zh: '情况尚不足以作总体评价', en: 'cannot be judged as a whole yet' },
  vetoed: {
    zh: '因约束性指标亮红灯，不得评为完成较好',
    en: 'must not be rated as good, because a binding indicator is red',
  },
  behind: { zh: '总体推进，有指标滞后', en: 'proceeds on the whole, with indicators behind' },
  roughly: { zh: '总体基本符合预期', en: 'is roughly as expected on the whole' },
  'as-expected': { zh: '总体符合预期', en: 'is as expected on the whole' },
};

/** The overall verdict in one sentence. */
function conclusion(subject: Subject): string {
  const { content, zone, overview, top } = subject;
  const known = `按截至${momentWords(content.asOf, zone)}所知，${periodWords(overview.period)}${top.name}`;
  return `${known}的规划实施${overallWords[overallVerdict(subject)].zh}。`;
}

/** The counts that carry the verdict: binding and expected indicators apart. */
function counted({ rows }: Subject): string {
  const of = (attribute: 'binding' | 'expected') => rows.filter(({ row: each }) => each.attribute === attribute);
  const words = (found: readonly TopRow[]) =>
    grouped(found, statusOrder, ({ assessment }) => assessment.status)
      .map(([status, tops]) => `${statusWords[status].zh} ${tops.length} 项`)
      .join('，');
  const parts = (['binding', 'expected'] as const)
    .map((attribute) => [attributeWords[attribute], of(attribute)] as const)
    .filter(([, found]) => found.length > 0)
    .map(([word, found]) => `${word}指标 ${found.length} 项，其中${words(found)}`);
  return parts.length === 0 ? '' : `${rows.length} 项主要指标中，${parts.join('；')}。`;
}

function summary({ index, rows }: Subject): string {
  if (rows.length === 0) return '没有主要指标的数据可供评价。';
  const scored = index?.contributions.length ?? 0;
  const extent = `${rows.length} 项主要指标中 ${scored} 项有可计分的数据，按权重计覆盖率 ${percent(index?.coverage)}`;
  return index?.value === undefined
    ? `没有可计分的指标，综合指数暂缺（${extent}）。`
    : `综合指数为 ${score(index.value)}（${extent}；没有数据的指标不计入，也不按零计）。`;
}

function vetoWords({ overview, rows }: Subject, { vetoed }: CompositeIndex): string {
  if (!overview.rules.rules.index.bindingVeto) return '规则没有设约束性指标否决。';
  if (vetoed.length === 0) {
    const binding = rows.filter(({ row }) => row.attribute === 'binding');
    const silent = binding.filter(({ assessment }) => assessment.light === 'grey').length;
    if (binding.length === 0) return '';
    if (silent === binding.length) return `约束性指标 ${binding.length} 项均尚无法判断，暂不能确定是否触发否决。`;
    return `约束性指标 ${binding.length} 项，${silent ? `${silent} 项尚无法判断，其余` : ''}没有亮红灯，未触发否决。`;
  }
  const names = rows.filter(({ row }) => vetoed.includes(row.code)).map(({ row }) => `${row.code} ${row.name}`);
  return `约束性指标“${names.join('”“')}”亮红灯，按规则否决总体评价：指数照列，不得据以评为完成较好。`;
}

/** 指标完成率 for the final evaluation. */
function completion({ rows }: Subject): Blocks {
  const counted = rows.filter(({ assessment }) => assessment.status !== 'not-applicable');
  const order: Verdict[] = ['completed', 'basically-completed', 'not-completed'];
  const of = (verdict?: Verdict) => counted.filter(({ assessment }) => assessment.verdict === verdict);
  const share = (found: readonly TopRow[]) =>
    counted.length === 0 ? none : percent(String((found.length / counted.length) * 100));
  const open = of(undefined);
  const columns: Column[] = [
    { head: '结论', width: '16%' },
    { head: '项数', number: true, width: '10%' },
    { head: '占比', number: true, width: '12%' },
    { head: '指标' },
  ];
  const line = (word: string, found: readonly TopRow[]) =>
    row(word, found.length, share(found), found.map(named).join('、') || none);
  const reached = of('completed');
  return [
    heading('指标完成率'),
    paragraph(
      `${counted.length} 项主要指标中，完成 ${reached.length} 项，指标完成率 `,
      strong(share(reached)),
      `（${reached.length}/${counted.length}）；连同基本完成的 ${of('basically-completed').length} 项，为 `,
      `${share([...reached, ...of('basically-completed')])}。`,
      open.length > 0 && `${open.length} 项没有数据，尚无结论，计入总数。`,
    ),
    table('主要指标期末结论', columns, [
      ...order.map((verdict) => line(verdictWords[verdict].zh, of(verdict))),
      ...(open.length > 0 ? [line('尚无结论', open)] : []),
    ]),
  ];
}

export const named = ({ row: { code, name } }: TopRow): string => `${code} ${name}`;

/** Progress and schedule of each indicator. */
function bars({ rows, progressBounds }: Subject): Blocks {
  if (!rows.some(({ assessment }) => assessment.progress)) return undefined;
  const chart: BarChart = {
    kind: 'bars',
    caption: '主要指标进度与序时进度',
    unitOfMeasure: '%',
    names: { value: '进度', mark: '序时进度' },
    bars: rows.map((top) => {
      const { progress, scheduled, light } = top.assessment;
      return {
        ...{ name: named(top), light, shown: percent(progress, progressBounds), markShown: percent(scheduled) },
        judgement: lightChip(light, statusText(top.assessment)),
        ...(progress !== undefined && { value: progress }),
        ...(scheduled !== undefined && { mark: scheduled }),
      };
    }),
  };
  return [heading('进度与序时进度'), chart];
}

const lightHead = (light: Light): Line => lightChip(light, lightWords[light].zh.slice(0, 1));

const lightCounts = (cells: readonly (Cell | undefined)[]): Line[] =>
  lightOrder.map((light) => cells.filter((cell) => cell?.assessment.light === light).length || none);

function byArea(subject: Subject): Blocks {
  const { overview, rows, top, demo } = subject;
  const areas = overview.indexes.find(({ unit }) => unit === top.code)?.byArea ?? [];
  if (areas.length === 0) return undefined;
  const columns: Column[] = [
    { head: '标杆区' },
    { head: ['指数', demoMark(demo)], number: true },
    { head: '覆盖率', number: true },
    { head: '指标数', number: true },
    ...lightOrder.map((light) => ({ head: lightHead(light), number: true })),
  ];
  return [
    heading('分标杆区'),
    table(
      '各标杆区指数和判断',
      columns,
      areas.map(({ area, index }) => {
        const own = rows.filter(({ row: { area: code } }) => code === area);
        const known = overview.areas.find(({ code }) => code === area);
        return row(
          known ? marked(subject, known) : area,
          score(index.value),
          percent(index.coverage),
          own.length,
          ...lightCounts(own.map(({ cell }) => cell)),
        );
      }),
    ),
  ];
}

function byUnit(subject: Subject): Blocks {
  const { overview, indexes, belowWord, demo } = subject;
  if (indexes.length === 0) return undefined;
  const ranked = [...indexes].sort((a, b) => Number(b.index.value ?? -1) - Number(a.index.value ?? -1));
  const rank = (value: string | undefined) =>
    value === undefined ? none : ranked.findIndex(({ index }) => index.value === value) + 1;
  const columns: Column[] = [
    { head: '名次', width: '8%' },
    { head: '单位', width: '24%' },
    { head: ['指数', demoMark(demo)], number: true },
    { head: '覆盖率', number: true },
    { head: '计分指标', number: true },
    ...lightOrder.map((light) => ({ head: lightHead(light), number: true })),
    { head: '否决' },
  ];
  const uneven = new Set(indexes.map(({ index }) => index.coverage)).size > 1;
  return [
    heading(`分${belowWord}`),
    table(
      `各${belowWord}指数和判断`,
      columns,
      ranked.map(({ unit, index }) =>
        row(
          rank(index.value),
          markedUnit(subject, unit),
          score(index.value),
          percent(index.coverage),
          index.contributions.length,
          ...lightCounts(overview.indicators.map((indicator) => cellOf(indicator, unit))),
          index.vetoed.join('、') || '无',
        ),
      ),
      {
        note: [
          '名次只按指数排列。',
          uneven && '覆盖率不同的单位，指数不宜直接比较。',
          '灰灯含没有对该单位设目标的指标，这些指标不计入其指数和覆盖率。',
        ],
      },
    ),
  ];
}

/** 滞后情况: red, yellow and grey indicators with their responsible units. */
function lagging(subject: Subject): Blocks {
  const { rows } = subject;
  if (rows.length === 0) return undefined;
  const light = (wanted: Light) =>
    rows
      .filter(({ assessment }) => assessment.light === wanted)
      .sort((a, b) => Number(a.assessment.lead ?? 0) - Number(b.assessment.lead ?? 0));
  const groups = [
    ['red', '滞后（红灯）'],
    ['yellow', '基本符合预期（黄灯）'],
    ['grey', '尚无法判断（灰灯）'],
  ] as const;
  const found = groups.map(([wanted, word]) => [word, light(wanted)] as const).filter(([, tops]) => tops.length > 0);
  if (found.length === 0) return [heading('滞后情况'), paragraph('全部主要指标均为绿灯，没有滞后的。')];
  return [
    heading('滞后情况与责任单位'),
    found.map(([word, tops]): Block[] => [
      paragraph(strong(`${word} ${tops.length} 项：`)),
      bullets(tops.map((top) => laggard(subject, top))),
    ]),
  ];
}

function laggard(subject: Subject, top: TopRow): Line {
  const { row: indicator, cell, assessment } = top;
  const { lead } = assessment;
  const owner = ownerOf(subject, indicator);
  const red = redUnits(subject, indicator);
  const gaps = 'lacking' in cell.value ? (cell.value.lacking ?? []) : [];
  const without = unitsWhere(subject, indicator, ({ value }) => !('exact' in value));
  const unit = indicator.definition.unitOfMeasure;
  const parts: Line[] = [
    [`本期 `, valueText(cell.value), 'exact' in cell.value && `（${unit}）`],
    lead !== undefined && leadWords(lead, subject.leadBounds),
    gaps.length > 0
      ? `缺${namesOf(subject, gaps)}的数`
      : indicator.definition.aggregation !== 'common' && without.length > 0 && `${namesOf(subject, without)}无数`,
    owner !== undefined && `责任单位：${owner}`,
    red.length > 0 && `亮红灯的${subject.belowWord} ${red.length} 个：${namesOf(subject, red)}`,
  ];
  return [
    strong(named(top)),
    `（${attributeWords[indicator.attribute]}，${statusText(assessment)}）：`,
    joined(
      parts.filter((part) => part !== false),
      '；',
    ),
    '。',
  ];
}
