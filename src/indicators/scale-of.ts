import type { Definition } from './indicator.events.js';

/** By what the quotient of a ratio is multiplied; 1 for what is no ratio. */
export const scaleOf = ({ measurement }: Pick<Definition, 'measurement'>): string =>
  measurement.type === 'ratio' ? measurement.scale : '1';
