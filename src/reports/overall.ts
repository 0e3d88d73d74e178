import type { CompositeIndex } from '../assessment/composite-index.js';
import type { Light, Verdict } from '../assessment/judgement.js';
import type { Cell } from '../assessment/cell.js';
import { lightWords, statusWords, verdictWords } from '../assessment/words.js';
import { html, joined, row, table, type Column, type Html, type Printable } from './html.js';
import { demoMark, lightChip, shapes, statusText, valueText } from './marks.js';
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

export function overall(subject: Subject): Html {
  return html`${headline(subject)} ${subject.content.kind === 'final' && completion(subject)}
  ${programmeSummary(subject)} ${bars(subject)} ${byArea(subject)} ${byUnit(subject)} ${lagging(subject)}`;
}

function headline(subject: Subject): Html {
  const { index, rows, demo } = subject;
  const tally = grouped(rows, statusOrder, ({ assessment }) => assessment.status);
  return html`<div class="headline">
      <div class="index">
        <b>${score(index?.value)}</b>${demoMark(demo && index?.value !== undefined)}
        <span>综合指数（满分 100）</span>
        <span>覆盖率 ${percent(index?.coverage)}</span>
      </div>
      <ul class="tally">
        ${tally.map(
          ([status, found]) =>
            html`<li>${lightChip(found[0]!.assessment.light, statusWords[status].zh)}<b>${found.length}</b></li> `,
        )}
      </ul>
    </div>
    <p>${summary(subject)}${index && vetoWords(subject, index)}</p>`;
}

