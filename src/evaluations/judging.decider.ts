import { isDeepStrictEqual } from 'node:util';
import { Decimal } from '../kernel/decimal.js';
import type { DecisionContext } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { missingUnit, type PlanState } from '../plans/plan.state.js';
import type { EvaluationOpened } from './evaluation.events.js';
import { itemOf, itemTypeWords } from './items.js';
import type {
  AdviseAdjustment,
  ConcludeItem,
  GiveVerdict,
  JudgingCommand,
  RecordLesson,
  RecordSurvey,
  ReviseVerdict,
  WithdrawStatement,
  WithdrawVerdict,
} from './judging.commands.js';
import {
  AdjustmentAdvised,
  ItemConcluded,
  LessonRecorded,
  StatementWithdrawn,
  SurveyRecorded,
  VerdictGiven,
  VerdictRevised,
  VerdictWithdrawn,
  type StatementKind,
} from './judging.events.js';
import type { JudgingEvent, JudgingState, StandingVerdict } from './judging.state.js';
import { criteriaScale, defaultScales, placedOn, type Scale } from './scales.js';
import { standingWords } from './words.js';

export type Scheme = (typeof EvaluationOpened)['example'];

export interface JudgingKnown {
  readonly plan: PlanState;
  /** Whether the plan has the item that a command names. */
  readonly itemExists?: boolean;
}

type Context = DecisionContext<JudgingKnown>;

/** The scales that an evaluation uses. */
export const scalesOf = ({ scales = [], useScales }: Pick<Scheme, 'scales' | 'useScales'>): readonly Scale[] =>
  [...defaultScales, ...scales].filter(({ code }) => useScales?.includes(code) ?? true);

/** What is judged, surveyed and learnt in an evaluation that is open. */
export function decideJudging(
  command: JudgingCommand,
  state: JudgingState,
  scheme: Scheme,
  context: Context,
): JudgingEvent[] {
  switch (command.type) {
    case 'GiveVerdict':
      return give(command, state, scheme, context);
    case 'ReviseVerdict':
      return revise(command, state, scheme, context);
    case 'WithdrawVerdict':
      return withdraw(command, state, context);
    case 'ConcludeItem':
      return conclude(command, state, scheme, context);
    case 'RecordSurvey':
      return recordSurvey(command, state);
    case 'RecordLesson':
      return recordLesson(command, state, context);
    case 'AdviseAdjustment':
      return advise(command, state);
    case 'WithdrawStatement':
      return withdrawStatement(command, state, context);
  }
}

function give(command: GiveVerdict, state: JudgingState, scheme: Scheme, context: Context): JudgingEvent[] {
  const { item, standing } = command;
  assertItem(item, context);
  const { participants } = scheme;
  if (participants && !participants.some((each) => each.standing === standing)) {
    const taking = [...new Set(participants.map((each) => standingWords[each.standing]))].join('、');
    throw invalid('verdict.standing', `评估方案没有${standingWords[standing]}参加：参加的是${taking}`, 'standing');
  }
  const judged = judgedIn(command, item, scheme);
  const assessor = context.actor.id;
  const own = state.verdicts.find(
    (each) => !each.isWithdrawn && each.item === item && each.standing === standing && each.assessor === assessor,
  );
  if (!own) return [VerdictGiven.of({ number: state.verdicts.length + 1, item, standing, ...judged })];
  if (isDeepStrictEqual(judgedOf(own), judged)) return [];
  throw refused(
    'verdict.already-given',
    `您对该事项已作出判断（第 ${own.number} 号）：有变动的请修改该判断，并写明事由`,
    'item',
  );
}

function revise(command: ReviseVerdict, state: JudgingState, scheme: Scheme, context: Context): JudgingEvent[] {
  const own = ownVerdict(command.verdict, state, context);
  const judged = judgedIn(command, own.item, scheme);
  if (own.isWithdrawn) throw refused('verdict.withdrawn', `第 ${own.number} 号判断已撤回：请另作判断`);
  if (isDeepStrictEqual(judgedOf(own), judged)) return [];
  assertReason(context, '修改判断');
  return [VerdictRevised.of({ verdict: own.number, ...judged })];
}

function withdraw({ verdict }: WithdrawVerdict, state: JudgingState, context: Context): JudgingEvent[] {
  const own = ownVerdict(verdict, state, context);
  if (own.isWithdrawn) return [];
  assertReason(context, '撤回判断');
  return [VerdictWithdrawn.of({ verdict })];
}

function conclude(command: ConcludeItem, state: JudgingState, scheme: Scheme, context: Context): JudgingEvent[] {
  const { item } = command;
  const { actor } = context;
  if (scheme.lead !== undefined && actor.id !== scheme.lead && actor.means !== 'operator') {
    throw refused('conclusion.not-lead', '评估方案写明了评估负责人：结论只由该负责人作出');
  }
  assertItem(item, context);
  const event = ItemConcluded.of({ item, ...judgedIn(command, item, scheme) });
  const before = state.conclusions.get(item);
  if (isDeepStrictEqual(before, event.data)) return [];
  if (before) assertReason(context, '改变结论');
  return [event];
}

