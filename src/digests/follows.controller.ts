import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags, PickType } from '@nestjs/swagger';
import { currentPrincipal } from '../access/principal.js';
import { evaluationProjection } from '../evaluations/evaluation.projection.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentInLanguageQuery } from '../http/moment.js';
import { Needs } from '../http/rights.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { DomainError, notFound } from '../kernel/errors.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { latestChanges } from '../overview/latest-changes.js';
import { OVERVIEWS, type Overviews } from '../overview/overviews.js';
import { IDENTITY, type Identity } from '../people/identity.js';
import { followedOf, isHitKind, kindWords, type FollowedList } from './follows.js';
import { thingsIn, type SearchHit } from './search.js';

class FollowsQuery extends PickType(MomentInLanguageQuery, ['language'] as const) {}

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
    @Query(CheckedQuery(FollowsQuery)) { language }: FollowsQuery,
  ): Promise<FollowedList> {
    const [follows, things, { changes }] = await Promise.all([
      this.own.of(this.person, plan),
      this.things(plan, language),
      latestChanges(this.views, plan, Infinity),
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
    const [{ overview, plan: document }, indicators, evaluations] = await Promise.all([
      this.overviews.find({ plan, period: undefined, moment: {}, position: undefined }),
      readIndicators(this.views, plan),
      this.views.list(evaluationProjection, `${plan}/`),
    ]);
    const searched = { plan: document, overview, indicators, evaluations: evaluations.map(({ body }) => body) };
    return thingsIn(searched, language);
  }
}
