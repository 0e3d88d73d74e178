import { Controller, Get, Headers, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches, ValidateIf } from 'class-validator';
import type { Response } from 'express';
import { notFound } from '../kernel/errors.js';
import {
  EVENT_LOG,
  EventLogUnavailable,
  LOG_KEEPING,
  parseSeal,
  sealForm,
  type Proof,
  type EventLog,
  type LogKeeping,
} from '../kernel/event-log.js';
import { FRESHNESS, type Freshness } from '../kernel/freshness.js';
import { LOG_PRESENCE, type LogPresence } from '../kernel/log-presence.js';
import { hasReached } from '../kernel/position.js';
import { VIEWS_FOLLOWER, type ProjectionStatus, type ViewsFollower } from '../kernel/projector.js';
import { STORE_HEALTH, StoreUnavailable, type StoreHealth } from '../kernel/versioned-store.js';
import { LOADING, type Loading, type LoadingStep } from '../operations/loading.js';
import { programVersion } from '../operations/version.js';
import { Lane } from './admission.js';
import { ApiAnswer } from './api-answer.js';
import { CheckedQuery } from './checked-query.js';
import type { ProblemDetails } from './api-models.js';
import { problemOf } from './problem.filter.js';
import { Needs, Open } from './rights.js';

export interface SystemStatus {
  readonly version: string;
  /** Position of the last event; absent while the log is empty. */
  readonly head?: string;
  readonly views: readonly (ProjectionStatus & { readonly caughtUp: boolean })[];
  /**
   * Up to when the views are known to have everything, where that is not now: nobody folds what comes in, or the log
   * cannot be asked. `unknown` where this process never saw them complete.
   */
  readonly viewsAsOf?: string;
  /** Why the views cannot be read, cannot follow the log now, or cannot be trusted, where that is so. */
  readonly failure?: string;
  /** Why the log takes no commands, where that is so: what a command is now answered with. */
  readonly refusing?: { readonly code: string; readonly detail: string };
  /** What the server is loading at its start. Until it has finished, the plans are incomplete. */
  readonly loading?: LoadingStep;
  readonly ready: boolean;
}

export type LogProof = Proof;

class ProofQuery {
  @ValidateIf((_, value) => value !== undefined)
  @Matches(sealForm, { message: '封印须为 位置:哈希（64 位小写十六进制）' })
  @ApiProperty({
    required: false,
    description: '此前记下的封印，证明到该位置为止一字未改',
    example: `4526:${'0f'.repeat(32)}`,
  })
  seal?: string;
}

