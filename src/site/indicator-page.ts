import { isMeasured, type Finding } from '../assessment/measured.js';
import type { Wording } from '../assessment/words.js';
import { numbersOf } from '../kernel/target-value.js';
import { html, type Html, type Printable } from '../reports/markup.js';
import { formula } from '../reports/indicator-details.js';
import { cellOf, ownerOf, type TopRow } from '../reports/subject.js';
import { percent, tidy } from '../reports/words.js';
import type { Speech } from './language.js';
import { demoFlag, factsOf, none, notated, statusMark, tableOf, targetOf, valueOf, type SiteColumn } from './parts.js';
import type { Page, PageContext } from './page.js';
import type { SeriesPoint } from './public-site.js';
import { seriesChart } from './series-chart.js';
import { aggregations, attributes, directions, frequencies, kinds } from './words.js';

/** An indicator: where it stands, its values as chart and table, and how it is defined. */
export const indicatorPage = (top: TopRow): Page => ({
  path: `indicators/${top.row.code}.html`,
  title: (speech) => `${top.row.code} ${speech.plainName(top.row)}`,
  heading: (speech) => html`${top.row.code} ${speech.name(top.row)}`,
  content: (context) => [
    standing(context, top),
    series(context, top),
    breakdowns(context, top),
    units(context, top),
    definition(context, top),
    neighbours(context, top),
  ],
});

function standing({ site, speech }: PageContext, { row, cell, assessment }: TopRow): Html {
  const unit = row.definition.unitOfMeasure;
  const of = (zh: string, en: string) => speech.say({ zh, en });
  const { baseline } = site.overview.plan;
  const target = cell.targets.at(-1);
  return factsOf([
    [of('判断', 'Status'), statusMark(speech, assessment)],
    [`${of('本期', 'Value')} ${row.period}`, valueOf(speech, cell.value, unit)],
    [`${of('基期', 'Base')} ${baseline}`, valueOf(speech, cell.base, unit)],
    [
      target ? `${of('目标', 'Target')} ${target.period}` : of('目标', 'Target'),
      target && targetOf(speech, row, target, row.kind === 'growth' ? undefined : unit),
    ],
    [of('目标完成率', 'Of the target'), assessment.completionRate && percent(assessment.completionRate)],
    [of('进度', 'Progress'), assessment.progress && percent(assessment.progress, site.subject.progressBounds)],
    [of('序时进度', 'Progress due'), assessment.scheduled && percent(assessment.scheduled)],
  ]);
}

function series({ site, speech }: PageContext, { row }: TopRow): Printable {
  const points = site.series.get(row.code) ?? [];
  if (points.length === 0) return undefined;
  const name = speech.plainName(row);
  const unit = row.definition.unitOfMeasure;
  const place = speech.plainName(site.subject.top);
  const value = speech.say({ zh: '数值', en: 'Value' });
  const target = speech.say({ zh: '目标', en: 'Target' });
  const required = speech.say({ zh: '序时应达', en: 'Due by schedule' });
  // A total is asked of all years together, a growth in percent: neither is a number of one year.
  const hasLevels = row.kind === 'level' || row.kind === 'hold';
  const chart = seriesChart(
    points.map((point) => ({ label: point.period, ...plotted(point, hasLevels) })),
    {
      title: `${place} ${name}（${unit}）`,
      description: speech.say({ zh: '各期数值、目标和序时应达，数见下表', en: 'The numbers are in the table below' }),
      ...{ value, target, required },
    },
  );
  const columns: SiteColumn<SeriesPoint>[] = [
    { head: speech.say({ zh: '期间', en: 'Period' }), of: ({ period }) => speech.period(period) },
    { head: value, number: true, of: (point) => [point.value ?? none, demoFlag(speech, point.demo)] },
    {
      head: target,
      number: true,
      of: (point) => (point.target === undefined ? none : notated(speech, row.kind, shownEnds(point.target))),
    },
    { head: required, number: true, of: requiredOf },
  ];
  return [
    html`<h2>${speech.say({ zh: '各期数值', en: 'Values' })}</h2> `,
    chart &&
      html`<figure>
        ${chart}
        <figcaption>${speech.name(site.subject.top)} ${speech.name(row)}${speech.aside(speech.text(unit))}</figcaption>
      </figure> `,
    tableOf({
      caption: speech.say({ zh: `各期数值（${unit}）`, en: `Values (${unit})` }),
      columns,
      groups: [{ rows: points }],
    }),
  ];
}

const shownEnds = (target: string): string => target.replace('..', '–');

const requiredOf = ({ required, range }: SeriesPoint): string => {
  if (range) return `${tidy(range.lower)}–${tidy(range.upper)}`;
  return required === undefined ? none : tidy(required);
};

function plotted({ value, target, required }: SeriesPoint, hasLevels: boolean) {
  return {
    ...(value !== undefined && { value: Number(value) }),
    // Of a range its lower end.
    ...(hasLevels && target !== undefined && { target: numbersOf(target)[0].toNumber() }),
    ...(hasLevels && required !== undefined && { required: Number(required) }),
  };
}

