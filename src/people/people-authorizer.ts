import { covers, gives, isForPlan, type Grant, type Over } from '../access/grants.js';
import { permissions, type Permission } from '../access/roles.js';
import { DomainError, notFound } from '../kernel/errors.js';
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
      return named(
        actor,
        person.unit,
        held.filter(({ role }) => actor.roles.includes(role)),
      );
    }
    const known = over.plan === undefined ? held : held.filter((grant) => isForPlan(grant, over.plan!));
    if (over.plan !== undefined && (known.length === 0 || (token?.plan ?? over.plan) !== over.plan)) {
      throw this.unknownPlan(over.plan);
    }
    const giving = known.filter((grant) => gives(grant, permission));
    if (giving.length === 0 || token?.permissions.includes(permission) === false) throw noRight(permission);
    const holding = known.filter((grant) => covers(grant, over));
    const used = nearest(
      holding.filter((grant) => gives(grant, permission)),
      over,
    );
    if (!used || !tokenCovers(token, over)) throw outOfReach(permission);
    return named(actor, used.unit ?? person.unit, holding);
  }
}

const named = ({ id, means, token }: Actor, unit: string | undefined, grants: readonly Grant[]): Actor => ({
  id,
  name: id,
  ...(unit !== undefined && { unit }),
  roles: [...new Set(grants.map(({ role }) => role))],
  ...(means && { means }),
  grants: grants.map(({ grant }) => grant),
  ...(token !== undefined && { token }),
});

/** A token that was revoked or ended is as good as none. */
function tokenOf({ tokens }: PersonState, { token: id }: Actor, now: Instant): Token | undefined {
  if (id === undefined) return undefined;
  const token = tokens.find((each) => each.token === id);
  if (!token || token.until <= now) throw accessEnded();
  return token;
}

const tokenCovers = (token: Token | undefined, { units }: Over): boolean =>
  token?.unit === undefined || (units?.includes(token.unit) ?? false);

/** The grant for the unit that is nearest; one for all units comes last. */
function nearest(grants: readonly Grant[], { units = [] }: Over): Grant | undefined {
  const distance = ({ unit }: Grant) => (unit === undefined ? units.length : units.indexOf(unit));
  return grants.toSorted((a, b) => distance(a) - distance(b))[0];
}

export const accessEnded = () =>
  new DomainError('unauthenticated', 'access.ended', '登录已失效，或访问已终止：请重新登录');

const noRight = (permission: Permission) =>
  new DomainError('forbidden', 'access.no-right', `您没有“${permissions[permission]}”的权限（${permission}）`);

/** Something that others may act on is not told apart from something that does not exist. */
const outOfReach = (permission: Permission) =>
  notFound('access.unknown', `没有找到可由您${permissions[permission]}的对象：请核对单位和编号`);
