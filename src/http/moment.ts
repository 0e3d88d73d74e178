import { ApiProperty } from '@nestjs/swagger';
import { KnownTimeText } from '../slice/field.js';
import { Matches, ValidateIf } from 'class-validator';
import { DomainError, notFound } from '../kernel/errors.js';
import type { Engine } from '../engine.js';
import { comparePositions } from '../kernel/event-log.js';
import { parseKnownTime, type Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { readPlan } from '../plans/read-plan.js';

/** The moment that every query can be asked as of. */
export class MomentQuery {
  @KnownTimeText({
    label: '截至',
    description: '按该日所知；只写日期即该日终了',
    optional: true,
    example: '2023-06-30',
  })
  asOf?: string;

  @ValidateIf((_, value) => value !== undefined)
  @Matches(/^(0|[1-9]\d{0,18})$/, { message: '日志位置须为数字' })
  @ApiProperty({ required: false, description: '日志位置：按当时的日志', example: '120' })
  atPosition?: string;
}

/** A bare date is meant in the plan's time zone. @throws {DomainError} `plan.unknown` */
export async function momentOf(engine: Engine, plan: string, { asOf, atPosition }: MomentQuery): Promise<AsOf> {
  return {
    ...(asOf !== undefined && { knownAt: await knownTimeOf(engine, plan, asOf) }),
    ...(atPosition !== undefined && { position: atPosition }),
  };
}

async function knownTimeOf(engine: Engine, plan: string, asOf: string): Promise<Instant> {
  const { timeZone } = await readPlan(engine.views, plan);
  return parseKnownTime(asOf, timeZone);
}

/**
 * Holds a query back until the views have what the caller has seen (`Tongjian-Position`): people read their own writes.
 */
export async function awaitPosition(engine: Engine, header: string | undefined): Promise<void> {
  if (header === undefined) return;
  if (!/^(0|[1-9]\d{0,18})$/.test(header))
    throw new DomainError('invalid', 'position.malformed', 'Tongjian-Position 须为日志位置');
  // The log need not be there for what the views already have.
  if (await engine.projector.reached(header, 0)) return;
  const head = await engine.presence.ask((log) => log.head());
  if (!head || comparePositions(head, header) < 0) {
    throw notFound('position.beyond-log', `日志还没有位置 ${header}`);
  }
  if (!(await engine.projector.reached(header, 10_000))) {
    throw new DomainError('unavailable', 'views.behind', '视图尚未跟上日志：请稍后再试');
  }
}
