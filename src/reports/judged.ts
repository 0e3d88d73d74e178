import { judgedThings } from '../evaluations/judged-things.js';
import { judgementOf, type JudgedItem } from '../evaluations/judgement.js';
import { adjustmentWords, standingWords } from '../evaluations/words.js';
import { demoMark } from './marks.js';
import {
  bullets,
  heading,
  joined,
  paragraph,
  row,
  strong,
  table,
  type Blocks,
  type Column,
  type Line,
} from './model.js';
import { markedUnit, type Subject } from './subject.js';
import { dayWords, none } from './words.js';

const judgement = ({ evaluation, content, entry }: Subject) =>
  judgementOf(evaluation, judgedThings(content.overview), entry.number);

/** 各方判断: what assessors judged, beside what was computed, and the conclusions. Nothing of it changes what was computed. */
export function judged(subject: Subject): Blocks {
  const { items, surveys } = judgement(subject);
  if (items.length === 0 && surveys.length === 0) return undefined;
  const judgements = subject.isPart ? conclusions(items) : verdicts(items);
  return [items.length > 0 && judgements, surveys.length > 0 && satisfaction(subject)];
}

function verdicts(items: readonly JudgedItem[]): Blocks {
  const columns: Column[] = [
    { head: '对象', width: '24%' },
    { head: '系统算得', width: '12%' },
    { head: '各方判断及理由' },
    { head: '结论及理由', width: '26%' },
  ];
  const apart = items.filter(({ disagreement }) => disagreement > 0).length;
  const open = items.filter(({ toDiscuss }) => toDiscuss).length;
  return [
    heading('评估人员的判断'),
    paragraph(
      `评估人员对 ${items.length} 项作了判断，其中各方意见不一的 ${apart} 项`,
      open > 0 && `，相差较大而尚无结论的 ${open} 项`,
      '。判断与系统算得的结果并列，互不替代。',
    ),
    table(
      '各方判断与结论',
      columns,
      items.map(({ name, computed, verdicts: all, conclusion }) =>
        row(
          name,
          computed?.word ?? none,
          joined(
            all
              .filter(({ withdrawn }) => !withdrawn)
              .map(({ standing, shown, ground, by }): Line => [
                strong(`${standingWords[standing]}：${shown.word}`),
                `（${by}）${ground}`,
              ]),
            '；',
          ),
          conclusion ? [strong(conclusion.shown.word), `（${conclusion.by}）${conclusion.ground}`] : none,
        ),
      ),
      { source: '评估人员的记录，不在快照内' },
    ),
  ];
}

/** Without the verdicts that led to them, which are not public. */
const conclusions = (items: readonly JudgedItem[]): Blocks => [
  heading('评估结论'),
  table(
    '评估结论及理由',
    [{ head: '对象', width: '28%' }, { head: '系统算得', width: '14%' }, { head: '结论及理由' }],
    items.flatMap(({ name, computed, conclusion }) =>
      conclusion
        ? [
            row(name, computed?.word ?? none, [
              strong(conclusion.shown.word),
              `（${conclusion.by}）${conclusion.ground}`,
            ]),
          ]
        : [],
    ),
    { source: '评估组的记录，不在快照内；与系统算得的结果并列，互不替代' },
  ),
];

/** 公众满意度, as it was published; it is no part of the index. */
function satisfaction(subject: Subject): Blocks {
  const valid = judgement(subject).surveys.filter(({ withdrawn }) => !withdrawn);
  if (valid.length === 0) return undefined;
  const columns: Column[] = [
    { head: '问题' },
    { head: '日期', width: '13%' },
    { head: '对象', width: '18%' },
    { head: '方法', width: '14%' },
    { head: '样本数', number: true, width: '9%' },
    { head: '满意的占比', number: true, width: '13%' },
    { head: '误差', number: true, width: '13%' },
  ];
  return [
    heading('公众满意度'),
    table(
      '公众满意度调查',
      columns,
      valid.map(({ question, on, population, method, n, share, margin, demo = false }) =>
        row(question, on, population, method, n, [`${share}%`, demoMark(demo)], `±${margin} 个百分点`),
      ),
      { source: '调查公布的数', note: '误差按 95% 的置信水平计。满意度不计入综合指数。' },
    ),
  ];
}

/** 经验做法. */
export function lessons(subject: Subject): Blocks {
  const valid = subject.evaluation.lessons.filter(({ withdrawn }) => !withdrawn);
  if (valid.length === 0) return undefined;
  return bullets(
    valid.map(({ text, unit, by, knownAt, demo = false }) => [
      unit !== undefined && [markedUnit(subject, unit), '：'],
      text,
      demoMark(demo),
      `（${by}，${dayWords(knownAt, subject.zone)}）`,
    ]),
  );
}

/** 规划调整: whether and how to adjust the plan. */
export function adjustments(subject: Subject): Blocks {
  const valid = subject.evaluation.adjustments.filter(({ withdrawn }) => !withdrawn);
  if (valid.length === 0) return undefined;
  return bullets(
    valid.map(({ adjustment, text, by, demo = false }) => [
      strong(adjustmentWords[adjustment]),
      `：${text}`,
      demoMark(demo),
      `（${by}）`,
    ]),
  );
}
