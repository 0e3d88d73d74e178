import type { JsonObject } from '../kernel/json.js';
import { deciding, type Slice } from '../slice/slice.js';
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
  type PersonCommand,
} from './person.commands.js';
import { dayZone } from './day-zone.js';
import { AccessLogController } from './access-log.controller.js';
import { PeopleController } from './people.controller.js';
import { personDecider, type PersonKnown, type PersonState } from './person.decider.js';
import { personEvents, personStream, type PersonEvent } from './person.events.js';
import { personProjection } from './person.projection.js';

const path = 'people/:person';

export const personSlice: Slice = {
  name: 'people',
  events: personEvents,
  projections: [personProjection],
  deciding: deciding<PersonCommand, PersonEvent, PersonState, PersonKnown>({
    decider: personDecider,
    isOfPlan: false,
    commands: [
      { type: InvitePerson, path, permission: 'people.invite', internal: true, summary: '邀请人员' },
      { type: MovePerson, path: `${path}/unit`, permission: 'people.invite', summary: '登记人员调动' },
      { type: GrantRole, path: `${path}/grants`, permission: 'roles.grant', summary: '授予角色' },
      { type: EndRole, path: `${path}/grants/:grant/end`, permission: 'roles.end', summary: '终止角色' },
      { type: EndAccess, path: `${path}/end`, permission: 'people.end-access', summary: '终止人员的访问' },
      {
        type: ResetSecondFactor,
        path: `${path}/second-factor/reset`,
        permission: 'people.invite',
        summary: '重置双因素',
      },
      { type: IssueToken, path, permission: 'tokens.revoke', own: true, internal: true, summary: '签发令牌' },
      {
        type: RevokeToken,
        path: `${path}/tokens/:token/revocation`,
        permission: 'tokens.revoke',
        own: true,
        summary: '吊销令牌',
      },
      { type: ErasePerson, path: `${path}/erasure`, permission: 'people.erase', summary: '注销人员姓名' },
    ],
    stream: ({ person }) => personStream(person),
    known: () => Promise.resolve({ timeZone: dayZone() }),
    timeZone: () => Promise.resolve(dayZone()),
    named(_, { events: [event] }): JsonObject | undefined {
      return event?.type === 'RoleGranted' ? { grant: event.data.grant } : undefined;
    },
  }),
  controllers: [PeopleController, AccessLogController],
};