function recordSurvey(command: RecordSurvey, { statements }: JudgingState): JudgingEvent[] {
  const { question, on, population, method, n, share, deff } = command;
  const part = new Decimal(share);
  if (part.isNegative() || part.greaterThan(100)) {
    throw invalid('survey.share', '满意率须在 0 至 100 之间，单位为 %', 'share');
  }
  if (deff !== undefined && !new Decimal(deff).greaterThan(0)) {
    throw invalid('survey.deff', '设计效应须大于 0；不知道的不填，即按 1 计', 'deff');
  }
  const survey = plain({ question, on, population, method, n, share, deff });
  if (isStated(survey, statements.survey)) return [];
  return [SurveyRecorded.of({ number: statements.survey.length + 1, ...survey })];
}

function recordLesson({ text, unit }: RecordLesson, { statements }: JudgingState, { known }: Context): JudgingEvent[] {
  if (unit !== undefined && !known.plan.units.has(unit)) {
    const { missing, meant } = missingUnit(unit, known.plan);
    throw invalid('evaluation.unknown-unit', `规划中没有单位 ${unit}${meant}`, 'unit', missing);
  }
  const lesson = plain({ text, unit });
  if (isStated(lesson, statements.lesson)) return [];
  return [LessonRecorded.of({ number: statements.lesson.length + 1, ...lesson })];
}

function advise({ adjustment, text }: AdviseAdjustment, { statements }: JudgingState): JudgingEvent[] {
  const advice = { adjustment, text };
  if (isStated(advice, statements.adjustment)) return [];
  return [AdjustmentAdvised.of({ number: statements.adjustment.length + 1, ...advice })];
}

function withdrawStatement(
  { kind, number }: WithdrawStatement,
  { statements }: JudgingState,
  context: Context,
): JudgingEvent[] {
  const stated = statements[kind][number - 1];
  if (!stated) throw notFound('evaluation.unknown-statement', `没有第 ${number} 条这类记载：请核对序号`, 'number');
  if (stated.isWithdrawn) return [];
  assertReason(context, '撤回记载');
  return [StatementWithdrawn.of({ kind, number })];
}

const isStated = (said: object, list: JudgingState['statements'][StatementKind]): boolean =>
  list.some(({ data: { number: _, ...data }, isWithdrawn }) => !isWithdrawn && isDeepStrictEqual(data, said));

type Judged = Pick<StandingVerdict, 'scale' | 'step' | 'points' | 'ground'>;

const judgedOf = ({ scale, step, points, ground }: StandingVerdict): Judged => plain({ scale, step, points, ground });

/** The place on a scale that the evaluation uses. A criterion is scored on the scale of criteria, all else is not. */
function judgedIn(
  { scale: code, step, points, ground }: Pick<GiveVerdict, 'scale' | 'step' | 'points' | 'ground'>,
  item: string,
  scheme: Scheme,
): Judged {
  const scales = scalesOf(scheme);
  const scale = scales.find((each) => each.code === code);
  if (!scale) {
    const known = scales.map((each) => `${each.code}（${each.label}）`).join('、');
    throw invalid('verdict.scale', `该评估不用等级 ${code}：可用 ${known}`, 'scale');
  }
  if ((itemOf(item).type === 'criterion') !== (code === criteriaScale)) {
    const message = `定性准则用等级 ${criteriaScale}（1–5），其他事项用别的等级`;
    throw invalid('verdict.criteria-scale', message, 'scale');
  }
  return { scale: code, ...placedOn(scale, step, points), ground };
}

function assertItem(text: string, { known }: Context): void {
  if (known.itemExists) return;
  const { type, code = '', unit } = itemOf(text);
  const what = `${itemTypeWords[type]} ${code}${unit === undefined ? '' : `，或没有单位 ${unit}`}`;
  throw invalid('verdict.unknown-item', `规划中没有${what}：请核对评估事项`, 'item');
}

function ownVerdict(number: number, { verdicts }: JudgingState, { actor }: Context): StandingVerdict {
  const verdict = verdicts[number - 1];
  if (!verdict) throw notFound('verdict.unknown', `没有第 ${number} 号判断：请核对序号`, 'verdict');
  if (verdict.assessor === actor.id) return verdict;
  throw refused('verdict.of-another', `第 ${number} 号判断由他人作出：判断只由作出的人修改或撤回`, 'verdict');
}

function assertReason({ reason }: Context, what: string): void {
  if (!reason) throw invalid('reason.missing', `${what}须写明事由`, 'reason');
}
