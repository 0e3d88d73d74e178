import type { BrokenDown } from '../assessment/broken-down.js';
import { isMeasured, type Finding, type FormulaInput, type Measured, type Unmeasured } from '../assessment/measured.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import { absentWords, brokenDownText, offRange } from '../assessment/words.js';
import type { CellTarget } from '../assessment/rule-targets.js';
import { heading, joined, paragraph, strong, subheading, terms, together, type Blocks, type Line } from './model.js';
import { byArea } from './indicators.js';
import {
  accumulated,
  demoMark,
  interimText,
  requiredText,
  statusChip,
  targetWithRule,
  targetWords,
  valueMarks,
} from './marks.js';
import { verdictText, outlookText } from './marks.js';
import { cellOf, marked, namesOf, nameOf, ownerOf, redUnits, type Subject, type TopRow } from './subject.js';
import { attributeWords, dayWords, leadWords, none, percent } from './words.js';
import { periodWords, reasonWords, tidy, withUnit } from './words.js';

/** 主要指标逐项说明: for each indicator its values with their origin, targets, corrections and responsible unit. */
export function indicatorDetails(subject: Subject): Blocks {
  if (subject.rows.length === 0) return undefined;
  return byArea(subject).map(([area, tops]) => [
    area !== undefined && heading(area),
    tops.map((top) =>
      together(
        (area === undefined ? heading : subheading)(
          top.row.code,
          ' ',
          marked(subject, top.row),
          '（',
          top.row.definition.unitOfMeasure,
          '，',
          attributeWords[top.row.attribute],
          '） ',
          statusChip(top.assessment),
        ),
        paragraph(narrative(subject, top)),
        terms([
          ['口径', definitionText(top.row)],
          ['计算', formula(top.row)],
          ['本期数', origin(subject, top.row, top.cell.value)],
          ['分组', breakdowns(subject, top.cell.value)],
          ['基期数', origin(subject, top.row, top.cell.base)],
          ['目标', targetsText(subject, top)],
          ['更正', corrections(subject, top.row)],
          ['责任', responsibility(subject, top.row)],
        ]),
      ),
    ),
  ]);
}

/** Value, target, progress and outlook of an indicator in sentences. */
function narrative(subject: Subject, { row, cell, assessment }: TopRow): Line {
  const { overview } = subject;
  const { definition, kind } = row;
  const unit = definition.unitOfMeasure;
  const { value, base, targets } = cell;
  const final = targets.at(-1);
  const sum = accumulated(row, cell);
  const sentences: Line[] = [];
  const when = periodWords(row.period);
  if (isMeasured(value)) {
    const from = isMeasured(base)
      ? `，基期（${periodWords(overview.plan.baseline)}）为 ${withUnit(base.shown, unit)}`
      : '，没有基期值';
    const total = sum === undefined ? '' : `，规划期累计 ${withUnit(sum, unit)}`;
    sentences.push([`${when}为 `, withUnit(value.shown, unit), valueMarks(value), total, from, '。']);
  } else sentences.push(`${when}${absentWords[value.absent]}，不作判断。`);
  if (assessment.observedRate !== undefined) sentences.push(`自基期起年均增长 ${percent(assessment.observedRate)}。`);
  if (assessment.interim) {
    const { target, completionRate } = assessment.interim;
    const rate = completionRate === undefined ? '' : `（完成率 ${percent(completionRate)}）`;
    sentences.push(`${when}目标 ${targetWords(row, target)}：${interimText(assessment)}${rate}。`);
  }
  if (final)
    sentences.push(`${periodWords(final.period)}目标 ${targetWithRule(row, final)}${completionOf(assessment)}。`);
  else sentences.push('规划没有设目标。');
  const { progress, lead, scheduled, requiredNow, treatedAs } = assessment;
  if (lead !== undefined)
    sentences.push(
      `进度 ${percent(progress, subject.progressBounds)}，序时进度 ${percent(scheduled)}，${leadWords(lead, subject.leadBounds)}。`,
    );
  else if (scheduled !== undefined) {
    const required = requiredNow === undefined ? '' : `，本期应达 ${withUnit(tidy(requiredNow), unit)}`;
    sentences.push(`序时进度 ${percent(scheduled)}${required}。`);
  }
  const { range } = assessment;
  if (range) {
    const passed = offRange(range);
    sentences.push(
      `本期应在 ${withUnit(requiredText(assessment), unit)} 之间${passed ? `，${passed.side} ${withUnit(tidy(passed.by), unit)}` : ''}；区间不计完成率和进度。`,
    );
  }
  if (treatedAs === 'hold' && kind !== 'hold')
    sentences.push('期末目标不高于（逆向不低于）基期，按保持（底线）判断，不计进度。');
  sentences.push(paceWords(row, assessment));
  if (assessment.verdict) sentences.push(`期末结论：${verdictText(assessment)}。`);
  if (row.retiredFrom !== undefined) sentences.push(`该指标自${periodWords(row.retiredFrom)}起停用。`);
  if (row.period !== overview.period) sentences.push(`按${periodWords(row.period)}数判断。`);
  return sentences;
}

