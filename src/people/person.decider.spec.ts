import type { Actor } from '../kernel/event.js';
import { make, specification, stateOf } from '../../test/support/decider-spec.js';
import { recordedOn } from '../../test/support/recorded.js';
import type { Permission } from '../access/roles.js';
import {
  EndAccess,
  EndRole,
  ErasePerson,
  GrantRole,
  InvitePerson,
  IssueToken,
  MovePerson,
  ResetSecondFactor,
  RevokeToken,
} from './person.commands.js';
import { grantsAt, personDecider } from './person.decider.js';
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
  personEvents,
} from './person.events.js';

const person = 'p_abcdefghijklmnopqrst';
const plan = 'lishui-civil-affairs-2021-2025';
const now = '2026-03-01T00:00:00.000Z';
const security: Actor = { id: 'p_security22222222222', name: 'p_security', roles: ['security-admin'], means: 'web' };
const oneself: Actor = { id: person, name: person, roles: ['reporter'], means: 'web' };
const reason = '岗位分工';
const by = { actor: security, reason };

const given = specification(personDecider, personEvents, { known: { timeZone: 'Asia/Shanghai' }, now });

const invited = PersonInvited.of({ unit: '331102' });
const ended = AccessEnded.of({});
const from = '2026-01-01T00:00:00.000Z';
const asReporter = RoleGranted.of({ grant: 'g1', role: 'reporter', plan, unit: '331102', from });

describe('inviting', () => {
  const command = make(InvitePerson, { person, unit: '331102' });

  it('brings a person', () => given().when(command).then(invited));
  it('of no unit too', () => given().when(make(InvitePerson, { person })).then(PersonInvited.of({})));
  it('twice is once', () => given(invited).when(command).thenNothing());
});

describe('nobody can be changed who was not invited', () => {
  it.each([
    make(MovePerson, { person }),
    make(GrantRole, { person, role: 'reporter' }),
    make(EndRole, { person, grant: 'g1' }),
    make(EndAccess, { person }),
    make(ResetSecondFactor, { person }),
    make(IssueToken, { person, token: 't_a', title: '程序', permissions: [], until: '2026-12-31' }),
    make(RevokeToken, { person, token: 't_a' }),
    make(ErasePerson, { person }),
  ])('%#: $type', (command) =>
    given().when(command, by).thenRefused('person.unknown', 'person', { kind: 'person', id: person }),
  );
});

describe('moving', () => {
  it('changes the unit, and leaves the grants', () => {
    given(invited)
      .when(make(MovePerson, { person, unit: '331121' }))
      .then(PersonMoved.of({ unit: '331121' }));
    const moved = stateOf(personDecider, invited, asReporter, PersonMoved.of({ unit: '331121' }));
    expect(moved).toMatchObject({ unit: '331121', grants: [{ unit: '331102' }] });
  });
  it('to no unit', () => {
    given(invited).when(make(MovePerson, { person })).then(PersonMoved.of({}));
    expect(stateOf(personDecider, invited, PersonMoved.of({}))).not.toHaveProperty('unit');
  });
  it('to the same unit is nothing', () =>
    given(invited)
      .when(make(MovePerson, { person, unit: '331102' }))
      .thenNothing());
  it('of somebody whose access ended is refused', () =>
    given(invited, ended).when(make(MovePerson, { person })).thenRefused('person.ended'));
});

