import { createContext, use } from 'react';
import type { Timeline } from '../api/types';

/** Moving through the known time. */
export interface Travel {
  readonly timeline: Timeline;
  /** The day that is looked at while it is not yet chosen. */
  readonly preview: string | undefined;
  readonly look: (day: string | undefined) => void;
  /** Fetches what the page would show as of each of these days, one after another, until others are asked for. */
  readonly fetchAhead: (days: readonly string[]) => Promise<void>;
}

export const TravelContext = createContext<Travel | undefined>(undefined);

export function useTravel(): Travel {
  const travel = use(TravelContext);
  if (!travel) throw new Error('useTravel must be used within a reading frame');
  return travel;
}
