import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { refused } from '../kernel/errors.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import type { Instant } from '../kernel/time.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { assertDefines } from '../plans/assert-defines.js';
import { UNIT_REPORTS, type UnitReports } from '../reporting/unit-reports.js';
import { checkedInput } from '../slice/command.js';
import { unknownFeed } from './feed.decider.js';
import { feedStream, type FeedFailed, type FeedTaken } from './feed.events.js';
import { feedKey, feedProjection, type FeedDocument } from './feed.projection.js';
import { FEED_RUNNER, type FeedRunner } from './feed-runner.js';
import { isUnderway } from './fetch.decider.js';
import { FeedTrialInput, feedTrial, type FeedTrial } from './feed-trial.js';

/** A feed, and how it fares. */
export interface FeedStatus extends Omit<FeedDocument, 'standing' | 'begunAt' | 'received'> {
  readonly standing: 'active' | 'paused';
  readonly isUnderway: boolean;
}

/** What became of a fetch that brought something, or failed. */
export type FeedOutcome = { readonly at: Instant; readonly position: string } & (
  | { readonly kind: 'taken'; readonly taken: (typeof FeedTaken)['example'] }
  | { readonly kind: 'failed'; readonly failed: (typeof FeedFailed)['example'] }
);

/** Events of a feed that its history looks back on. */
const mostEvents = 500;

@ApiTags('feeds')
@Controller('plans/:plan')
export class FeedsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
    @Inject(UNIT_REPORTS) private readonly reports: UnitReports,
    @Inject(FEED_RUNNER) private readonly runner: FeedRunner,
  ) {}

  @Needs('plans.define')
  @Get('feeds')
  @ApiOperation({ summary: '规划的数据源，及其获取情况', operationId: 'listFeeds' })
  @ApiAnswer('FeedStatus', { list: true })
  async list(
    @Param('plan') plan: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<FeedStatus[]> {
    await this.enter(plan, position);
    const now = await this.clock.now();
    const found = await this.views.list(feedProjection, `${plan}/`);
    return found.flatMap(({ body }) => (body.standing === 'removed' ? [] : [statusOf(body, now)]));
  }

  @Needs('plans.define')
  @Get('feeds/:id/outcomes')
  @ApiOperation({ summary: '数据源近期各次获取的结果，新的在前；没有变化的不列', operationId: 'listFeedOutcomes' })
  @ApiAnswer('FeedOutcome', { list: true })
  async outcomes(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<FeedOutcome[]> {
    const { revision } = await this.feed(plan, id, position);
    const from = Math.max(0, revision + 1 - mostEvents);
    const events = await this.log.readStream(feedStream(plan, id), { from, limit: mostEvents });
    return events
      .flatMap(({ type, data, recordedAt: at, position: of }): FeedOutcome[] => {
        if (type === 'FeedTaken') {
          return [{ at, position: of, kind: 'taken', taken: data as unknown as (typeof FeedTaken)['example'] }];
        }
        if (type !== 'FeedFailed') return [];
        return [{ at, position: of, kind: 'failed', failed: data as unknown as (typeof FeedFailed)['example'] }];
      })
      .reverse();
  }

  @Lane('heavy')
  @Needs('plans.define')
  @Post('feed-trials')
  @HttpCode(200)
  @ApiOperation({
    summary: '试获取：现在获取一次，答复列名、前几行，有对应关系的并逐行试报；不写入任何数据',
    operationId: 'tryFeed',
  })
  @ApiBody({ type: FeedTrialInput })
  @ApiAnswer('FeedTrial')
  async trial(@Param('plan') plan: string, @Body() body: unknown): Promise<FeedTrial> {
    await this.enter(plan, undefined);
    const input = checkedInput(FeedTrialInput, body);
    return feedTrial({ views: this.views, reports: this.reports, runner: this.runner }, plan, input);
  }

  @Lane('heavy')
  @Needs('plans.define')
  @Post('feeds/:id/run')
  @HttpCode(200)
  @ApiOperation({ summary: '现在获取一次，答复结果；数据源有问题的，问题在结果中', operationId: 'runFeed' })
  @ApiAnswer('FeedStatus')
  async run(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Headers('tongjian-position') position: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FeedStatus> {
    await this.feed(plan, id, position);
    if (!(await this.runner.run({ plan, id }, { manual: true }))) {
      throw refused('feed.underway', `数据源 ${id} 正在获取：请稍后再看结果`);
    }
    const head = await this.log.head();
    if (head !== undefined) response.setHeader('Tongjian-Position', head);
    return statusOf(await this.feed(plan, id, head), await this.clock.now());
  }

  private async feed(plan: string, id: string, position: string | undefined): Promise<FeedDocument> {
    await this.enter(plan, position);
    const found = (await this.views.get(feedProjection, feedKey(plan, id)))?.body;
    if (!found || found.standing === 'removed') throw unknownFeed(plan, id);
    return found;
  }

  private async enter(plan: string, position: string | undefined): Promise<void> {
    await this.reading.wait(position);
    await assertDefines(this.views, plan);
  }
}

function statusOf({ begunAt, received: _, standing, ...feed }: FeedDocument, now: Instant): FeedStatus {
  const underway = begunAt !== undefined && isUnderway({ ...feed, begunAt, standing }, now);
  return { ...feed, standing: standing === 'paused' ? 'paused' : 'active', isUnderway: underway };
}
