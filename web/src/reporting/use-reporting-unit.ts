import { useFilter } from '../app/links';
import type { Unit } from '../api/types';
import { reportingUnits } from '../state/rights';
import { judgedUnits, usePlanHere } from '../state/scope';
import { useSession } from '../state/session';

export interface ReportingUnit {
  /** Undefined where the address names a unit that the plan does not have. */
  readonly unit: Unit | undefined;
  readonly units: readonly Unit[];
  /** What the address names. */
  readonly asked: string | undefined;
}

/** The unit that a page of reporting is about: the address names it, or it is the first that the person reports for. */
export function useReportingUnit(): ReportingUnit {
  const plan = usePlanHere();
  const [asked] = useFilter('unit');
  const own = reportingUnits(useSession(), plan);
  const units = judgedUnits(plan.units);
  const unit = asked === undefined ? (own[0] ?? units[0]) : units.find(({ code }) => code === asked);
  return { unit, units: own.length > 0 ? own : units, asked };
}
