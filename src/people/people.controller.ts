import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { gives, isForPlan, isInForce, type Grant } from '../access/grants.js';
import { permissions, roleTable, type Permission, type RoleName } from '../access/roles.js';
import { newOpaqueId } from '../credentials/secrets.js';
import { ApiAnswer } from '../http/api-answer.js';
import { actorOf } from '../http/asking.js';
import { CheckedQuery } from '../http/checked-query.js';
import { NAMES, type Names } from '../http/names.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs, NeedsOfPlan } from '../http/rights.js';
import { notFound, refused } from '../kernel/errors.js';
import { EVENT_LOG, limits, type EventLog } from '../kernel/event-log.js';
import type { Evidence, RecordedEvent } from '../kernel/event.js';
import type { JsonObject } from '../kernel/json.js';
import { CLOCK, parseKnownTime, type Clock, type Instant } from '../kernel/time.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { planProjection } from '../plans/plan.projection.js';
import type { UnitLevel } from '../plans/unit-levels.js';
import { GATEWAY, type CommandCarrier } from '../slice/command-gateway.js';
import { checkedInput } from '../slice/command.js';
import { Identifier, KnownTimeText, OneOf, PersonId, PersonName, PlanSlug, Text } from '../slice/field.js';
import { IDENTITY, type Identity } from './identity.js';
import { invite } from './invite.js';
import { personEvents, personStream } from './person.events.js';
import { personProjection, type PersonDocument } from './person.projection.js';
import { dayZone } from './day-zone.js';

class InvitationInput {
  @PersonName({ label: '姓名', example: '张三' })
  name: string;

  @Identifier({ label: '所在单位', optional: true, example: '331102' })
  unit?: string;
}

class NameInput {
  @PersonName({ label: '姓名', example: '张三' })
  name: string;
}

class LinkInput {
  @OneOf(['invitation', 'password-reset'], {
    label: '用途',
    description: 'invitation 设立账号；password-reset 重设密码',
  })
  purpose: 'invitation' | 'password-reset';
}

class PeopleQuery {
  @Text({ label: '姓名', description: '姓名的一部分', max: 60, optional: true })
  name?: string;

  @Identifier({ label: '所在单位', optional: true })
  unit?: string;
}

class RightsQuery {
  @KnownTimeText({ label: '截至', description: '当时谁有何权限；不填即现在', optional: true, example: '2026-06-30' })
  asOf?: string;

  @PlanSlug({ label: '规划', optional: true })
  plan?: string;

  @Identifier({ label: '单位', optional: true, example: '331102' })
  unit?: string;

  @OneOf(Object.keys(permissions), { label: '权限', optional: true, example: 'figures.approve' })
  permission?: Permission;

  @PersonId({ label: '人员编号', optional: true })
  person?: string;
}

/** How a person signs in. */
export interface WaysIn {
  /** The names of the person's local accounts. */
  readonly accounts: readonly string[];
  /** How many accounts of an OpenID provider are linked. */
  readonly openId: number;
  readonly hasSecondFactor: boolean;
  /** The last time, as far back as the access log is kept. */
  readonly lastAt?: Instant;
}

/** A person, with the present name. Here it is the id, for which the boundary of HTTP puts the name in. */
export interface PersonAnswer extends PersonDocument {
  readonly name: string;
  readonly waysIn: WaysIn;
}

/** What was done about a person. */
export interface PersonStep {
  readonly at: Instant;
  readonly type: string;
  /** Chinese label of the event type. */
  readonly label: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  readonly data: JsonObject;
}

/** A plan and its units: what a role can be granted over, and where people work. */
export interface GrantScope {
  readonly plan: string;
  readonly title: string;
  readonly units: readonly {
    readonly code: string;
    readonly name: string;
    readonly level: UnitLevel;
    readonly parent?: string;
    /** The first day on which it exists no more. */
    readonly until?: string;
  }[];
}

/** A one-time link that was made for somebody; its secret is told once. */
export interface InvitationAnswer {
  readonly person: string;
  /** Follows `/#/invitation/` in the address of the page. */
  readonly secret: string;
  readonly endsAt: Instant;
}