describe('granting a role', () => {
  const grant = (more: Partial<GrantRole> = {}) =>
    make(GrantRole, { person, role: 'reporter', plan, unit: '331102', ...more });

  it('holds from now on, without an end', () =>
    given(invited)
      .when(grant(), by)
      .then(RoleGranted.of({ grant: 'g1', role: 'reporter', plan, unit: '331102', from: now })));

  it('holds from the first moment of a day to the end of another, in the zone of the server', () =>
    given(invited)
      .when(grant({ from: '2026-04-01', until: '2026-12-31' }), by)
      .then(
        RoleGranted.of({
          ...{ grant: 'g1', role: 'reporter', plan, unit: '331102' },
          ...{ from: '2026-03-31T16:00:00.000Z', until: '2026-12-31T16:00:00.000Z' },
        }),
      ));

  it('gets the next number, whatever ended before', () =>
    given(invited, asReporter, RoleEnded.of({ grant: 'g1' }))
      .when(grant({ role: 'reviewer' }), by)
      .then(RoleGranted.of({ grant: 'g2', role: 'reviewer', plan, unit: '331102', from: now })));

  it('that is held already is nothing; over another scope it is another', () => {
    given(invited, asReporter).when(grant(), by).thenNothing();
    given(invited, asReporter)
      .when(grant({ unit: '331121' }), by)
      .then(RoleGranted.of({ grant: 'g2', role: 'reporter', plan, unit: '331121', from: now }));
    given(invited, asReporter)
      .when(grant({ until: '2026-12-31' }), by)
      .then(
        RoleGranted.of({
          ...{ grant: 'g2', role: 'reporter', plan, unit: '331102', from: now },
          until: '2026-12-31T16:00:00.000Z',
        }),
      );
  });

  it('of a third-party evaluator names plan, end, moment and evaluations', () =>
    given(invited)
      .when(
        make(GrantRole, {
          ...{ person, role: 'external-evaluator', plan, until: '2026-12-31', moment: '2023-06-30' },
          evaluations: ['midterm'],
        }),
        by,
      )
      .then(
        RoleGranted.of({
          ...{ grant: 'g1', role: 'external-evaluator', plan, from: now, until: '2026-12-31T16:00:00.000Z' },
          ...{ moment: '2023-06-30T15:59:59.999Z', evaluations: ['midterm'] },
        }),
      ));

  it.each<[string, Partial<GrantRole>, string, string]>([
    ['a unit for a role of a plan', { role: 'evaluator' }, 'roles.scope', 'unit'],
    ['a plan for a role of the installation', { role: 'system-admin', unit: undefined }, 'roles.scope', 'plan'],
    ['no end for a third party', { role: 'external-evaluator', unit: undefined }, 'roles.no-end', 'until'],
    [
      'no plan for a third party',
      { role: 'external-evaluator', unit: undefined, plan: undefined, until: '2026-12-31', moment: '2023-06-30' },
      ...['roles.scope', 'plan'],
    ],
    [
      'no moment for a third party',
      { role: 'external-evaluator', unit: undefined, until: '2026-12-31' },
      ...['roles.moment', 'moment'],
    ],
    ['a moment for anybody else', { moment: '2023-06-30' }, 'roles.moment', 'moment'],
    ['evaluations for anybody else', { evaluations: ['midterm'] }, 'roles.moment', 'evaluations'],
    ['an end before the beginning', { from: '2026-06-01', until: '2026-05-01' }, 'roles.no-time', 'until'],
    ['an end in the past', { from: '2025-01-01', until: '2026-02-01' }, 'roles.past', 'until'],
    ['a day that is none', { from: '2026-02-30' }, 'time.malformed', 'from'],
  ] as [string, Partial<GrantRole>, string, string][])('is refused with %s', (_, more, code, field) =>
    given(invited).when(grant(more), by).thenRefused(code, field),
  );

  it('is refused without a reason', () =>
    given(invited).when(grant(), { actor: security }).thenRefused('reason.missing', 'reason'));
  it('to oneself is refused', () =>
    given(invited).when(grant(), { actor: oneself, reason }).thenRefused('roles.own', 'person'));
  it('to somebody whose access ended is refused', () =>
    given(invited, asReporter, ended).when(grant(), by).thenRefused('person.ended'));

  it('that is held apart from another is refused, and both are named', () => {
    const attempt = () =>
      personDecider.decide(make(GrantRole, { person, role: 'auditor' }), stateOf(personDecider, invited, asReporter), {
        now,
        knownAt: now,
        actor: security,
        reason,
        evidence: [],
        known: { timeZone: 'Asia/Shanghai' },
      });
    expect(attempt).toThrow(/审计员.*填报员.*g1.*只读不写/);
    given(invited, asReporter)
      .when(make(GrantRole, { person, role: 'auditor' }), by)
      .thenRefused('roles.held-apart', 'role');
  });

  it('that was held apart is possible once the other ended', () =>
    given(invited, asReporter, RoleEnded.of({ grant: 'g1' }))
      .when(make(GrantRole, { person, role: 'auditor' }), by)
      .then(RoleGranted.of({ grant: 'g2', role: 'auditor', from: now })));
});

describe('ending a role', () => {
  const end = make(EndRole, { person, grant: 'g1' });

  it('ends it at the moment of the event', () => {
    given(invited, asReporter)
      .when(end, by)
      .then(RoleEnded.of({ grant: 'g1' }));
    const state = stateOf(personDecider, invited, asReporter, RoleEnded.of({ grant: 'g1' }));
    expect(state.grants).toEqual([{ ...asReporter.data, until: recordedOn(3) }]);
  });

  it('twice is once', () =>
    given(invited, asReporter, RoleEnded.of({ grant: 'g1' }))
      .when(end, by)
      .thenNothing());
  it('that there is none is refused', () => given(invited).when(end, by).thenRefused('roles.unknown-grant', 'grant'));
  it('of one’s own is refused', () =>
    given(invited, asReporter).when(end, { actor: oneself, reason }).thenRefused('roles.own', 'person'));
  it('without a reason is refused', () =>
    given(invited, asReporter).when(end, { actor: security }).thenRefused('reason.missing', 'reason'));
});

