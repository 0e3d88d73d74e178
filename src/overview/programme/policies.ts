import { firstDayOf, lastDayOf, parsePeriod, type Calendar } from '../../kernel/period.js';
import type { Cited, Planned, PolicyStanding } from '../../policies/policy.decider.js';
import type { PolicyDocument } from '../../policies/policy.projection.js';
import { given } from './projects.js';
import { isOver } from './until.js';

/**
 * Whether a planned policy was issued in time: `early`, `on-time`, `late`; `overdue`, `pending`: not issued; `undated`:
 * the plan sets no date; `dropped`.
 */
export type Timeliness = 'early' | 'on-time' | 'late' | 'overdue' | 'pending' | 'undated' | 'dropped';

/** A planned policy as of a day. */
export interface PolicyNow extends Omit<Planned, 'to'> {
  readonly id: string;
  readonly standing: PolicyStanding;
  readonly timeliness: Timeliness;
  /** Period by whose end the policy is planned now; `firstDue` is the original period of a postponed policy. */
  readonly due?: string;
  readonly firstDue?: string;
  readonly postponedBecause?: string;
  readonly draftedOn?: string;
  /** Day of the first issue; later revisions are in `versions`. */
  readonly issuedOn?: string;
  readonly documentNumber?: string;
  readonly versions: readonly { readonly on: string; readonly documentNumber: string; readonly revises?: string }[];
  readonly because?: string;
  readonly demo: boolean;
}

export interface PoliciesNow {
  readonly list: readonly PolicyNow[];
  /** Existing policies that the plan cites. */
  readonly cited: readonly (Cited & { readonly id: string })[];
  readonly counts: Readonly<Record<'planned' | 'issued' | 'postponed' | Exclude<Timeliness, 'undated'>, number>>;
}

export function policiesNow(documents: readonly PolicyDocument[], until: string, calendar: Calendar): PoliciesNow {
  const list = documents.flatMap((document) => ('planned' in document ? [policyAt(document, until, calendar)] : []));
  const cited = documents.flatMap((document) => ('cited' in document ? [{ id: document.id, ...document.cited }] : []));
  const count = (holds: (policy: PolicyNow) => boolean) => list.filter(holds).length;
  const of = (timeliness: Timeliness) => count((policy) => policy.timeliness === timeliness);
  return {
    list,
    cited,
    counts: {
      planned: list.length,
      issued: count(({ issuedOn }) => issuedOn !== undefined),
      postponed: count(({ firstDue }) => firstDue !== undefined),
      early: of('early'),
      'on-time': of('on-time'),
      late: of('late'),
      overdue: of('overdue'),
      pending: of('pending'),
      dropped: of('dropped'),
    },
  };
}

function policyAt(
  document: Extract<PolicyDocument, { planned: Planned }>,
  until: string,
  calendar: Calendar,
): PolicyNow {
  const { id, planned, demo } = document;
  const { to: firstDue, ...rest } = planned;
  const steps = document.steps.filter(({ on }) => on <= until);
  const last = steps.at(-1);
  const standing = last?.to ?? 'planned';
  const issues = steps.filter(({ to }) => to === 'issued');
  const issuedOn = issues[0]?.on;
  const postponed = document.postponements.at(-1);
  const due = postponed?.to ?? firstDue;
  return {
    id,
    ...rest,
    standing,
    timeliness: timelinessOf({ standing, issuedOn, firstDue, due, from: planned.from, until }, calendar),
    ...given({ due, firstDue: postponed && (firstDue ?? due), postponedBecause: postponed?.reason }),
    ...given({ draftedOn: steps.find(({ to }) => to === 'drafted')?.on, issuedOn }),
    ...given({ documentNumber: issues.at(-1)?.documentNumber }),
    versions: issues.map(({ on, documentNumber, revises }) => ({
      on,
      documentNumber: documentNumber!,
      ...given({ revises }),
    })),
    ...given({ because: standing === 'dropped' || standing === 'repealed' ? last?.reason : undefined }),
    demo,
  };
}

interface Times {
  readonly standing: PolicyStanding;
  readonly issuedOn: string | undefined;
  readonly from: string | undefined;
  readonly firstDue: string | undefined;
  readonly due: string | undefined;
  readonly until: string;
}

/**
 * An issued policy is measured against the plan's original date: a postponement explains a delay but does not undo it.
 * A policy that is not issued yet is measured against the postponed date.
 */
function timelinessOf(facts: Times, calendar: Calendar): Timeliness {
  const { standing, issuedOn, from, firstDue, due, until } = facts;
  if (standing === 'dropped') return 'dropped';
  if (firstDue === undefined)
    return issuedOn === undefined && due !== undefined ? pending(due, until, calendar) : 'undated';
  if (issuedOn === undefined) return pending(due ?? firstDue, until, calendar);
  if (issuedOn > lastDayOf(parsePeriod(firstDue), calendar)) return 'late';
  return from !== undefined && issuedOn < firstDayOf(parsePeriod(from), calendar) ? 'early' : 'on-time';
}

const pending = (due: string, until: string, calendar: Calendar): Timeliness =>
  isOver(due, until, calendar) ? 'overdue' : 'pending';
