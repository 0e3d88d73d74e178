import { isMeasured, type Finding } from '../assessment/measured.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import { rulesWords } from './cover.js';
import {
  assumed,
  beside,
  code,
  heading,
  lineBreak,
  note,
  paragraph,
  row,
  steps,
  strong,
  table,
  terms,
  type Blocks,
  type Column,
} from './model.js';
import { evidenceText, formula } from './indicator-details.js';
import { statusChip, targetCell, valueText } from './marks.js';
import { cellOf, marked, markedUnit, ownerOf, unitsWhere, type Subject } from './subject.js';
import { aggregationWords, attributeWords, dayWords, directionWords, frequencyWords, kindWords } from './words.js';
import { none, periodWords, trajectoryWords } from './words.js';

/** Appendix 县（市、区）数据: the figures of the units below the top unit, with components, known day and evidence. */
export function countyFigures(subject: Subject): Blocks {
  const { below, rows } = subject;
  const own = rows.filter(
    ({ row: indicator }) =>
      indicator.definition.aggregation !== 'common' &&
      unitsWhere(subject, indicator, ({ base, value }) => [base, value].some(isKnown)).length > 0,
  );
  if (below.length === 0 || own.length === 0) return undefined;
  const common = rows
    .filter(({ row: { definition } }) => definition.aggregation === 'common')
    .map(({ row: { code, name } }) => `${code} ${name}`);
  return [
    own.map(({ row: indicator }) => figuresOf(subject, indicator)),
    common.length > 0 && note(common.join('、'), '为统一标准，各', subject.belowWord, '同值，不另列。'),
  ];
}

/** Whether there is a value or a recorded reason for its absence. */
const isKnown = (finding: Finding): boolean => isMeasured(finding) || finding.absent !== 'not-reported';

function figuresOf(subject: Subject, indicator: IndicatorRow): Blocks {
  const { code, name, definition, period } = indicator;
  const ratio = definition.measurement.type === 'ratio' ? definition.measurement : undefined;
  const ownTargets = indicator.targetScope === 'own';
  const columns: Column[] = [
    { head: '单位', width: '14%' },
    { head: '基期', number: true },
    { head: periodWords(period), number: true },
    ...(ratio
      ? [
          { head: ratio.numerator.name, number: true },
          { head: ratio.denominator.name, number: true },
        ]
      : []),
    ...(ownTargets ? [{ head: '期末目标', number: true }] : []),
    { head: '判断', width: '13%' },
    ...(subject.isPart
      ? []
      : [
          { head: '知悉日期', width: '11%' },
          { head: '依据', width: '28%' },
        ]),
  ];
  return [
    heading(`${code} ${name}（${definition.unitOfMeasure}）`),
    table(
      `${name}（${definition.unitOfMeasure}）`,
      columns,
      subject.below.flatMap(({ code: unit }) => {
        const cell = cellOf(indicator, unit);
        if (!cell) return [];
        const { base, value, targets, assessment } = cell;
        const measured = isMeasured(value) ? value : undefined;
        const measurement = measured?.measurement;
        const grounds = measurement ? evidenceText(measurement) : 'note' in value ? value.note : undefined;
        return row(
          markedUnit(subject, unit),
          valueText(base),
          valueText(value),
          ...(ratio ? [measured?.components?.numerator ?? none, measured?.components?.denominator ?? none] : []),
          ...(ownTargets ? [targetCell(indicator, targets.at(-1))] : []),
          statusChip(assessment),
          ...(subject.isPart
            ? []
            : [measurement ? dayWords(measurement.knownAt, subject.zone) : none, grounds ?? none]),
        );
      }),
      { look: ['figures'] },
    ),
  ];
}

