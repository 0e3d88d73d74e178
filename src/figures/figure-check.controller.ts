import { Body, Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../http/api-answer.js';
import { senderOf } from '../http/command-controller.js';
import { Needs } from '../http/rights.js';
import { READING, type Reading } from '../http/reading.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { DomainError } from '../kernel/errors.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { parseKnownTime } from '../kernel/time.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import type { QualityMark } from '../quality/mark.js';
import { readQualityRules } from '../quality/quality.projection.js';
import { checkedInput, type CommandClass } from '../slice/command.js';
import { GATEWAY, type CommandCarrier } from '../slice/command-gateway.js';
import { CorrectMeasurement, MeasureIndicator } from './figure.commands.js';
import type { FigureId } from './figure.events.js';
import { reportedOf } from './figure-sight.js';
import { ViewSource } from './view-source.js';

/** The body of the command's own route, in the OpenAPI document. */
const bodyOf = ({ name }: CommandClass) => ({ schema: { $ref: `#/components/schemas/${name}` } });

/** What the rules of data quality say of a report before it is sent. */
export interface FigureCheck {
  readonly marks: readonly QualityMark[];
  /** The rules without whose explanation the report would be refused. */
  readonly unexplained: readonly string[];
}

/** Checks a report or a correction as it would be sent; nothing is recorded. */
@ApiTags('figures')
@Controller('plans/:plan/figures/:code/:unit/:period')
export class FigureCheckController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
    @Inject(GATEWAY) private readonly gateway: CommandCarrier,
  ) {}

  @Needs('figures.report')
  @Post('measurement/check')
  @HttpCode(200)
  @ApiOperation({
    summary: '上报前核对：会被拒绝的照样拒绝，否则答以质量标记；不写入',
    operationId: 'checkMeasurement',
  })
  @ApiBody(bodyOf(MeasureIndicator))
  @ApiAnswer('FigureCheck')
  measurement(
    @Param() params: FigureId,
    @Body() body: unknown,
    @Headers() headers: Record<string, string | undefined>,
  ): Promise<FigureCheck> {
    return this.check(checkedInput(MeasureIndicator, withPath(body, params)), headers);
  }

  @Needs('figures.correct')
  @Post('corrections/check')
  @HttpCode(200)
  @ApiOperation({ summary: '更正前核对：会被拒绝的照样拒绝，否则答以质量标记；不写入', operationId: 'checkCorrection' })
  @ApiBody(bodyOf(CorrectMeasurement))
  @ApiAnswer('FigureCheck')
  correction(
    @Param() params: FigureId,
    @Body() body: unknown,
    @Headers() headers: Record<string, string | undefined>,
  ): Promise<FigureCheck> {
    return this.check(checkedInput(CorrectMeasurement, withPath(body, params)), headers);
  }

  private async check(
    command: MeasureIndicator | CorrectMeasurement,
    headers: Record<string, string | undefined>,
  ): Promise<FigureCheck> {
    await this.reading.wait(headers['tongjian-position']);
    await this.rehearse(command, headers);
    const { plan: slug, explanations, knownAt } = command;
    const [plan, indicators, { rules }] = await Promise.all([
      readPlan(this.views, slug),
      readIndicators(this.views, slug),
      readQualityRules(this.views, slug),
    ]);
    const source = new ViewSource(this.views, plan, indicators, rules, {});
    const at = knownAt === undefined ? await this.clock.now() : parseKnownTime(knownAt, plan.timeZone);
    const marks = await source.marksOf(command, reportedOf(command), { knownAt: at, explanations });
    const open = marks.filter(({ required, explanation }) => required && explanation === undefined);
    return { marks, unexplained: open.map(({ rule }) => rule) };
  }

  /** That an explanation is missing is part of the answer. */
  private async rehearse(
    command: MeasureIndicator | CorrectMeasurement,
    headers: Record<string, string | undefined>,
  ): Promise<void> {
    try {
      await this.gateway.rehearse(command, senderOf(headers));
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'figure.explanation-needed') throw error;
    }
  }
}

const withPath = (body: unknown, params: FigureId): unknown =>
  body === null || typeof body !== 'object' || Array.isArray(body) ? body : { ...body, ...params };
