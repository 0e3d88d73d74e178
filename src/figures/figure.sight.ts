import type { Sight } from '../slice/sight.js';
import { figureProjection, type FigureDocument } from './figure.projection.js';

/**
 * What others than the unit that brought it, those above it, evaluators and auditors see of a figure: the approved value,
 * and that there is declared to be none.
 */
export const figureSight: Sight<FigureDocument> = {
  projection: figureProjection,
  seen(figure, { sees, seesApproved }) {
    if (sees(figure.unit)) return figure;
    if (!seesApproved(figure.unit)) return undefined;
    if (figure.standing === 'approved' || figure.standing === 'missing') return figure;
    const { latest: _, note: __, approvals: ___, approved, first, ...rest } = figure;
    if (!approved) return undefined;
    return {
      ...rest,
      ...(first?.eventId === approved.eventId && { first }),
      approved,
      latest: approved,
      standing: 'approved',
      changesSinceApproval: 0,
      corrections: approved.corrections,
    };
  },
};
