import { Type } from '@sinclair/typebox';
import { permissions, roleNames, type Permission } from '../access/roles.js';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';

export const personStream = (person: string) => streamName('person', person);

const closed = { additionalProperties: false } as const;
const instant = (description: string) => Type.String({ description: `${description}; UTC with milliseconds` });
const role = Type.Union(roleNames.map((name) => Type.Literal(name)));
const permission = Type.Union((Object.keys(permissions) as Permission[]).map((name) => Type.Literal(name)));
const unit = Type.Optional(Type.String({ description: 'The unit for which the person works' }));

export const PersonInvited = defineEvent({
  name: 'PersonInvited',
  label: '邀请人员',
  meaning: 'A person was invited; the directory, which is no part of the log, has the name',
  schema: Type.Object({ unit }, closed),
  example: { unit: '331102' },
});

export const PersonMoved = defineEvent({
  name: 'PersonMoved',
  label: '人员调动',
  meaning: 'The person works for another unit from now on; grants stay as they are',
  schema: Type.Object({ unit }, closed),
  example: { unit: '331121' },
});

export const RoleGranted = defineEvent({
  name: 'RoleGranted',
  label: '授予角色',
  meaning: 'The person got a role over a scope for a time, for the reason in metadata',
  schema: Type.Object(
    {
      grant: Type.String({ description: 'Unique among the grants of the person' }),
      role,
      plan: Type.Optional(Type.String({ description: 'Absent: all plans' })),
      unit: Type.Optional(Type.String({ description: 'With all units below it; absent: all units' })),
      from: instant('The first moment at which it holds'),
      until: Type.Optional(instant('The first moment at which it holds no more')),
      moment: Type.Optional(instant('The latest known time that an external evaluator may look at')),
      evaluations: Type.Optional(
        Type.Array(Type.String(), { description: 'The evaluations of an external evaluator' }),
      ),
    },
    closed,
  ),
  example: {
    grant: 'g1',
    role: 'reporter',
    plan: 'lishui-civil-affairs-2021-2025',
    unit: '331102',
    from: '2026-01-01T00:00:00.000Z',
  },
});

export const RoleEnded = defineEvent({
  name: 'RoleEnded',
  label: '终止角色',
  meaning: 'The role ended at the moment of the event, before its time',
  schema: Type.Object({ grant: Type.String() }, closed),
  example: { grant: 'g1' },
});

export const AccessEnded = defineEvent({
  name: 'AccessEnded',
  label: '终止访问',
  meaning: 'The person has no access any more: all grants, sessions and tokens ended. What the person did stays',
  schema: Type.Object({}, closed),
  example: {},
});

export const SecondFactorReset = defineEvent({
  name: 'SecondFactorReset',
  label: '重置双因素',
  meaning: 'The second factor of the person was taken away, so that a new one can be set up',
  schema: Type.Object({}, closed),
  example: {},
});

export const TokenIssued = defineEvent({
  name: 'TokenIssued',
  label: '签发令牌',
  version: 5,
  meaning: 'The person issued a token to a program; the credential store has the hash of its secret',
  schema: Type.Object(
    {
      token: Type.String(),
      title: Type.String(),
      permissions: Type.Array(permission, { description: 'A part of what the person may do' }),
      plan: Type.Optional(Type.String()),
      unit: Type.Optional(Type.String()),
      until: instant('The first moment at which it holds no more'),
    },
    closed,
  ),
  example: {
    token: 't_abcdefghijklmnopqrst',
    title: '养老系统按月上报',
    permissions: ['figures.report', 'evidence.keep'],
    plan: 'lishui-civil-affairs-2021-2025',
    unit: '331102',
    until: '2027-01-01T00:00:00.000Z',
  },
  upcasts: {
    // Version 1 had no `evidence.keep` among the permissions.
    1: (data) => data,
    // Version 2 had no rights to judge in a standing, nor to conclude.
    2: (data) => data,
    // Version 3 had no rights to assign and to accept a rectification.
    3: (data) => data,
    // Version 4 had no rights about 考核 sheets.
    4: (data) => data,
  },
});

export const TokenRevoked = defineEvent({
  name: 'TokenRevoked',
  label: '吊销令牌',
  meaning: 'The token ended before its time',
  schema: Type.Object({ token: Type.String() }, closed),
  example: { token: 't_abcdefghijklmnopqrst' },
});

export const PersonErased = defineEvent({
  name: 'PersonErased',
  label: '注销人员',
  meaning: 'The name of the person, whose access has ended, was erased from the directory',
  schema: Type.Object({}, closed),
  example: {},
});

export const personEvents = [
  PersonInvited,
  PersonMoved,
  RoleGranted,
  RoleEnded,
  AccessEnded,
  SecondFactorReset,
  TokenIssued,
  TokenRevoked,
  PersonErased,
] as const;
export type PersonEvent = EventOf<typeof personEvents>;