describe('a token', () => {
  const issue = (more: Partial<IssueToken> = {}) =>
    make(IssueToken, {
      person,
      token: 't_a',
      title: '月报',
      permissions: ['figures.report'],
      until: '2026-12-31',
      ...more,
    });
  const own = { actor: oneself };
  const issued = TokenIssued.of({
    ...{ token: 't_a', title: '月报', permissions: ['figures.report'], until: '2026-12-31T16:00:00.000Z' },
  });

  it('is issued by its person with a part of what they may, to the end of a day', () =>
    given(invited, asReporter).when(issue(), own).then(issued));
  it('names each permission once', () =>
    given(invited, asReporter)
      .when(issue({ permissions: ['figures.report', 'figures.report'] }), own)
      .then(issued));
  it('that was issued is not issued again', () => given(invited, asReporter, issued).when(issue(), own).thenNothing());

  it.each<[string, Partial<IssueToken>, string, string]>([
    [
      'a permission that there is not',
      { permissions: ['figures.invent' as Permission] },
      'tokens.permission',
      'permissions',
    ],
    [
      'a permission that is inherited by every object',
      { permissions: ['toString' as Permission] },
      'tokens.permission',
      'permissions',
    ],
    ['a permission that the person lacks', { permissions: ['figures.approve'] }, 'tokens.beyond-own', 'permissions'],
    ['an end in the past', { until: '2026-02-01' }, 'tokens.past', 'until'],
    ['an end after more than a year', { until: '2027-04-01' }, 'tokens.too-long', 'until'],
  ])('is refused with %s', (_, more, code, field) =>
    given(invited, asReporter).when(issue(more), own).thenRefused(code, field),
  );

  it('is issued neither for another nor by a token', () => {
    given(invited, asReporter).when(issue(), by).thenRefused('tokens.own-only', 'person');
    given(invited, asReporter)
      .when(issue(), { actor: { ...oneself, means: 'token', token: 't_b' } })
      .thenRefused('tokens.own-only', 'person');
  });

  it('has no permission of a role that ended', () =>
    given(invited, asReporter, RoleEnded.of({ grant: 'g1' }))
      .when(issue(), own)
      .thenRefused('tokens.beyond-own'));
  it('is not issued once access ended', () =>
    given(invited, asReporter, ended).when(issue(), own).thenRefused('person.ended'));

  it('is revoked at the moment of the event, once', () => {
    const revoke = make(RevokeToken, { person, token: 't_a' });
    given(invited, asReporter, issued)
      .when(revoke, by)
      .then(TokenRevoked.of({ token: 't_a' }));
    given(invited, asReporter, issued, TokenRevoked.of({ token: 't_a' }))
      .when(revoke, by)
      .thenNothing();
    given(invited).when(revoke, by).thenRefused('tokens.unknown', 'token');
    const revoked = stateOf(personDecider, invited, asReporter, issued, TokenRevoked.of({ token: 't_a' }));
    expect(revoked.tokens).toEqual([{ ...issued.data, until: recordedOn(4) }]);
  });
});

describe('ending access', () => {
  const end = make(EndAccess, { person });
  const issued = TokenIssued.of({ token: 't_a', title: '月报', permissions: [], until: '2026-12-31T16:00:00.000Z' });

  it('ends all grants and tokens at the moment of the event', () => {
    given(invited, asReporter).when(end).then(ended);
    const past = RoleGranted.of({ grant: 'g2', role: 'leader', from, until: '2021-06-01T00:00:00.000Z' });
    const state = stateOf(personDecider, invited, asReporter, past, issued, ended);
    expect(state.grants.map(({ until }) => until)).toEqual([recordedOn(5), '2021-06-01T00:00:00.000Z']);
    expect(state.tokens.map(({ until }) => until)).toEqual([recordedOn(5)]);
    expect(grantsAt(state, now)).toEqual([]);
  });
  it('twice is once', () => given(invited, ended).when(end).thenNothing());
});

describe('a second factor', () => {
  it('is reset as often as it is asked for', () =>
    expect(
      personDecider.decide(make(ResetSecondFactor, { person }), stateOf(personDecider, invited), {
        ...{ now, knownAt: now, actor: security, evidence: [], known: { timeZone: 'Asia/Shanghai' } },
      }),
    ).toEqual([SecondFactorReset.of({})]));
  it('of somebody whose access ended is refused', () =>
    given(invited, ended).when(make(ResetSecondFactor, { person })).thenRefused('person.ended'));
});

describe('erasing a name', () => {
  const erase = make(ErasePerson, { person });

  it('is for those whose access ended', () => {
    given(invited, ended).when(erase).then(PersonErased.of({}));
    given(invited).when(erase).thenRefused('person.not-ended');
  });
  it('twice is once', () => given(invited, ended, PersonErased.of({})).when(erase).thenNothing());
});

it('rights as of a day are those of that day', () => {
  const later = RoleGranted.of({ grant: 'g2', role: 'reviewer', from: '2026-06-01T00:00:00.000Z' });
  const state = stateOf(personDecider, invited, asReporter, later);
  expect(grantsAt(state, '2026-02-01T00:00:00.000Z').map(({ grant }) => grant)).toEqual(['g1']);
  expect(grantsAt(state, '2026-06-01T00:00:00.000Z').map(({ grant }) => grant)).toEqual(['g1', 'g2']);
  expect(grantsAt(state, '2025-12-31T00:00:00.000Z')).toEqual([]);
});