/** A role that somebody held at the moment asked for. */
export interface RightHeld {
  readonly person: string;
  readonly name: string;
  readonly unit?: string;
  readonly grant: Grant;
  /** The Chinese name of the role. */
  readonly label: string;
  readonly permissions: readonly string[];
}

/** A role, as the role table has it. */
export interface RoleListing {
  readonly role: RoleName;
  readonly label: string;
  readonly scope: string;
  readonly may: readonly { readonly permission: string; readonly label: string }[];
}

@ApiTags('people')
@Controller()
export class PeopleController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(GATEWAY) private readonly gateway: CommandCarrier,
    @Inject(IDENTITY) private readonly identity: Identity,
    @Inject(NAMES) private readonly names: Names,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  @Needs('people.read')
  @Get('people')
  @ApiOperation({ summary: '人员名录', operationId: 'listPeople' })
  @ApiAnswer('PersonAnswer', { list: true })
  async list(
    @Query(CheckedQuery(PeopleQuery)) { name, unit }: PeopleQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<PersonAnswer[]> {
    await this.reading.wait(position);
    const { directory } = this.identity.credentials;
    const named = name === undefined ? undefined : new Set(await directory.idsNamed(name));
    const found = (await this.views.list(personProjection, '')).map(({ body }) => body);
    const asked = found.filter((each) => (!named || named.has(each.id)) && (unit === undefined || each.unit === unit));
    const lastAt = await this.identity.credentials.accessLog.lastSignIns();
    return Promise.all(asked.map((each) => this.answer(each, lastAt)));
  }

  @Needs('people.read')
  @Get('people/:person')
  @ApiOperation({ summary: '一名人员及其角色、令牌', operationId: 'getPerson' })
  @ApiAnswer('PersonAnswer')
  async get(
    @Param('person') person: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<PersonAnswer> {
    await this.reading.wait(position);
    return this.answer(await this.person(person), await this.identity.credentials.accessLog.lastSignIns());
  }

  @Needs('people.read')
  @Get('people/:person/history')
  @ApiOperation({
    summary: '一名人员的全部变更：邀请、授权、终止、令牌，何人、何时、为何',
    operationId: 'getPersonHistory',
  })
  @ApiAnswer('PersonStep', { list: true })
  async history(@Param('person') person: string): Promise<PersonStep[]> {
    await this.person(person);
    const steps: PersonStep[] = [];
    for (let from = 0; ; from += limits.eventsPerRead) {
      const events = await this.log.readStream(personStream(person), { from, limit: limits.eventsPerRead });
      steps.push(...events.map(stepOf));
      if (events.length < limits.eventsPerRead) return steps;
    }
  }

  @Needs('people.read')
  @Get('grant-scopes')
  @ApiOperation({ summary: '可授权的范围：各规划及其单位，不含数据', operationId: 'listGrantScopes' })
  @ApiAnswer('GrantScope', { list: true })
  async scopes(@Headers('tongjian-position') position: string | undefined): Promise<GrantScope[]> {
    await this.reading.wait(position);
    const plans = await this.views.list(planProjection, '');
    return plans.map(({ body: { plan, title, units } }) => ({
      plan,
      title,
      units: units.map(({ code, name, level, parent, until }) => ({
        ...{ code, name, level },
        ...(parent !== undefined && { parent }),
        ...(until !== undefined && { until }),
      })),
    }));
  }

  @Needs('people.invite')
  @Post('people')
  @HttpCode(200)
  @ApiOperation({ summary: '邀请一名人员：答复一次性链接，由其设立账号', operationId: 'invitePerson' })
  @ApiBody({ type: InvitationInput })
  @ApiAnswer('InvitationAnswer')
  async invite(@Body() body: unknown): Promise<InvitationAnswer> {
    const input = checkedInput(InvitationInput, body);
    const person = newOpaqueId('p');
    await invite({ person, ...input }, { gateway: this.gateway, identity: this.identity }, actorOf());
    this.names.forget();
    return { person, ...(await this.identity.accounts.invite(person, 'invitation')) };
  }

  @Needs('people.invite')
  @Post('people/:person/links')
  @HttpCode(200)
  @ApiOperation({ summary: '再发一次性链接：设立账号，或重设密码', operationId: 'makeLink' })
  @ApiBody({ type: LinkInput })
  @ApiAnswer('InvitationAnswer')
  async link(@Param('person') person: string, @Body() body: unknown): Promise<InvitationAnswer> {
    const { purpose } = checkedInput(LinkInput, body);
    const { ended } = await this.person(person);
    if (ended) throw refused('person.ended', '该人员的访问已终止：确需恢复的，请另行邀请', 'person');
    return { person, ...(await this.identity.accounts.invite(person, purpose)) };
  }

  @Needs('people.invite')
  @Post('people/:person/name')
  @HttpCode(204)
  @ApiOperation({ summary: '更改姓名：只在名录中，不在事件中', operationId: 'renamePerson' })
  @ApiBody({ type: NameInput })
  async rename(@Param('person') person: string, @Body() body: unknown): Promise<void> {
    const { name } = checkedInput(NameInput, body);
    await this.person(person);
    await this.identity.credentials.directory.rename(person, name, this.clock.now());
    this.names.forget();
  }

  @NeedsOfPlan('rights.read')
  @Get('rights')
  @ApiOperation({ summary: '某日谁有何权限', operationId: 'listRights' })
  @ApiAnswer('RightHeld', { list: true })
  async rights(
    @Query(CheckedQuery(RightsQuery)) query: RightsQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<RightHeld[]> {
    await this.reading.wait(position);
    const at = query.asOf === undefined ? this.clock.now() : parseKnownTime(query.asOf, dayZone());
    const people = await this.views.list(personProjection, '', { asOf: { knownAt: at } });
    return people.flatMap(({ body: { id, unit, grants, ended } }) =>
      grants
        .filter((grant) => !ended && isInForce(grant, at) && isAsked(grant, id, query))
        .map((grant) => {
          const { label, may } = roleTable.roles[grant.role];
          return { person: id, name: id, ...(unit !== undefined && { unit }), grant, label, permissions: [...may] };
        }),
    );
  }

  @Needs('rights.read')
  @Get('roles')
  @ApiOperation({ summary: '角色表：每种角色可做什么', operationId: 'listRoles' })
  @ApiAnswer('RoleListing', { list: true })
  roles(): RoleListing[] {
    return Object.entries(roleTable.roles).map(([role, { label, scope, may }]) => ({
      role: role as RoleName,
      label,
      scope,
      may: may.map((permission) => ({ permission, label: permissions[permission] })),
    }));
  }

  private async answer(person: PersonDocument, lastAt: ReadonlyMap<string, Instant>): Promise<PersonAnswer> {
    const { id } = person;
    const { credentials, secondFactor } = this.identity;
    const [local, subjects, { state }] = await Promise.all([
      credentials.accounts.localOf(id),
      credentials.accounts.subjectsOf(id),
      secondFactor.state(id),
    ]);
    const last = lastAt.get(id);
    const waysIn: WaysIn = {
      accounts: local.map(({ name }) => name),
      openId: subjects.length,
      hasSecondFactor: state === 'on',
      ...(last !== undefined && { lastAt: last }),
    };
    return { ...person, name: id, waysIn };
  }

  private async person(person: string): Promise<PersonDocument> {
    const found = await this.views.get(personProjection, person);
    if (!found) throw notFound('person.unknown', `没有人员 ${person.slice(0, 40)}：请核对人员编号`, 'person');
    return found.body;
  }
}

const labels = new Map<string, string>(personEvents.map(({ name, label }) => [name, label]));

const stepOf = ({ type, recordedAt, data, metadata: { actor, reason, evidence } }: RecordedEvent): PersonStep => ({
  at: recordedAt,
  type,
  label: labels.get(type) ?? type,
  by: { id: actor.id, name: actor.name },
  ...(reason !== undefined && { reason }),
  ...(evidence && { evidence }),
  data,
});

/** A grant for all units is one for each of them. */
const isAsked = (grant: Grant, id: string, { plan, unit, permission, person }: RightsQuery): boolean =>
  (plan === undefined || isForPlan(grant, plan)) &&
  (unit === undefined || grant.unit === undefined || grant.unit === unit) &&
  (permission === undefined || gives(grant, permission)) &&
  (person === undefined || id === person);
