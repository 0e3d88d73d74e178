import { externalGrant } from '../access/principal.js';
import type { Sight } from '../slice/sight.js';
import { evaluationProjection, type EvaluationDocument } from './evaluation.projection.js';

/** What others than evaluators, auditors and plan managers see of evaluations: published ones, and those they take part in. */
export const evaluationSight: Sight<EvaluationDocument> = {
  projection: evaluationProjection,
  goesOn: true,
  seen(evaluation, { principal, plan }) {
    const external = externalGrant(principal, plan);
    if (external) return external.evaluations?.includes(evaluation.id) ? evaluation : undefined;
    return evaluation.published === undefined ? undefined : evaluation;
  },
};