/** The parts of the value, where the definition breaks it down. */
function breakdowns({ speech }: PageContext, { cell }: TopRow): Printable {
  const found = (isMeasured(cell.value) && cell.value.breakdowns) || [];
  return found.map(({ name, parts = [] }) =>
    tableOf({
      caption: `${speech.say({ zh: '分组', en: 'Broken down' })}：${name}`,
      columns: [
        { head: speech.text(name), of: (part) => speech.text(part.name) },
        { head: speech.say({ zh: '数值', en: 'Value' }), number: true, of: ({ shown = none }) => shown },
        { head: speech.say({ zh: '占比', en: 'Share' }), number: true, of: ({ share }) => percent(share) },
      ],
      groups: [{ rows: parts }],
    }),
  );
}

/** The units below, where their values are public. */
function units({ site, speech }: PageContext, { row }: TopRow): Printable {
  const rows = site.subject.below.flatMap((unit) => {
    const cell = cellOf(row, unit.code);
    return cell ? [{ unit, cell }] : [];
  });
  if (rows.length === 0) return undefined;
  const unitOfMeasure = row.definition.unitOfMeasure;
  return [
    html`<h2>${speech.say({ zh: '各单位', en: 'Units' })}</h2> `,
    tableOf({
      caption: speech.say({ zh: `各单位数值（${unitOfMeasure}）`, en: `Values of the units (${unitOfMeasure})` }),
      columns: [
        { head: speech.say({ zh: '单位', en: 'Unit' }), of: ({ unit }) => speech.name(unit) },
        { head: speech.say({ zh: '基期', en: 'Base' }), number: true, of: ({ cell }) => valueOf(speech, cell.base) },
        { head: speech.say({ zh: '本期', en: 'Value' }), number: true, of: ({ cell }) => valueOf(speech, cell.value) },
        { head: speech.say({ zh: '判断', en: 'Status' }), of: ({ cell }) => statusMark(speech, cell.assessment) },
      ],
      groups: [{ rows }],
    }),
  ];
}

function definition({ site, speech }: PageContext, { row, cell }: TopRow): Printable {
  const { definition: of, assumptions } = row;
  const line =
    row.line === undefined
      ? undefined
      : speech.say({ zh: `规划文本第 ${row.line} 行`, en: `line ${row.line} of the plan` });
  const owner = ownerOf(site.subject, row);
  const say = (zh: string, en: string) => speech.say({ zh, en });
  return [
    html`<h2>${say('口径', 'Definition')}</h2> `,
    factsOf([
      [say('含义', 'Meaning'), speech.text(of.text)],
      [
        say('计算', 'Formula'),
        of.measurement.type === 'formula' ? html`<code>${formula(row)}</code>` : calculated(speech, row),
      ],
      [say('计量单位', 'Unit'), speech.text(of.unitOfMeasure)],
      [say('汇总', 'Aggregation'), speech.say(aggregations[of.aggregation])],
      [say('方向', 'Direction'), speech.say(directions[row.direction])],
      [say('类型', 'Kind'), `${speech.say(kinds[row.kind])} · ${speech.say(attributes[row.attribute])}`],
      [say('频次', 'Frequency'), speech.say(frequencies[row.frequency])],
      [say('权重', 'Weight'), row.weight],
      [say('数据来源', 'Source'), speech.say(sourceOf(cell.value))],
      [say('责任单位', 'Responsible'), owner !== undefined && speech.text(owner)],
      [say('出处', 'In the plan'), line],
      [
        say('注', 'Notes'),
        assumptions.length > 0 &&
          html`<ul>
            ${assumptions.map(({ text }) => html`<li>${speech.chinese(text)}</li> `)}
          </ul>`,
      ],
    ]),
  ];
}

const calculated = (speech: Speech, row: TopRow['row']): Printable =>
  row.definition.measurement.type === 'direct'
    ? speech.say({ zh: '直接填报', en: 'reported directly' })
    : speech.chinese(formula(row));

function sourceOf(value: Finding): Wording {
  if (!isMeasured(value)) return { zh: '本期没有数值', en: 'there is no value for the period' };
  if (value.inputs) return { zh: '由公式算得', en: 'computed by the formula' };
  if (value.source === 'computed')
    return { zh: '由下级单位的填报数汇总', en: 'computed from what the units below reported' };
  return { zh: '规划本级填报', en: 'reported by the unit of the plan' };
}

/** The indicators before and after it. */
function neighbours({ site, speech, to }: PageContext, top: TopRow): Html {
  const at = site.rows.indexOf(top);
  const link = (other: TopRow | undefined, word: Wording) =>
    other &&
    html`<li>
      ${speech.say(word)}
      <a href="${to(`indicators/${other.row.code}.html`)}">${other.row.code} ${speech.name(other.row)}</a>
    </li> `;
  return html`<nav class="neighbours" aria-label="${speech.say({ zh: '其他指标', en: 'Other indicators' })}">
    <ul>
      ${link(at > 0 ? site.rows[at - 1] : undefined, { zh: '上一项', en: 'Previous' })}
      ${link(site.rows[at + 1], { zh: '下一项', en: 'Next' })}
      <li><a href="${to('index.html')}">${speech.say({ zh: '全部指标', en: 'All indicators' })}</a></li>
    </ul>
  </nav> `;
}
