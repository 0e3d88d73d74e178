import type { Assessment } from '../assessment/assessment.js';
import { Decimal, shownWith } from '../assessment/decimals.js';
import type { Light, Status } from '../assessment/judgement.js';
import { isMeasured, type Finding } from '../assessment/measured.js';
import type { Cell } from '../assessment/cell.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import { absentWords, lightWords, outlookWords, statusWords, verdictWords } from '../assessment/words.js';
import type { CellTarget } from '../assessment/rule-targets.js';
import { shownTarget } from '../kernel/target-value.js';
import { absent, beside, value, type Chip, type Flag, type Line } from './model.js';
import { none, reasonWords, tidy, withUnit } from './words.js';

/** A shape per light, so that lights can be distinguished without colour. */
export const shapes: Readonly<Record<Light, string>> = { green: '●', yellow: '▲', red: '■', grey: '○' };

const flag = (letter: string, meaning: string): Flag => ({ kind: 'flag', letter, meaning });

export const demoFlag = flag('示', '示例数据');
export const demoMark = (demo: boolean): Line => demo && demoFlag;

const meanings: Readonly<Record<string, string>> = {
  示: '示例数据（虚构）',
  异: '市县数不一致',
  更: '曾更正',
  待: '尚未审核或更正待审',
  退: '更正被退回，仍用原数',
  变: '口径已变，不可比',
  调: '目标已调整',
};

/** Legend of the marks beside values. */
export const markLegend: Line = [
  '数值旁的标记：',
  Object.entries(meanings).map(([letter, meaning], at) => [at > 0 && '　', flag(letter, meaning), meaning]),
];

/** A value with its marks, or a short reason for its absence. `path` is the JSON pointer of the finding in the snapshot. */
export function valueText(finding: Finding, path?: string): Line {
  if (!isMeasured(finding)) {
    const { absent: why, because, demo } = finding;
    const reason = why === 'missing' ? reasonWords(because) : undefined;
    return [absent(reason ?? absentWords[why]), demoMark(demo)];
  }
  const { shown } = finding;
  return [path === undefined ? shown : value(shown, `${path}/shown`), valueMarks(finding)];
}

export function valueMarks(finding: Finding): Line {
  if (!isMeasured(finding)) return undefined;
  const { demo, disagreement, corrections, approved, pending, sentBack, comparable } = finding;
  return [
    disagreement && flag('异', '上级单位自报数与下级合计不一致'),
    corrections > 0 && flag('更', '曾更正'),
    (!approved || pending !== undefined) && flag('待', '尚未审核或更正待审'),
    sentBack !== undefined && flag('退', '更正被退回，仍用原数'),
    !comparable && flag('变', '口径已变，不可比'),
    demoMark(demo),
  ];
}

/** A target in the plan's notation: `[100]` for a cumulative total, 年均6% for a growth rate. */
export function targetText({ kind }: Pick<IndicatorRow, 'kind'>, value: string): string {
  const shown = shownTarget(value);
  if (kind === 'cumulative') return `[${shown}]`;
  return kind === 'growth' ? `年均${shown}%` : shown;
}

/** A target with its unit, for sentences. */
export const targetWords = (row: IndicatorRow, value: string): string =>
  row.kind === 'growth' ? targetText(row, value) : withUnit(targetText(row, value), row.definition.unitOfMeasure);

/** Like `targetWords`; a rule target shows its computed value and the rule. */
export const targetWithRule = (row: IndicatorRow, { value, rule }: CellTarget): string =>
  rule
    ? `${rule.shown === undefined ? unknownRule : targetWords(row, rule.shown)}（规则 ${value}）`
    : targetWords(row, value);

const unknownRule = '无法计算';

export function targetCell(row: IndicatorRow, target: CellTarget | undefined): Line {
  if (!target) return none;
  const { value, original, demo, rule, comparable } = target;
  return [
    rule ? (rule.shown ?? unknownRule) : targetText(row, value),
    rule && beside(value),
    comparable === false && flag('变', '按原口径设定，未按现口径重新设定'),
    original !== undefined && flag('调', `目标已调整，原为 ${shownTarget(original)}`),
    demoMark(demo || (rule?.demo ?? false)),
  ];
}

/** ΣX of a cumulative indicator that is judged by it. */
export function accumulated({ kind, decimals }: IndicatorRow, cell: Cell): string | undefined {
  const { cumulativeSum, assessment } = cell;
  if (kind !== 'cumulative' || cumulativeSum === undefined || assessment.gapToTarget === undefined) return undefined;
  return shownWith(decimals, new Decimal(cumulativeSum));
}

/** The status in Chinese, or the missing input if that is why there is no judgement. */
export function statusText({ status, missing, fault }: Assessment): string {
  if (fault !== undefined) return '无法推算';
  if (status === 'incomparable') return statusWords[status].zh;
  if (missing === 'target') return status === 'no-data' ? '目标无法计算' : '未设目标';
  return missing === 'base' ? '缺基期值' : statusWords[status].zh;
}

export const lightChip = (light: Light, word: Line): Chip => ({ kind: 'chip', light, word });

export const statusChip = (assessment: Assessment): Chip => lightChip(assessment.light, statusText(assessment));

const statusLights: Readonly<Record<Light, readonly Status[]>> = {
  green: ['completed-early', 'completed', 'ahead', 'as-expected'],
  yellow: ['roughly'],
  red: ['behind', 'severely-behind'],
  grey: ['no-data', 'incomparable', 'not-applicable'],
};

/** For example ● 绿灯 提前实现、已完成、… */
export const lightLegend: Line = Object.entries(statusLights).map(([light, statuses]) => [
  lightChip(light as Light, lightWords[light as Light].zh),
  ' ',
  statuses.map((status) => statusWords[status].zh).join('、'),
  '　',
]);

export const outlookText = ({ outlook }: Assessment): string => (outlook ? outlookWords[outlook].zh : none);
export const verdictText = ({ verdict }: Assessment): string => (verdict ? verdictWords[verdict].zh : none);

/** 达到 or 未达到 for the interim target of the period. */
export function interimText({ interim }: Assessment): string {
  if (!interim) return none;
  return interim.met === undefined ? '无法判断' : interim.met ? '达到' : '未达到';
}

/** The value or the range that the period requires. */
export function requiredText({ requiredNow, range }: Assessment): string {
  if (range) return `${tidy(range.lower)}–${tidy(range.upper)}`;
  return requiredNow === undefined ? none : tidy(requiredNow);
}
