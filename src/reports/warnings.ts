import { bullets, heading, paragraph, table, type Blocks, type Column, type Line, type Row } from './model.js';
import { outlookText, statusChip, valueText, verdictText } from './marks.js';
import { programmeWarnings } from './programme-warnings.js';
import { cellOf, marked, namesOf, ownerOf, redUnits, type Subject, type TopRow } from './subject.js';
import { attributeWords, none, percent, signed } from './words.js';

/** 预警: all 约束性 indicators, other red indicators, then overdue or halted items of the programme. */
export function warnings(subject: Subject): Blocks {
  const [own, rest] = [ofIndicators(subject), programmeWarnings(subject)];
  return own || rest ? [own, rest] : undefined;
}

function ofIndicators(subject: Subject): Blocks {
  const { rows, top } = subject;
  if (rows.length === 0) return undefined;
  const binding = rows.filter(({ row: { attribute } }) => attribute === 'binding');
  const expected = rows.filter((each) => !binding.includes(each));
  const red = expected.filter(({ assessment }) => assessment.light === 'red');
  const local = rows.filter(
    (each) => !binding.includes(each) && !red.includes(each) && redUnits(subject, each.row).length > 0,
  );
  return [
    heading('约束性指标'),
    binding.length > 0 ? listed(subject, '约束性指标情况', binding) : paragraph('规划没有约束性指标。'),
    heading('亮红灯的预期性指标'),
    red.length > 0 ? listed(subject, '亮红灯的预期性指标情况', red) : paragraph(noneText(top.name, expected)),
    local.length > 0 && [
      heading(top.name, '未亮红灯、但有', subject.belowWord, '亮红灯的指标'),
      bullets(
        local.map(({ row: indicator }) => [
          indicator.code,
          ' ',
          marked(subject, indicator),
          '：',
          namesOf(subject, redUnits(subject, indicator)),
        ]),
      ),
    ],
  ];
}

function noneText(name: string, expected: readonly TopRow[]): string {
  if (expected.length === 0) return '规划没有预期性指标。';
  const silent = expected.filter(({ assessment }) => assessment.light === 'grey').length;
  if (silent === expected.length) return `${name}的预期性指标 ${silent} 项均无法判断。`;
  if (silent === 0) return `${name}没有亮红灯的预期性指标。`;
  return `${name}能够判断的 ${expected.length - silent} 项预期性指标都没有亮红灯，${silent} 项无法判断。`;
}

function listed(subject: Subject, caption: string, tops: readonly TopRow[]): Blocks {
  const due = tops.some(({ assessment }) => assessment.verdict);
  const columns: Column[] = [
    { head: '指标', width: '24%' },
    { head: '属性', width: '9%' },
    { head: '本期', number: true },
    { head: '进度', number: true },
    { head: '超前/滞后', number: true },
    { head: '判断', width: '16%' },
    { head: due ? '结论' : '趋势' },
    { head: '责任单位', width: '13%' },
  ];
  const below = ({ row: indicator }: TopRow): Line => {
    const red = redUnits(subject, indicator);
    if (red.length === 0) return false;
    const each = red.map((unit) => {
      const { assessment } = cellOf(indicator, unit)!;
      const lead = assessment.lead === undefined ? '' : `（${signed(assessment.lead, subject.leadBounds)}）`;
      return `${namesOf(subject, [unit])}${lead}`;
    });
    return `亮红灯的${subject.belowWord}（括号内为超前/滞后百分点）：${each.join('、')}`;
  };
  const line = (top: TopRow): Row => {
    const { row: indicator, cell, assessment } = top;
    const cells = [
      [indicator.code, ' ', marked(subject, indicator)],
      attributeWords[indicator.attribute],
      valueText(cell.value),
      percent(assessment.progress, subject.progressBounds),
      signed(assessment.lead, subject.leadBounds),
      statusChip(assessment),
      due ? verdictText(assessment) : outlookText(assessment),
      ownerOf(subject, indicator) ?? none,
    ];
    return { cells, detail: below(top) };
  };
  return table(caption, columns, tops.map(line));
}
