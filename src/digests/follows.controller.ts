import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags, PickType } from '@nestjs/swagger';
import { currentPrincipal } from '../access/principal.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentInLanguageQuery } from '../http/moment.js';
import { Needs } from '../http/rights.js';
import { DomainError, notFound } from '../kernel/errors.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { latestChanges } from '../overview/latest-changes.js';
import { OVERVIEWS, type Overviews } from '../overview/overviews.js';
import { OneOf } from '../slice/field.js';
import { IDENTITY, type Identity } from '../people/identity.js';
import { followedOf, isHitKind, kindWords, type FollowedList } from './follows.js';
import { readSearched } from './read-searched.js';
import { thingsIn, type SearchHit } from './search.js';

class FollowsQuery extends PickType(MomentInLanguageQuery, ['language'] as const) {
  @OneOf(['true'], { label: '最近的变化', description: 'true：附各项最近的变化', optional: true })
  latest?: 'true';
}

/** So many things of one plan a person may follow. */
const most = 100;

/** What the sender follows of a plan. It is kept beside the person's name, and is no part of the log. */
@ApiTags('overview')
@Controller('plans/:plan/follows')
export class FollowsController {
  constructor(
    @Inject(IDENTITY) private readonly identity: Identity,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(OVERVIEWS) private readonly overviews: Overviews,
  ) {}

  @Needs('plans.read')
  @Get()
  @ApiOperation({ summary: '我关注的：名称和最近的变化，最后关注的在前', operationId: 'getFollows' })
  @ApiAnswer('FollowedList')
  async list(
    @Param('plan') plan: string,
    @Query(CheckedQuery(FollowsQuery)) { language, latest }: FollowsQuery,
  ): Promise<FollowedList> {
    const [follows, things, changes] = await Promise.all([
      this.own.of(this.person, plan),
      this.things(plan, language),
      // All figures of the plan are read for it.
      latest ? latestChanges(this.views, plan, Infinity).then((found) => found.changes) : [],
    ]);
    return { plan, follows: followedOf(follows, things, changes) };
  }

  @Needs('plans.read')
  @Post(':kind/:id')
  @HttpCode(204)
  @ApiOperation({ summary: '关注一个指标、单位、项目、政策、任务、规划任务目标、问题或评估', operationId: 'follow' })
  async follow(@Param('plan') plan: string, @Param('kind') kind: string, @Param('id') id: string): Promise<void> {
    if (!isHitKind(kind)) {
      const known = Object.entries(kindWords).map(([code, word]) => `${code} ${word}`);
      throw notFound('follow.unknown-kind', `不能关注“${kind.slice(0, 40)}”：可关注 ${known.join('、')}`);
    }
    const things = await this.things(plan);
    if (!things.some((thing) => thing.kind === kind && thing.id === id)) {
      throw notFound('document.unknown', `规划 ${plan} 没有${kindWords[kind]} ${id.slice(0, 80)}：请核对编号`);
    }
    const follows = await this.own.of(this.person, plan);
    if (follows.length >= most && !follows.some((each) => each.kind === kind && each.id === id)) {
      throw new DomainError('refused', 'follow.too-many', `一个规划最多关注 ${most} 项：请先取消一些关注`);
    }
    await this.own.add(this.person, plan, { kind, id }, this.identity.clock.now());
  }

  @Needs('plans.read')
  @Delete(':kind/:id')
  @HttpCode(204)
  @ApiOperation({ summary: '取消关注', operationId: 'unfollow' })
  async unfollow(@Param('plan') plan: string, @Param('kind') kind: string, @Param('id') id: string): Promise<void> {
    await this.own.remove(this.person, plan, { kind, id });
  }

  private get own() {
    return this.identity.credentials.follows;
  }

  private get person(): string {
    return currentPrincipal()!.id;
  }

  /** What there is to follow, out of what the sender sees today. */
  private async things(plan: string, language?: string): Promise<SearchHit[]> {
    const found = await this.overviews.find({ plan, period: undefined, moment: {}, position: undefined });
    return thingsIn(await readSearched(this.views, found, {}), language);
  }
}
