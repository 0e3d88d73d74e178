import type { Grant } from '../access/grants.js';
import type { Looking } from '../slice/sight.js';
import type { EvaluationDocument } from './evaluation.projection.js';
import { evaluationSight } from './evaluation.sight.js';
import { nothingEntered, type VerdictEntry } from './judging.projection.js';

const from = '2026-01-01T00:00:00.000Z';
const looking = (...grants: Grant[]): Looking => ({
  principal: { id: 'p_a', means: 'web', grants },
  plan: 'one',
  sees: () => true,
  seesApproved: () => true,
});
const invited = (plan: string, ...evaluations: string[]): Grant => ({
  ...{ grant: 'g1', role: 'external-evaluator', plan, from, evaluations },
});
const reporter: Grant = { grant: 'g2', role: 'reporter', plan: 'one', from };

const open: EvaluationDocument = {
  ...{ plan: 'one', id: 'midterm', kind: 'midterm', title: '中期评估', period: '2023', by: 'p_b', knownAt: from },
  ...{ snapshots: [], findings: [], recommendations: [], checks: [], ...nothingEntered, demo: false },
};
const verdict = (assessor: string): VerdictEntry => ({
  ...{ number: 1, item: 'plan', standing: 'self', scale: 'five', step: 'completed', ground: '已完成' },
  ...{ assessor, by: assessor, knownAt: from, earlier: [] },
});
const published: EvaluationDocument = { ...open, published: 1, publishedAt: from };

describe('an evaluation is seen', () => {
  it('by people of the plan once it is published', () => {
    expect(evaluationSight.seen(open, looking(reporter))).toBeUndefined();
    expect(evaluationSight.seen(published, looking(reporter))).toBe(published);
  });

  it('in part by those in whose standing its scheme has people judge: the scheme and their own verdicts', () => {
    const participants = [{ standing: 'self' as const, name: '各县' }];
    const verdicts = [verdict('p_a'), verdict('p_c')];
    const judged = {
      ...open,
      participants,
      verdicts,
      lessons: [{ number: 1, text: '做法', by: 'p_b', knownAt: from }],
    };
    expect(evaluationSight.seen(judged, looking(reporter))).toEqual({ ...open, participants, verdicts: [verdicts[0]] });
    expect(evaluationSight.seen(judged, looking({ ...reporter, role: 'reviewer' }))).toBeUndefined();
    expect(evaluationSight.seen(judged, looking({ ...reporter, plan: 'two' }))).toBeUndefined();
  });

  it('by third parties if they take part in it, published or not', () => {
    expect(evaluationSight.seen(open, looking(invited('one', 'midterm')))).toBe(open);
    for (const evaluation of [open, published]) {
      expect(evaluationSight.seen(evaluation, looking(invited('one', 'final')))).toBeUndefined();
      expect(evaluationSight.seen(evaluation, looking(invited('one')))).toBeUndefined();
    }
  });

  it('by those who are third parties in another plan only, as by anybody else', () => {
    const elsewhere = invited('two', 'midterm');
    expect(evaluationSight.seen(open, looking(elsewhere, reporter))).toBeUndefined();
    expect(evaluationSight.seen(published, looking(elsewhere, reporter))).toBe(published);
  });
});
