import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import { currentPrincipal, isStillLetIn } from '../access/principal.js';
import { Lane } from '../http/admission.js';
import { ApiEventStream } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { CLOSING } from '../http/connections.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs, Unattended } from '../http/rights.js';
import { writeTo } from '../http/stream.js';
import { DomainError } from '../kernel/errors.js';
import type { Position } from '../kernel/position.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { PositionText } from '../slice/field.js';
import { CHANGE_FEED, type ChangeFeed, type ChangeNotice } from './change-feed.js';

/** Milliseconds between two looks for changes, and at the rights; and between two signs of life. */
const lookEvery = 250;
const heartbeatEvery = 15_000;
/** Streams that a person has open at once, in this process. */
const mostPerPerson = 8;

class ChangesQuery {
  @PositionText({
    label: '系统记录序号',
    description: '自该位置之后；不填即自现在起。重连时以 Last-Event-ID 为准',
    optional: true,
    example: '120',
  })
  after?: string;
}

/** Tells pages and programs what changed, so that they need not ask again and again. */
@ApiTags('changes')
@Controller('plans/:plan')
export class ChangesController {
  private readonly open = new Map<string, number>();

  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(CHANGE_FEED) private readonly feed: ChangeFeed,
    @Inject(CLOSING) private readonly closing: AbortSignal,
  ) {}

  // It is open for hours and does little: it takes nobody's place.
  @Lane('free')
  @Needs('plans.read')
  @Unattended()
  @Get('changes')
  @ApiOperation({
    summary: '变更通知（事件流）：哪些数据、指标、项目等有了变化',
    description:
      '事件名 change，id 为系统记录序号，断线后以 Last-Event-ID 续接，不漏不重；事件 position 只说看到了哪个位置；' +
      '只通知看得到的变化；权限变动或终止时断开；接收不延长登录会话',
    operationId: 'streamChanges',
  })
  @ApiHeader({ name: 'Last-Event-ID', description: '收到的最后一个 id；优先于 after' })
  @ApiEventStream('ChangeNotice')
  async stream(
    @Param('plan') plan: string,
    @Query(CheckedQuery(ChangesQuery)) { after }: ChangesQuery,
    @Headers('last-event-id') last: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    await readPlan(this.views, plan);
    const isResumed = last !== undefined && last !== '';
    await this.reading.wait(isResumed ? last : after, isResumed ? 'Last-Event-ID' : 'after');
    const from = (isResumed ? last : after) ?? (await this.feed.head());
    // A proxy must not hold events back.
    response.setHeader('X-Accel-Buffering', 'no').type('text/event-stream');
    if (response.req.method === 'HEAD') return void response.end();
    // Whoever left while this waited closed before anybody listened.
    if (response.destroyed) return;
    response.once('close', this.enter(currentPrincipal()!.id));
    response.flushHeaders();
    await this.send(plan, from, response);
    response.end();
  }

  /** Until the reader leaves, the rights change, or the server ends. */
  private async send(plan: string, from: Position, response: Response): Promise<void> {
    let after = from;
    let [written, looked] = [performance.now(), performance.now()];
    // Where a reader goes on who has received no change yet.
    let text = `retry: 2000\n${positionEvent(after)}`;
    while (!this.closing.aborted && !response.destroyed) {
      if (text !== '') {
        if (!(await writeTo(response, text))) return;
        written = performance.now();
        text = '';
      }
      if (performance.now() - looked >= lookEvery) {
        if (!(await isStillLetIn())) return void response.destroy();
        looked = performance.now();
      }
      const changes = await this.feed.after(plan, after);
      if (changes) {
        after = changes.until;
        text = changes.notices.map(eventOf).join('');
        continue;
      }
      await delay(lookEvery);
      if (performance.now() - written >= heartbeatEvery) text = positionEvent(after);
    }
  }

  /** Gives the way out. @throws {DomainError} `changes.too-many` */
  private enter(person: string): () => void {
    const others = this.open.get(person) ?? 0;
    if (others >= mostPerPerson) {
      throw new DomainError(
        'throttled',
        'changes.too-many',
        `同一人至多同时接收 ${mostPerPerson} 路变更通知：请先关闭其他页面或程序`,
        { retryAfter: 5 },
      );
    }
    this.open.set(person, others + 1);
    return () => {
      const left = this.open.get(person)! - 1;
      if (left > 0) this.open.set(person, left);
      else this.open.delete(person);
    };
  }
}

/** Everything up to the position was looked at; it is the sign of life, too. */
const positionEvent = (position: Position): string => `event: position\nid: ${position}\ndata: ${position}\n\n`;

const eventOf = (notice: ChangeNotice): string =>
  `event: change\nid: ${notice.position}\ndata: ${JSON.stringify(notice)}\n\n`;
