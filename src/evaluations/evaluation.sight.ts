import { externalGrant, type Principal } from '../access/principal.js';
import { isForPlan, gives } from '../access/grants.js';
import type { Sight } from '../slice/sight.js';
import { evaluationProjection, type EvaluationDocument } from './evaluation.projection.js';
import { nothingEntered } from './judging.projection.js';

/**
 * What others than evaluators, auditors and plan managers see of evaluations: published ones, those to which they are
 * invited, and of those in which their standing takes part the scheme and their own verdicts.
 */
export const evaluationSight: Sight<EvaluationDocument> = {
  projection: evaluationProjection,
  goesOn: true,
  seen(evaluation, { principal, plan }) {
    const external = externalGrant(principal, plan);
    if (external) return external.evaluations?.includes(evaluation.id) ? evaluation : undefined;
    if (evaluation.published !== undefined) return evaluation;
    return takesPart(evaluation, principal, plan) ? ownPart(evaluation, principal) : undefined;
  },
};

const standingRights = { self: 'evaluations.as-self', authority: 'evaluations.as-authority' } as const;

/** Whether the scheme names the standing in which somebody may judge. */
const takesPart = ({ participants = [] }: EvaluationDocument, { grants }: Principal, plan: string): boolean =>
  (['self', 'authority'] as const).some(
    (standing) =>
      participants.some((each) => each.standing === standing) &&
      grants.some((grant) => isForPlan(grant, plan) && gives(grant, standingRights[standing])),
  );

const ownPart = (evaluation: EvaluationDocument, { id }: Principal): EvaluationDocument => ({
  ...evaluation,
  ...nothingEntered,
  ...{ snapshots: [], findings: [], recommendations: [], checks: [] },
  verdicts: evaluation.verdicts.filter(({ assessor }) => assessor === id),
});