const completionOf = ({ completionRate }: TopRow['assessment']): string =>
  completionRate === undefined ? '' : `，目标完成率 ${percent(completionRate)}`;

function paceWords({ definition }: IndicatorRow, assessment: TopRow['assessment']): Line {
  const { pace, outlook } = assessment;
  if (!outlook) return undefined;
  const perYear = (number: string) => {
    const change = `${number.startsWith('-') ? '' : '+'}${tidy(number)}`;
    if (pace?.per === 'percent-per-year') return `${change}%`;
    return definition.unitOfMeasure === '%' ? `${change} 个百分点` : withUnit(change, definition.unitOfMeasure);
  };
  const ahead = pace?.needed === undefined ? '此后按任何均速都达不到期末目标' : `此后须年均 ${perYear(pace.needed)}`;
  const compared = pace ? `此前年均变动 ${perYear(pace.observed)}，${ahead}，` : '';
  return `${compared}趋势：${outlookText(assessment)}。`;
}

const definitionText = ({ definition, definitionVersion }: IndicatorRow): string =>
  definitionVersion === 1 ? definition.text : `${definition.text}（第 ${definitionVersion} 版口径）`;

export function formula({ definition: { measurement } }: IndicatorRow): string {
  if (measurement.type === 'direct') return '直接填报';
  if (measurement.type === 'formula') return measurement.formula;
  const { numerator, denominator, scale } = measurement;
  return `${numerator.name}（${numerator.unit}）÷ ${denominator.name}（${denominator.unit}）${scale === '1' ? '' : `× ${scale}`}`;
}

function origin(subject: Subject, row: IndicatorRow, finding: Finding): Line {
  return isMeasured(finding) ? measuredOrigin(subject, row, finding) : gapText(subject, row, finding);
}

function measuredOrigin(subject: Subject, row: IndicatorRow, finding: Measured): Line {
  const { source, parts = [], inputs, components, measurement, disagreement, approved, pending, sentBack } = finding;
  const unit = row.definition.unitOfMeasure;
  const ratio = components && `分子 ${components.numerator}、分母 ${components.denominator}`;
  const from = inputs
    ? `由公式 ${formula(row)} 算得（${inputsText(inputs)}）`
    : source === 'computed'
      ? `由${namesOf(subject, parts)}${ratio ? '的分子、分母之和' : '相加'}算得${ratio ? `（${ratio}）` : ''}`
      : `${measurement ? nameOf(subject, measurement.by.unit ?? subject.top.code) : subject.top.name}上报${ratio ? `（${ratio}）` : ''}`;
  const agrees = source === 'reported' && parts.length > 0 && !disagreement;
  return joined(
    [
      from,
      agrees && `与${namesOf(subject, parts)}汇总一致`,
      source !== 'computed' && measurement && `${dayWords(measurement.knownAt, subject.zone)} 知悉`,
      source !== 'computed' && measurement?.evidence && `依据：${evidenceText(measurement)}`,
      disagreement && [
        strong('市县数据不一致'),
        '：',
        subject.top.name,
        '自报 ',
        withUnit(disagreement.reported, unit),
        '，',
        subject.belowWord,
        '合计 ',
        withUnit(disagreement.computed, unit),
        '，相差 ',
        tidy(disagreement.difference),
        '；本报告采用',
        source === 'computed' ? '合计数' : '规划载明数',
      ],
      !approved && '尚未审核',
      pending !== undefined && `更正为 ${withUnit(pending, unit)}，待审核，审核前仍用原数`,
      sentBack !== undefined && `更正为 ${withUnit(sentBack, unit)}，被退回，仍用原数`,
      !finding.comparable && '按旧口径填报，与现行口径不可比',
    ].filter((part) => part !== false && part !== undefined),
    '；',
  );
}

