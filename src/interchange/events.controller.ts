import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Lane } from '../http/admission.js';
import { CheckedQuery } from '../http/checked-query.js';
import { NeedsOfPlan } from '../http/rights.js';
import { writeTo } from '../http/stream.js';
import { WholeText } from '../http/whole-text.js';
import { notFound } from '../kernel/errors.js';
import type { RecordedEvent } from '../kernel/event.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import type { Position } from '../kernel/position.js';
import { parseStreamName } from '../kernel/stream-name.js';
import { PlanSlug, PositionText } from '../slice/field.js';
import { cloudEvent } from './cloud-event.js';

class EventsQuery {
  @PlanSlug({ label: '规划', optional: true })
  plan?: string;

  @PositionText({
    label: '系统记录序号',
    description: '只要其后的事件：上次所得末一事件的 position，即从断处继续',
    optional: true,
    example: '120',
  })
  after?: string;

  @WholeText(1, 100_000, '至多条数，不填即全部')
  limit?: string;
}

/** Events that are read from the log at once. */
const pageSize = 1000;

/** The log as CloudEvents, for other systems. */
@ApiTags('interchange')
@Controller()
export class EventsController {
  constructor(@Inject(EVENT_LOG) private readonly log: EventLog) {}

  @Lane('heavy')
  @NeedsOfPlan('log.prove')
  @Get('events')
  @ApiOperation({ summary: '全部事件，每行一个 JSON（CloudEvents 1.0），可从断处继续', operationId: 'exportEvents' })
  @ApiProduces('application/x-ndjson')
  async events(
    @Query(CheckedQuery(EventsQuery)) { plan, after, limit }: EventsQuery,
    @Res() response: Response,
  ): Promise<void> {
    response.type('application/x-ndjson');
    for await (const events of this.pages(plan, after, limit === undefined ? Infinity : Number(limit))) {
      const text = events.map((event) => `${JSON.stringify(cloudEvent(event))}\n`).join('');
      if (!(await writeTo(response, text))) break;
    }
    // Without `after`, a plan without events is unknown; with it, there is merely nothing new.
    if (plan !== undefined && after === undefined && !response.headersSent) {
      throw notFound('plan.unknown', `日志中没有规划 ${plan}：请核对规划代码`);
    }
    response.end();
  }

  /** The events of a plan, or all, after a position, as many as are asked for. */
  private async *pages(
    plan: string | undefined,
    from: Position | undefined,
    limit: number,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    let [after, left] = [from, limit];
    while (left > 0) {
      const page = await this.log.readAll({ after, limit: pageSize });
      if (page.length === 0) return;
      const events = page
        .filter(({ stream }) => plan === undefined || parseStreamName(stream).plan === plan)
        .slice(0, left);
      if (events.length > 0) yield events;
      left -= events.length;
      after = page.at(-1)!.position;
    }
  }
}
