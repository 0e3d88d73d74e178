import { Value } from '@sinclair/typebox/value';
import {
  checkEvaluationRules,
  defaultEvaluationRules as rules,
  defaultRulesWithoutMargin,
  type EvaluationRules,
  evaluationRulesSchema,
} from './evaluation-rules.js';

const codes = (candidate: unknown) => checkEvaluationRules(candidate).map(({ code, field }) => `${code} ${field}`);
const withStatus = (status: Partial<EvaluationRules['status']>) => ({
  ...rules,
  status: { ...rules.status, ...status },
});

describe('evaluation rules', () => {
  it('accepts the default rules, whose source says that they are not official', () => {
    expect(Value.Check(evaluationRulesSchema, rules)).toBe(true);
    expect(codes(rules)).toEqual([]);
    expect(rules.source).toContain('非官方');
  });

  it('accepts rules without margins of a limit, and margins of 0', () => {
    expect(codes(defaultRulesWithoutMargin)).toEqual([]);
    expect(defaultRulesWithoutMargin).not.toHaveProperty('limit');
    expect(codes({ ...rules, limit: { roughly: '0', basicallyCompleted: '0' } })).toEqual([]);
    expect(codes({ ...rules, limit: { roughly: '25', basicallyCompleted: '99.99999999999999999999' } })).toEqual([]);
  });

  it('reports each missing, unknown or malformed field once', () => {
    expect(codes(undefined)).toEqual(['evaluation-rules.malformed ']);
    expect(codes({ ...rules, outlook: undefined })).toEqual(['evaluation-rules.malformed outlook']);
    expect(codes({ ...rules, outlook: { reachable: '1' } })).toEqual(['evaluation-rules.missing outlook.needsEffort']);
    expect(codes({ ...rules, source: '', thresholds: {} })).toEqual([
      'evaluation-rules.unknown thresholds',
      'evaluation-rules.malformed source',
    ]);
    expect(codes({ ...rules, index: { ...rules.index, cap: 100 } })).toEqual(['evaluation-rules.malformed index.cap']);
    expect(codes(withStatus({ ahead: '五', severe: '1e2' }))).toEqual([
      'evaluation-rules.not-a-number status.ahead',
      'evaluation-rules.not-a-number status.severe',
    ]);
  });

  it('requires strictly decreasing status thresholds', () => {
    expect(codes(withStatus({ roughly: '-2' }))).toEqual(['evaluation-rules.order status.roughly']);
    expect(codes(withStatus({ severe: '-9.9' }))).toEqual(['evaluation-rules.order status.severe']);
    expect(codes(withStatus({ ahead: '10', roughly: '-2.1', severe: '-5' }))).toEqual([]);
  });

  it('requires that progress equal to schedule is judged as-expected', () => {
    expect(codes(withStatus({ ahead: '0' }))).toEqual(['evaluation-rules.on-schedule status.asExpected']);
    expect(codes(withStatus({ asExpected: '0.1' }))).toEqual(['evaluation-rules.on-schedule status.asExpected']);
    expect(codes(withStatus({ asExpected: '0' }))).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['range limit.roughly', { ...rules, limit: { roughly: '-1', basicallyCompleted: '5' } }],
    ['range limit.roughly', { ...rules, limit: { roughly: '25.1', basicallyCompleted: '5' } }],
    ['range limit.basicallyCompleted', { ...rules, limit: { roughly: '5', basicallyCompleted: '100' } }],
    ['missing limit.basicallyCompleted', { ...rules, limit: { roughly: '5' } }],
    ['unknown limit.nearly', { ...rules, limit: { ...rules.limit, nearly: '5' } }],
    ['range outlook.reachable', { ...rules, outlook: { reachable: '0', needsEffort: '1' } }],
    ['order outlook.needsEffort', { ...rules, outlook: { reachable: '1', needsEffort: '0.9' } }],
    ['range verdict.basicallyCompleted', { ...rules, verdict: { basicallyCompleted: '100.1' } }],
    ['range index.cap', { ...rules, index: { ...rules.index, cap: '120' } }],
    ['range index.baseScore', { ...rules, index: { ...rules.index, baseScore: '-1' } }],
    ['range index.slope', { ...rules, index: { ...rules.index, slope: '0' } }],
    ['range projects.moneyAhead', { ...rules, projects: { moneyAhead: '0' } }],
    ['source-missing source', { ...rules, source: '  ' }],
  ])('reports %s', (fault, candidate) => {
    expect(codes(candidate)).toEqual([`evaluation-rules.${fault}`]);
  });
});
