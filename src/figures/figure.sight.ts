import type { Sight } from '../slice/sight.js';
import { figureProjection, type FigureDocument } from './figure.projection.js';

/**
 * What others than the unit that brought it, those above it, evaluators and auditors see of a figure: the approved value,
 * and that there is declared to be none.
 */
export const figureSight: Sight<FigureDocument> = {
  projection: figureProjection,
  seen(figure, { sees }) {
    if (sees(figure.unit) || figure.standing === 'approved' || figure.standing === 'missing') return figure;
    const { latest: _, note: __, approved, first, ...rest } = figure;
    if (!approved) return undefined;
    const own = first?.eventId === approved.eventId ? { first } : {};
    return { ...rest, ...own, approved, latest: approved, standing: 'approved' };
  },
};
