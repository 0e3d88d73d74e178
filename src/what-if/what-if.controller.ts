import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { Needs } from '../http/rights.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { OVERVIEWS, type Overviews } from '../overview/overviews.js';
import { judgedUnitOf } from '../plans/lookup.js';
import { checkedInput } from '../slice/command.js';
import { Identifier, PeriodText } from '../slice/field.js';
import { marginsOf, type CellMargin } from './margins.js';
import { WhatIfQuestion } from './question.js';
import { suppose } from './supposing.js';
import { whatIf, type WhatIf } from './what-if.js';

class MarginsQuery extends MomentQuery {
  @PeriodText({ label: '期间', description: '不填即届时有数据的最近一期', optional: true, example: '2022' })
  period?: string;

  @Identifier({ label: '单位代码', description: '不填即全部单位', optional: true, example: '331102' })
  unit?: string;
}

/** How far each verdict of a state is from another one. */
export interface Margins {
  readonly period: string;
  readonly cells: readonly CellMargin[];
  /** 示例数据 is in the state. */
  readonly demo: boolean;
}

/** What would be otherwise, and how little it takes. Questions: nothing is recorded. */
@ApiTags('what-if')
@Controller('plans/:plan')
export class WhatIfController {
  constructor(
    @Inject(OVERVIEWS) private readonly overviews: Overviews,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  @Needs('plans.read')
  @Post('what-if')
  @HttpCode(200)
  @ApiOperation({ summary: '假设推演：若干假设之下哪些结论不同；不写入任何记录', operationId: 'askWhatIf' })
  @ApiBody({ type: WhatIfQuestion })
  @ApiAnswer('WhatIf')
  async whatIf(
    @Param('plan') code: string,
    @Body() body: unknown,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<WhatIf> {
    const { period, changes, ...moment } = checkedInput(WhatIfQuestion, body);
    const { overview, plan, asOf, now } = await this.overviews.find({ plan: code, period, moment, position });
    const supposing = { views: this.views, plan, asOf, now };
    return whatIf({ overview, supposing, suppositions: await suppose(changes, supposing) }, this.log);
  }

  @Lane('heavy')
  @Needs('plans.read')
  @Get('margins')
  @ApiOperation({ summary: '翻转余量：各项判断的填报数至少变动多少即改判', operationId: 'getMargins' })
  @ApiAnswer('Margins')
  async margins(
    @Param('plan') code: string,
    @Query(CheckedQuery(MarginsQuery)) { period, unit, ...moment }: MarginsQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Margins> {
    const { overview } = await this.overviews.find({ plan: code, period, moment, position });
    if (unit !== undefined) judgedUnitOf(overview, unit);
    return { period: overview.period, cells: await marginsOf(overview, unit), demo: overview.demo };
  }
}