export function definitions(subject: Subject): Blocks {
  const { rows } = subject;
  if (rows.length === 0) return undefined;
  const columns: Column[] = [
    { head: '指标', width: '22%' },
    { head: '类型与方向', width: '17%' },
    { head: '计算与汇总' },
    { head: '目标适用', width: '12%' },
    { head: '序时轨迹', width: '14%' },
    { head: '权重', number: true, width: '7%' },
  ];
  return [
    table(
      '指标定义',
      columns,
      rows.map(({ row: indicator }) => {
        const { code, printedName, kind, direction, frequency, definition, definitionVersion } = indicator;
        const { targetScope, trajectory, weight, line, attribute } = indicator;
        return row(
          [
            code,
            ' ',
            printedName ?? marked(subject, indicator),
            beside(
              attributeWords[attribute],
              '；口径第 ',
              definitionVersion,
              ' 版',
              line !== undefined && `；规划文本第 ${line} 行`,
              '；责任单位 ',
              ownerOf(subject, indicator) ?? '未定',
            ),
          ],
          `${kindWords[kind]}；${directionWords[direction]}；按${frequencyWords[frequency]}填报`,
          `${formula(indicator)}；${aggregationWords[definition.aggregation]}`,
          targetScope === 'all' ? '各单位同一目标' : '各单位各有目标',
          trajectoryWords[trajectory],
          weight,
        );
      }),
    ),
    heading('用语'),
    terms([
      ['目标完成率', '本期数 ÷ 期末目标（逆向指标倒过来除；增速指标为实际年均增速 ÷ 目标增速）'],
      ['进度', '（本期数 − 基期数）÷（期末目标 − 基期数）。保持类指标没有进度'],
      ['序时进度', '到本期末应当达到的进度，按各指标的序时轨迹计算'],
      ['超前（滞后）', '进度 − 序时进度，单位为百分点'],
      ['本期应达', '序时进度所对应的数值'],
      ['覆盖率', '有得分的指标的权重之和 ÷ 适用指标的权重之和'],
      ['知悉日期', !subject.isPart && '主管部门得知该数的日期，不是该数所说的时期，也不是录入的日期'],
    ]),
  ];
}

/** Appendix 假设: each distinct assumption once, with the codes of its indicators. */
export function assumptions({ overview }: Subject): Blocks {
  const found = new Map<string, { field: string; text: string; codes: string[] }>();
  for (const { code, assumptions: own } of overview.indicators) {
    for (const { field, text } of own) {
      const key = JSON.stringify([field, text]);
      const codes = found.get(key)?.codes ?? [];
      found.set(key, { field, text, codes: [...codes, code] });
    }
  }
  if (found.size === 0) return undefined;
  const columns: Column[] = [{ head: '事项', width: '14%' }, { head: '假设' }, { head: '指标', width: '20%' }];
  const all = overview.indicators.length;
  return [
    paragraph('以下为规划文本没有写明、由本系统设定者，不是规划原文，也不是官方规定。'),
    table(
      '假设',
      columns,
      [...found.values()].map(({ field, text, codes }) =>
        row(
          fieldWords[field] ?? field,
          [assumed('假设'), text],
          codes.length === all && all > 1 ? `全部 ${all} 项` : codes.join('、'),
        ),
      ),
    ),
  ];
}

const fieldWords: Readonly<Record<string, string>> = {
  direction: '方向',
  definition: '口径',
  measurement: '计算公式',
  'measurement.numerator': '分子',
  'measurement.denominator': '分母',
  aggregation: '汇总办法',
  targetScope: '目标适用范围',
  frequency: '填报频次',
  owner: '责任单位',
  trajectory: '序时轨迹',
  weight: '权重',
  valueType: '数值类型',
  attribute: '属性',
  kind: '类型',
};

/** Appendix 对照数据: context indicators, which are not judged. */
export function context(subject: Subject): Blocks {
  const { overview, zone } = subject;
  if (overview.context.length === 0) return undefined;
  const columns: Column[] = [
    { head: '数据', width: '30%' },
    { head: '地区' },
    { head: '期间' },
    { head: '数值', number: true },
    { head: '单位' },
    { head: '知悉日期' },
    { head: '依据', width: '24%' },
  ];
  return [
    paragraph('以下数据只作背景对照，不设目标，不评价。'),
    table(
      '对照数据',
      columns,
      overview.context.map((entry) => {
        const { code, unit, period, unitOfMeasure, value } = entry;
        const measurement = isMeasured(value) ? value.measurement : undefined;
        return row(
          [code, ' ', marked(subject, entry)],
          markedUnit(subject, unit),
          periodWords(period),
          valueText(value),
          unitOfMeasure,
          measurement ? dayWords(measurement.knownAt, zone) : none,
          (measurement && evidenceText(measurement)) || none,
        );
      }),
    ),
  ];
}

