import { covers, gives, type Grant, type Over } from '../access/grants.js';
import { allowed, allowedSomewhere, knowsPlan, type Principal } from '../access/principal.js';
import { accessEnded, noRight, outOfReach } from '../access/refusals.js';
import type { DomainError } from '../kernel/errors.js';
import type { Actor } from '../kernel/event.js';
import type { LoadState } from '../kernel/handling.js';
import type { Instant } from '../kernel/time.js';
import type { Asked, Authorizer } from '../slice/authorizer.js';
import { grantsAt, personDecider, type PersonState, type Token } from './person.decider.js';
import { personStream } from './person.events.js';

/** The refusal of a plan that is unknown, to somebody or to the system: they are not told apart. */
export type UnknownPlan = (plan: string) => DomainError;

/** Lets pass what imports and the operator bring, and judges persons by their grants. */
export class PeopleAuthorizer implements Authorizer {
  constructor(private readonly unknownPlan: UnknownPlan) {}

  async authorize(actor: Actor, { permission, over }: Asked, load: LoadState, now: Instant): Promise<Actor> {
    if (actor.means === 'import' || actor.means === 'operator') return actor;
    const person = await load(personDecider, personStream(actor.id));
    if (!person.invited || person.ended) throw accessEnded();
    const token = tokenOf(person, actor, now);
    const held = grantsAt(person, now);
    if (permission === undefined) {
      const own = held.filter(({ role }) => actor.roles.includes(role));
      return named(actor, person.unit, own, token);
    }
    const principal: Principal = {
      id: actor.id,
      means: token ? 'token' : 'web',
      grants: held,
      ...(token && { token }),
    };
    if (over.plan !== undefined && !knowsPlan(principal, over.plan)) throw this.unknownPlan(over.plan);
    if (!allowedSomewhere(principal, permission, over.plan)) throw noRight(permission);
    if (!allowed(principal, permission, over)) throw outOfReach(permission);
    const holding = held.filter((grant) => covers(grant, over));
    const used = nearest(
      holding.filter((grant) => gives(grant, permission)),
      over,
    );
    return named(actor, used?.unit ?? person.unit, holding, token);
  }
}

const named = (
  { id, means }: Actor,
  unit: string | undefined,
  grants: readonly Grant[],
  token: Token | undefined,
): Actor => ({
  id,
  name: id,
  ...(unit !== undefined && { unit }),
  roles: [...new Set(grants.map(({ role }) => role))],
  ...(means && { means }),
  grants: grants.map(({ grant }) => grant),
  ...(token && { token: token.token, permissions: token.permissions }),
});

/** A token that was revoked or ended is as good as none. */
function tokenOf({ tokens }: PersonState, { token: id }: Actor, now: Instant): Token | undefined {
  if (id === undefined) return undefined;
  const token = tokens.find((each) => each.token === id);
  if (!token || token.until <= now) throw accessEnded();
  return token;
}

/** The grant for the unit that is nearest; one for all units comes last. */
function nearest(grants: readonly Grant[], { units = [] }: Over): Grant | undefined {
  const distance = ({ unit }: Grant) => (unit === undefined ? units.length : units.indexOf(unit));
  return grants.toSorted((a, b) => distance(a) - distance(b))[0];
}