@ApiTags('system')
@Controller()
export class SystemController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(LOG_PRESENCE) private readonly presence: LogPresence,
    @Inject(LOG_KEEPING) private readonly keeping: LogKeeping | undefined,
    @Inject(VIEWS_FOLLOWER) private readonly follower: ViewsFollower,
    @Inject(FRESHNESS) private readonly freshness: Freshness,
    @Inject(STORE_HEALTH) private readonly storeHealth: StoreHealth,
    @Inject(LOADING) private readonly loading: Loading,
  ) {}

  @Lane('free')
  @Open()
  @Get('health/live')
  @ApiOperation({ summary: '进程在运行', operationId: 'live' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Lane('free')
  @Open()
  @Get('health/ready')
  @ApiOperation({ summary: '可以服务：随附规划已装载、日志可写、视图未停', operationId: 'ready' })
  @ApiAnswer('SystemStatus')
  async ready(@Res({ passthrough: true }) response: Response): Promise<SystemStatus> {
    const status = await this.status();
    if (!status.ready) response.status(503);
    return status;
  }

  @Lane('free')
  @Open()
  @Get('status')
  @ApiOperation({ summary: '日志与视图的状态', operationId: 'status' })
  @ApiAnswer('SystemStatus')
  async status(): Promise<SystemStatus> {
    const { presence, keeping, follower, freshness, storeHealth } = this;
    const [head, away] = await orWhy(
      presence.ask((log) => log.head()),
      EventLogUnavailable,
    );
    const [standing = [], storeAway] = await orWhy(follower.status(), StoreUnavailable);
    const views = standing.map((view) => ({ ...view, caughtUp: !away && hasReached(view.checkpoint, head) }));
    const failure = storeHealth.damage ?? storeAway ?? follower.failure;
    const refusing = (await keeping?.trouble()) ?? away;
    const viewsAsOf = await freshness.viewsAsOf();
    const loading = this.loading.current;
    return {
      version: programVersion,
      ...(head !== undefined && { head }),
      views,
      ...(viewsAsOf !== undefined && { viewsAsOf }),
      ...(failure && { failure: failure.message }),
      ...(refusing && { refusing: refusalOf(refusing) }),
      ...(loading && { loading }),
      // Without a log elsewhere, queries are still answered out of the views.
      ready:
        !loading &&
        !(keeping && refusing) &&
        (!failure || failure instanceof EventLogUnavailable) &&
        standing.every(({ stopped }) => !stopped),
    };
  }

  @Lane('heavy')
  @Needs('log.prove')
  @Get('log/proof')
  @ApiOperation({
    summary: '逐个核查全部事件：哈希链是否完整，与记下的封印是否相符',
    description: 'Accept: application/x-ndjson 时逐行报告已核查的条数，最后一行为 proof 或 problem',
    operationId: 'proveLog',
  })
  @ApiAnswer('LogProof')
  async proof(
    @Query(CheckedQuery(ProofQuery)) { seal }: ProofQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LogProof | undefined> {
    const { keeping } = this;
    if (!keeping) throw notFound('log.not-kept', '日志不在磁盘上，无从核查');
    const expected = seal === undefined ? undefined : parseSeal(seal);
    if (!accept?.includes('application/x-ndjson')) return keeping.verify(expected);
    response.type('application/x-ndjson');
    const line = (content: object) => response.write(`${JSON.stringify(content)}\n`);
    try {
      const head = await this.log.head();
      line({ proof: await keeping.verify(expected, (events) => line({ events, ...(head && { head }) })) });
    } catch (error) {
      line({ problem: problemOf(error) });
    }
    response.end();
    return undefined;
  }

  @Lane('heavy')
  @Needs('system.operate')
  @Post('views/rebuild')
  @HttpCode(200)
  @ApiOperation({ summary: '由日志重建全部视图，建成后切换（逐行报告进度）', operationId: 'rebuild' })
  @ApiProduces('application/x-ndjson')
  async rebuild(@Res() response: Response): Promise<void> {
    response.type('application/x-ndjson');
    const line = (content: object) => response.write(`${JSON.stringify(content)}\n`);
    const problems: ProblemDetails[] = [];
    for (const { name } of await this.follower.status()) {
      if (response.destroyed) return;
      try {
        await this.follower.rebuild(name, ({ projection, events, position, head }) => {
          if (response.destroyed) throw new Error('nobody waits for this rebuild any more');
          line({ projection, events, position, head });
        });
        line({ projection: name, rebuilt: true });
      } catch (error) {
        problems.push(problemOf(error));
      }
    }
    // Last: one view that cannot be rebuilt does not keep the others from it.
    for (const problem of problems) line({ problem });
    response.end();
  }
}

/** What was asked for, or the error of the kind that keeps it from being answered now. */
async function orWhy<T, E extends Error>(
  asked: T | Promise<T>,
  kind: abstract new (...given: never[]) => E,
): Promise<[answer: T | undefined, why: E | undefined]> {
  try {
    return [await asked, undefined];
  } catch (error) {
    if (error instanceof kind) return [undefined, error];
    throw error;
  }
}

function refusalOf(trouble: Error): { code: string; detail: string } {
  const { code, detail } = problemOf(trouble);
  return { code, detail };
}