/** Appendix 评估规则: the evaluation rules of the snapshot, in words. */
export function rules(subject: Subject): Blocks {
  const { rules: set } = subject.overview.rules;
  const { status, outlook, verdict, limit, index } = set;
  const sign = (text: string) => (text.startsWith('-') ? text.replace('-', '−') : `+${text}`);
  const [ahead, asExpected, roughly, severe] = [status.ahead, status.asExpected, status.roughly, status.severe].map(
    sign,
  );
  return [
    paragraph(rulesWords(subject), '。'),
    terms([
      [
        '判断',
        `按超前（滞后）的百分点：${ahead} 及以上为快于预期；${asExpected} 至 ${ahead} 为符合预期；${roughly} 至 ${asExpected} 为基本符合预期；${severe} 至 ${roughly} 为滞后；低于 ${severe}、或本期数差于基期（序时轨迹本身先退的除外）为严重滞后。各档含下限。已达期末目标的，到期为已完成，提前为提前实现`,
      ],
      [
        '保持类',
        `达到当期底线为符合预期；未达到${limit ? `而差额不超过底线的 ${limit.roughly}% 为基本符合预期，其余` : ''}为滞后，差额超过底线的 ${status.severe.replace('-', '')}% 为严重滞后。目标是区间的，越出的一端即底线`,
      ],
      [
        '灯',
        '提前实现、已完成、快于预期、符合预期为绿灯；基本符合预期为黄灯；滞后、严重滞后为红灯；暂无数据、不可比、不适用为灰灯',
      ],
      [
        '趋势',
        `此后每年所需的速度不超过此前平均速度的 ${outlook.reachable} 倍为可完成，不超过 ${outlook.needsEffort} 倍为需努力，再高为难以完成`,
      ],
      [
        '期末结论',
        `达到期末目标为完成；进度达到 ${verdict.basicallyCompleted}%${limit ? `、或未达底线而差额不超过底线的 ${limit.basicallyCompleted}%` : ''} 为基本完成；其余为未完成`,
      ],
      [
        '综合指数',
        `每项得分 = ${index.baseScore} + ${index.slope} × 进度 ÷ 序时进度，在 0 与 ${index.cap} 之间，达到目标得 ${index.cap} 分；指数为各项得分按权重的平均。没有数据的不计入，另列覆盖率`,
      ],
      subject.overview.programme.projects.list.length > 0
        ? [
            '重大项目',
            `按形象进度 − 时间进度（项目自身工期中已过的份额）的百分点，用与指标相同的各档；过了竣工期限而没有竣工的至少为滞后。投资完成率高于形象进度 ${set.projects.moneyAhead} 个百分点及以上为资金超前`,
          ]
        : ['重大项目', undefined],
      ['否决', index.bindingVeto ? '约束性指标亮红灯，即否决总体评价；指数数值不变' : '不设否决'],
    ]),
  ];
}

export function verification({ entry, evaluation, overview, intact, content }: Subject): Blocks {
  const { plan } = overview.plan;
  const name = `${evaluation.id}/${entry.number}`;
  return steps([
    [
      '快照内容按 RFC 8785 写成规范 JSON（UTF-8，',
      entry.size,
      ' 字节，格式 ',
      content.format,
      '），其哈希（SHA-256）为',
      lineBreak,
      ' ',
      code(entry.contentHash),
      '。',
      intact ? '生成本报告时已按此重算，一致。' : strong('生成本报告时按此重算，不一致。'),
    ],
    [
      '在装有本系统的机器上运行 ',
      code('tongjian verify ', name, ' --plan ', plan),
      '，由事件日志从头重算到日志位置 ',
      entry.position,
      '，核对哈希与冻结的文件；不符则退出码为 3。',
    ],
    ['运行 ', code('tongjian compare ', name, ' now --plan ', plan), '，列出此后有变的每个数及其事件、经办人和事由。'],
  ]);
}
