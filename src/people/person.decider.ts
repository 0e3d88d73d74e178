import { isInForce, type Grant } from '../access/grants.js';
import { heldApart } from '../access/held-apart.js';
import { permissions, roleOf, type Permission } from '../access/roles.js';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { DomainError, invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { parseKnownTime, startOfDay, toInstant, toMilliseconds, type Instant } from '../kernel/time.js';
import type { EndRole, GrantRole, IssueToken, PersonCommand, RevokeToken } from './person.commands.js';
import {
  AccessEnded,
  PersonErased,
  PersonInvited,
  PersonMoved,
  RoleEnded,
  RoleGranted,
  SecondFactorReset,
  TokenIssued,
  TokenRevoked,
  type PersonEvent,
} from './person.events.js';

export type Token = (typeof TokenIssued)['example'];

/** A person with all grants and tokens, those that ended included: `until` is then the moment of their end. */
export interface PersonState {
  readonly invited: boolean;
  readonly unit?: string;
  readonly grants: readonly Grant[];
  readonly tokens: readonly Token[];
  readonly ended: boolean;
  readonly erased: boolean;
}

/** What a decision about a person rests on besides the person: the zone of the days of a command. */
export interface PersonKnown {
  readonly timeZone: string;
}

type Context = DecisionContext<PersonKnown>;

const nobodyYet: PersonState = { invited: false, grants: [], tokens: [], ended: false, erased: false };

export const personDecider: Decider<PersonCommand, PersonEvent, PersonState, PersonKnown> = {
  initialState: nobodyYet,

  decide(command, state, context) {
    if (command.type === 'InvitePerson') {
      return state.invited ? [] : [PersonInvited.of(plain({ unit: command.unit }))];
    }
    if (!state.invited) {
      throw notFound('person.unknown', `没有人员 ${command.person}：请核对人员编号`, 'person', command.about);
    }
    switch (command.type) {
      case 'MovePerson':
        assertPresent(state);
        return state.unit === command.unit ? [] : [PersonMoved.of(plain({ unit: command.unit }))];
      case 'GrantRole':
        return grantRole(command, state, context);
      case 'EndRole':
        return endRole(command, state, context);
      case 'EndAccess':
        return state.ended ? [] : [AccessEnded.of({})];
      case 'ResetSecondFactor':
        assertPresent(state);
        return [SecondFactorReset.of({})];
      case 'IssueToken':
        return issueToken(command, state, context);
      case 'RevokeToken':
        return revokeToken(command, state, context);
      case 'ErasePerson':
        if (state.erased) return [];
        if (!state.ended) throw refused('person.not-ended', '尚可访问的人员不能注销姓名：请先终止其访问');
        return [PersonErased.of({})];
    }
  },

  evolve(state, { type, data, recordedAt }) {
    switch (type) {
      case 'PersonInvited':
        return { ...state, invited: true, ...data };
      case 'PersonMoved': {
        const { unit: _, ...rest } = state;
        return { ...rest, ...data };
      }
      case 'RoleGranted':
        return { ...state, grants: [...state.grants, data] };
      case 'RoleEnded':
        return {
          ...state,
          grants: state.grants.map((each) => (each.grant === data.grant ? endedAt(each, recordedAt) : each)),
        };
      case 'AccessEnded':
        return {
          ...state,
          ended: true,
          grants: state.grants.map((each) => endedAt(each, recordedAt)),
          tokens: state.tokens.map((each) => endedAt(each, recordedAt)),
        };
      case 'SecondFactorReset':
        return state;
      case 'TokenIssued':
        return { ...state, tokens: [...state.tokens, data] };
      case 'TokenRevoked':
        return {
          ...state,
          tokens: state.tokens.map((each) => (each.token === data.token ? endedAt(each, recordedAt) : each)),
        };
      case 'PersonErased':
        return { ...state, erased: true };
    }
  },
};

/** What ended before stays as it was. */
const endedAt = <Timed extends { readonly until?: Instant }>(timed: Timed, at: Instant): Timed =>
  timed.until !== undefined && timed.until <= at ? timed : { ...timed, until: at };

/** The grants that hold at a moment. */
export const grantsAt = ({ grants, ended }: PersonState, at: Instant): Grant[] =>
  ended ? [] : grants.filter((grant) => isInForce(grant, at));

function grantRole(command: GrantRole, state: PersonState, { now, actor, reason, known }: Context): PersonEvent[] {
  const { person, role, plan, unit, evaluations } = command;
  assertPresent(state);
  if (actor.id === person) {
    throw new DomainError('forbidden', 'roles.own', '不得给自己授予角色：请由另一名安全管理员授予', {
      field: 'person',
    });
  }
  if (!reason) throw invalid('reason.missing', '授予角色须写明事由', 'reason');
  assertScope(command);
  const { timeZone } = known;
  const grant: Grant = {
    grant: `g${state.grants.length + 1}`,
    role,
    ...(plan !== undefined && { plan }),
    ...(unit !== undefined && { unit }),
    from: command.from === undefined ? now : firstMoment(command.from, timeZone, 'from'),
    ...(command.until !== undefined && { until: momentAfter(command.until, timeZone, 'until') }),
    ...(command.moment !== undefined && { moment: parseKnownTime(command.moment, timeZone, 'moment') }),
    ...(evaluations !== undefined && { evaluations }),
  };
  const { from, until } = grant;
  if (until !== undefined && until <= from) throw invalid('roles.no-time', '截止日须晚于起始日', 'until');
  if (until !== undefined && until <= now) throw invalid('roles.past', '截止日已过：请核对', 'until');
  if (state.grants.some((each) => isSame(each, grant, now))) return [];
  const apart = heldApart(grant, state.grants);
  if (apart) {
    const [own, other] = [roleOf(role)!.label, roleOf(apart.other.role)!.label];
    throw refused(
      'roles.held-apart',
      `不能授予${own}：该人员同期已是${other}（授权 ${apart.other.grant}），${apart.rule}`,
      'role',
    );
  }
  return [RoleGranted.of(plain(grant) as (typeof RoleGranted)['example'])];
}

/** The same role over the same scope to the same end, from the same moment or held at present already. */
function isSame(existing: Grant, added: Grant, now: Instant): boolean {
  const { grant: _, from: __, evaluations: a = [], ...scope } = existing;
  const { grant: ___, from: ____, evaluations: b = [], ...wanted } = added;
  return (
    (existing.from === added.from || (isInForce(existing, now) && added.from <= now)) &&
    JSON.stringify(Object.entries(scope).sort()) === JSON.stringify(Object.entries(wanted).sort()) &&
    a.join() === b.join()
  );
}

function assertScope({ role, plan, unit, until, moment, evaluations }: GrantRole): void {
  const { label, scope, mustEnd } = roleOf(role)!;
  if (scope !== 'unit' && unit !== undefined) throw invalid('roles.scope', `${label}不按单位授予：请不填单位`, 'unit');
  if (scope === 'installation' && plan !== undefined)
    throw invalid('roles.scope', `${label}不按规划授予：请不填规划`, 'plan');
  if (mustEnd && until === undefined) throw invalid('roles.no-end', `${label}须写明截止日`, 'until');
  const isExternal = role === 'external-evaluator';
  if (isExternal && plan === undefined) throw invalid('roles.scope', `${label}须写明规划`, 'plan');
  if (isExternal && moment === undefined) throw invalid('roles.moment', `${label}须写明可查看到的时点`, 'moment');
  if (!isExternal && (moment !== undefined || evaluations !== undefined))
    throw invalid(
      'roles.moment',
      '查看时点和评估只对第三方评估人员填写',
      moment === undefined ? 'evaluations' : 'moment',
    );
}

function endRole({ grant, person }: EndRole, state: PersonState, { now, actor, reason }: Context): PersonEvent[] {
  const found = state.grants.find((each) => each.grant === grant);
  if (!found) {
    throw notFound('roles.unknown-grant', `人员 ${person} 没有授权 ${grant}：请核对授权编号`, 'grant');
  }
  if (found.until !== undefined && found.until <= now) return [];
  if (actor.id === person) {
    throw new DomainError('forbidden', 'roles.own', '不得终止自己的角色：请由另一名安全管理员办理', {
      field: 'person',
    });
  }
  if (!reason) throw invalid('reason.missing', '终止角色须写明事由', 'reason');
  return [RoleEnded.of({ grant })];
}

const longestToken = 366 * 24 * 3_600_000;

function issueToken(command: IssueToken, state: PersonState, { now, actor, known }: Context): PersonEvent[] {
  const { person, token, title, permissions: asked, plan, unit } = command;
  assertPresent(state);
  if (actor.id !== person || actor.means !== 'web') {
    throw new DomainError('forbidden', 'tokens.own-only', '令牌只能由本人登录后签发', { field: 'person' });
  }
  const unknown = asked.find((name) => !Object.hasOwn(permissions, name));
  if (unknown !== undefined) throw invalid('tokens.permission', `没有名为 ${unknown} 的权限`, 'permissions');
  // Of the roles, those with which the person acts: an administrator's do not count in a session without second factor.
  const acting = grantsAt(state, now).filter(({ role }) => actor.roles.includes(role));
  const held = new Set<Permission>(acting.flatMap(({ role }) => [...roleOf(role)!.may]));
  const beyond = asked.find((name) => !held.has(name));
  if (beyond !== undefined) {
    throw refused(
      'tokens.beyond-own',
      `令牌的权限须是本人登录后的权限：您没有“${permissions[beyond]}”，管理员和审计员的须先以两步验证登录`,
      'permissions',
    );
  }
  if (state.tokens.some((each) => each.token === token)) return [];
  const until = momentAfter(command.until, known.timeZone, 'until');
  if (until <= now) throw invalid('tokens.past', '截止日已过：请核对', 'until');
  if (toMilliseconds(until) - toMilliseconds(now) > longestToken)
    throw invalid('tokens.too-long', '令牌至多一年：请写较早的截止日', 'until');
  return [TokenIssued.of(plain({ token, title, permissions: [...new Set(asked)], plan, unit, until }))];
}

function revokeToken({ token, person }: RevokeToken, state: PersonState, { now }: Context): PersonEvent[] {
  const found = state.tokens.find((each) => each.token === token);
  if (!found) throw notFound('tokens.unknown', `人员 ${person} 没有令牌 ${token}：请核对令牌编号`, 'token');
  return found.until <= now ? [] : [TokenRevoked.of({ token })];
}

function assertPresent({ ended }: PersonState): void {
  if (ended) throw refused('person.ended', '该人员的访问已终止：确需恢复的，请另行邀请');
}

const isDay = (text: string): boolean => text.length === 10;

/** The first moment of a day, or the moment itself. @throws {DomainError} `time.malformed` */
function firstMoment(text: string, zone: string, field: string): Instant {
  const moment = parseKnownTime(text, zone, field);
  return isDay(text) ? startOfDay(text, zone) : moment;
}

/** The first moment after a day, or the moment itself. @throws {DomainError} `time.malformed` */
function momentAfter(text: string, zone: string, field: string): Instant {
  const moment = parseKnownTime(text, zone, field);
  return isDay(text) ? toInstant(toMilliseconds(moment) + 1) : moment;
}
