import type { Sight } from '../slice/sight.js';
import { appraisalProjection, type AppraisalDocument } from './appraisal.projection.js';

/** Who sees all figures of a unit sees the objections of the unit; that sheets were put forth is no secret. */
export const appraisalSight: Sight<AppraisalDocument> = {
  projection: appraisalProjection,
  seen: (document, { sees }) => ({
    ...document,
    objections: document.objections.filter(({ unit }) => sees(unit)),
  }),
};