function summary({ content, overview, zone, top, index, rows }: Subject): string {
  const known = `按截至${momentWords(content.asOf, zone)}所知，${periodWords(overview.period)}${top.name}`;
  if (rows.length === 0) return `${known}没有主要指标的数据可供评价。`;
  const scored = index?.contributions.length ?? 0;
  const extent = `${rows.length} 项主要指标中 ${scored} 项有可计分的数据，按权重计覆盖率 ${percent(index?.coverage)}`;
  return index?.value === undefined
    ? `${known}没有可计分的指标，综合指数暂缺（${extent}）。`
    : `${known}综合指数为 ${score(index.value)}（${extent}；没有数据的指标不计入，也不按零计）。`;
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
function completion({ rows }: Subject): Html {
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
    row(columns, [word, found.length, share(found), found.map(named).join('、') || none]);
  return html`<h3>指标完成率</h3>
    <p>
      ${counted.length} 项主要指标中，完成 ${of('completed').length} 项，指标完成率
      <b>${share(of('completed'))}</b>（${of('completed').length}/${counted.length}）；连同基本完成的
      ${of('basically-completed').length} 项，为
      ${share([...of('completed'), ...of('basically-completed')])}。${
        open.length > 0 && `${open.length} 项没有数据，尚无结论，计入总数。`
      }
    </p>
    ${table(columns, [
      ...order.map((verdict) => line(verdictWords[verdict].zh, of(verdict))),
      ...(open.length > 0 ? [line('尚无结论', open)] : []),
    ])}`;
}

export const named = ({ row: { code, name } }: TopRow): string => `${code} ${name}`;

/** Bar chart of progress and schedule. */
function bars({ rows, progressBounds }: Subject): Html | undefined {
  if (!rows.some(({ assessment }) => assessment.progress)) return undefined;
  const columns: Column[] = [
    { head: '指标', width: '36%' },
    { head: '进度（色条）与序时进度（竖线）' },
    { head: '进度', number: true, width: '9%' },
    { head: '序时', number: true, width: '9%' },
    { head: '判断', width: '15%' },
  ];
  const within = (text: string) => Math.min(100, Math.max(0, Number(text))).toFixed(1);
  return html`<h3>进度与序时进度</h3>
    ${table(
      columns,
      rows.map((top) => {
        const { progress, scheduled, light } = top.assessment;
        const bar = html`<div class="bar">
          ${progress && html`<i class="${light}" style="width:${within(progress)}%"></i>`}${
            scheduled && html`<b style="left:${within(scheduled)}%"></b>`
          }
        </div>`;
        const judgement = lightChip(light, statusText(top.assessment));
        return row(columns, [named(top), bar, percent(progress, progressBounds), percent(scheduled), judgement]);
      }),
      'bars',
    )}`;
}

const lightHead = (light: Light): Printable =>
  html`<span class="chip ${light}"><i>${shapes[light]}</i>${lightWords[light].zh.slice(0, 1)}</span>`;

const lightCounts = (cells: readonly (Cell | undefined)[]): Printable[] =>
  lightOrder.map((light) => cells.filter((cell) => cell?.assessment.light === light).length || none);

function byArea(subject: Subject): Html | undefined {
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
  return html`<h3>分标杆区</h3>
    ${table(
      columns,
      areas.map(({ area, index }) => {
        const own = rows.filter(({ row: { area: code } }) => code === area);
        const named = overview.areas.find(({ code }) => code === area);
        return row(columns, [
          named ? marked(subject, named) : area,
          score(index.value),
          percent(index.coverage),
          own.length,
          ...lightCounts(own.map(({ cell }) => cell)),
        ]);
      }),
    )}`;
}

function byUnit(subject: Subject): Html | undefined {
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
  return html`<h3>分${belowWord}</h3>
    ${table(
      columns,
      ranked.map(({ unit, index }) =>
        row(columns, [
          rank(index.value),
          markedUnit(subject, unit),
          score(index.value),
          percent(index.coverage),
          index.contributions.length,
          ...lightCounts(overview.indicators.map((indicator) => cellOf(indicator, unit))),
          index.vetoed.join('、') || '无',
        ]),
      ),
    )}
    <p class="note">
      名次只按指数排列。${uneven && '覆盖率不同的单位，指数不宜直接比较。'}灰灯含没有对该单位设目标的指标，这些指标不计入其指数和覆盖率。
    </p>`;
}

/** 滞后情况: red, yellow and grey indicators with their responsible units. */
function lagging(subject: Subject): Html | undefined {
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
  if (found.length === 0)
    return html`<h3>滞后情况</h3>
      <p>全部主要指标均为绿灯，没有滞后的。</p>`;
  return html`<h3>滞后情况与责任单位</h3>
    ${found.map(
      ([word, tops]) =>
        html`<p><b>${word} ${tops.length} 项：</b></p>
          <ul>
            ${tops.map((top) => html`<li>${laggard(subject, top)}</li> `)}
          </ul>`,
    )}`;
}

function laggard(subject: Subject, top: TopRow): Printable {
  const { row: indicator, cell, assessment } = top;
  const { lead } = assessment;
  const owner = ownerOf(subject, indicator);
  const red = redUnits(subject, indicator);
  const gaps = 'lacking' in cell.value ? (cell.value.lacking ?? []) : [];
  const without = unitsWhere(subject, indicator, ({ value }) => !('exact' in value));
  const unit = indicator.definition.unitOfMeasure;
  const parts: Printable[] = [
    [`本期 `, valueText(cell.value), 'exact' in cell.value && `（${unit}）`],
    lead !== undefined && leadWords(lead, subject.leadBounds),
    gaps.length > 0
      ? `缺${namesOf(subject, gaps)}的数`
      : indicator.definition.aggregation !== 'common' && without.length > 0 && `${namesOf(subject, without)}无数`,
    owner !== undefined && `责任单位：${owner}`,
    red.length > 0 && `亮红灯的${subject.belowWord} ${red.length} 个：${namesOf(subject, red)}`,
  ];
  return [
    html`<b>${named(top)}</b>（${attributeWords[indicator.attribute]}，${statusText(assessment)}）：`,
    joined(
      parts.filter((part) => part !== false),
      '；',
    ),
    '。',
  ];
}
