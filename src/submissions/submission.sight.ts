import type { Sight } from '../slice/sight.js';
import { submissionProjection, type SubmissionDocument } from './submission.projection.js';

/**
 * What others than evaluators, auditors and plan managers see of submissions. Warnings and problems quote values, whoever's
 * they are: of plan folders nobody else sees them, and rows are for their sender and who sees the values of the sender's
 * unit.
 */
export const submissionSight: Sight<SubmissionDocument> = {
  projection: submissionProjection,
  seen(submission, { principal, sees }) {
    const { received, person, unit } = submission;
    if (person === principal.id) return submission;
    if (received.kind === 'rows') return unit !== undefined && sees(unit) ? submission : undefined;
    const { problems: _, accepted: __, ...shown } = submission;
    return { ...shown, received: { ...received, warnings: [] } };
  },
};