/** The parts of the value by each breakdown, with the units that lack them. */
function breakdowns(subject: Subject, finding: Finding): Line {
  const found = (isMeasured(finding) && finding.breakdowns) || [];
  const text = (each: BrokenDown) =>
    each.lacking ? `${brokenDownText(each)}（${namesOf(subject, each.lacking)}）` : brokenDownText(each);
  return found.length > 0 && [joined(found.map(text), '；'), demoMark(finding.demo)];
}

/** For example `04 城乡居民最低生活保障标准 2022年 11280`. */
const inputsText = (inputs: readonly FormulaInput[]): string =>
  inputs
    .map(({ code, name, period, shown }) => [code, name, periodWords(period), shown].filter(Boolean).join(' '))
    .join('，');

/** The evidence of a measurement; undefined if it has none. */
export function evidenceText({ evidence = [] }: NonNullable<Measured['measurement']>): string | undefined {
  if (evidence.length === 0) return undefined;
  const one = ({ title, locator, documentNumber }: (typeof evidence)[number]) =>
    [title, documentNumber, locator].filter(Boolean).join('，');
  return evidence.map(one).join('；');
}

/** Why a value is absent, which units or inputs are missing, and the partial aggregate of the others. */
export function gapText(subject: Subject, row: IndicatorRow, finding: Unmeasured): Line {
  const { absent, because, note, lacking, lackingInputs, partial, demo } = finding;
  const unit = row.definition.unitOfMeasure;
  return [
    joined(
      [
        absent === 'missing' && because ? `${absentWords[absent]}（${reasonWords(because)}）` : absentWords[absent],
        note !== undefined && `说明：${note}`,
        lackingInputs && `公式 ${formula(row)} 缺 ${inputsText(lackingInputs)}`,
        lacking && ['缺', strong(namesOf(subject, lacking)), '的数，', subject.top.name, '数因此无法算出'],
        partial &&
          `其余 ${partial.parts.length} 个${subject.belowWord}合计为 ${withUnit(partial.shown, unit)}，仅供参考，不作判断`,
      ].filter((part) => part !== false && part !== undefined),
      '；',
    ),
    demoMark(demo),
  ];
}

function targetsText(subject: Subject, { row, cell }: TopRow): Line {
  if (cell.targets.length === 0) return none;
  return joined(
    cell.targets.map((target) => targetLine(subject, row, target)),
    '；',
  );
}

function targetLine({ zone }: Subject, row: IndicatorRow, target: CellTarget): Line {
  const { period, original, documentNumber, reason, knownAt, targetVersion, demo, comparable } = target;
  const revised = original !== undefined && [
    '（',
    strong('已调整'),
    '：原为 ',
    targetWords(row, original),
    '，',
    dayWords(knownAt, zone),
    ' 调整，第 ',
    targetVersion,
    ' 版，',
    documentNumber ? `文号 ${documentNumber}` : '没有文号',
    reason !== undefined && `，理由：${reason}`,
    '）',
  ];
  const stale = comparable === false && '（按原口径设定，未按现口径重新设定，不作判断）';
  return [`${periodWords(period)} ${targetWithRule(row, target)}`, demoMark(demo), revised, stale];
}

/** Corrections of the period's values, for each unit that reported its value. */
function corrections(subject: Subject, row: IndicatorRow): Line {
  const corrected = [subject.top, ...subject.below].flatMap(({ code }) => {
    const value = cellOf(row, code)?.value;
    return value && isMeasured(value) && value.source === 'reported' && value.corrections > 0 ? [{ code, value }] : [];
  });
  if (corrected.length === 0) return undefined;
  return joined(
    corrected.map(({ code, value }) => correctionText(subject, row, code, value)),
    '；',
  );
}

export function correctionText(subject: Subject, row: IndicatorRow, unit: string, value: Measured): Line {
  const { measurement, corrections: times, shown } = value;
  const reason = measurement?.reason;
  return [
    `${nameOf(subject, unit)}更正 ${times} 次，在用 ${withUnit(shown, row.definition.unitOfMeasure)}`,
    measurement &&
      `（${dayWords(measurement.knownAt, subject.zone)} 知悉${reason === undefined ? '' : `，事由：${reason}`}）`,
  ];
}

function responsibility(subject: Subject, row: IndicatorRow): Line {
  const red = redUnits(subject, row);
  const owner = ownerOf(subject, row);
  return joined(
    [owner, red.length > 0 && `亮红灯的${subject.belowWord}：${namesOf(subject, red)}`].filter(
      (part) => part !== false && part !== undefined,
    ),
    '；',
  );
}
