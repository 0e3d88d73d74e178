import {
  SetMetadata,
  type CallHandler,
  type CustomDecorator,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import { finalize, type Observable } from 'rxjs';
import { DomainError } from '../kernel/errors.js';
import { problemOf, sendProblem } from './problem.filter.js';

interface LaneLimits {
  /** Requests worked on at once. */
  readonly atOnce: number;
  /** Requests that wait for their turn; one more is refused. */
  readonly waiting: number;
}

/** How many requests are worked on, and how many wait. */
export interface LaneStanding {
  readonly working: number;
  readonly waiting: number;
}

export interface AdmissionLimits {
  readonly ordinary: LaneLimits;
  readonly heavy: LaneLimits;
  /** Bytes of request bodies held at once. */
  readonly bodies: number;
  /** Bytes of answers at which their readers may be behind, all together. */
  readonly unread: number;
  /** Milliseconds without a byte after which a reader is cut off. */
  readonly stall: number;
}

export const admissionLimits: AdmissionLimits = {
  ordinary: { atOnce: 256, waiting: 1_024 },
  heavy: { atOnce: 4, waiting: 32 },
  bodies: 48 * 2 ** 20,
  unread: 64 * 2 ** 20,
  stall: 20_000,
};

type QueueName = 'ordinary' | 'heavy';
type LaneName = QueueName | 'free';
const laneKey = 'admission:lane';

/** Heavy: reads or writes without a bound. Free: never waits, for those who watch the server. */
export const Lane = (name: Exclude<LaneName, 'ordinary'>): CustomDecorator => SetMetadata(laneKey, name);

/**
 * Bounds what the server takes on at once, and so its memory: a request beyond it is refused with 503 and `Retry-After`
 * before anything was done for it. A request has its turn once its body is there, so slow senders hold up nobody.
 */
export class Admission implements NestInterceptor {
  private readonly lanes: Readonly<Record<QueueName, Queue>>;
  private bodies = 0;
  private unread = 0;

  /** `onRefusal` is told the queue that is full, or `memory`. */
  constructor(
    private readonly limits: AdmissionLimits = admissionLimits,
    private readonly onRefusal: (by: QueueName | 'memory') => void = () => undefined,
  ) {
    const { ordinary, heavy } = limits;
    this.lanes = {
      ordinary: new Queue(ordinary, () => this.busy('ordinary')),
      heavy: new Queue(heavy, () => this.busy('heavy')),
    };
  }

  standing(): Readonly<Record<QueueName, LaneStanding>> {
    return { ordinary: this.lanes.ordinary.standing, heavy: this.lanes.heavy.standing };
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const lane = (Reflect.getMetadata(laneKey, context.getHandler()) as LaneName | undefined) ?? 'ordinary';
    if (lane === 'free') return next.handle();
    if (this.unread > this.limits.unread) throw this.busy('memory');
    const leave = await this.lanes[lane].enter(context.switchToHttp().getResponse<Response>());
    return next.handle().pipe(finalize(leave));
  }

  /** Counts the bytes of bodies as they come, before any of them is parsed. */
  readonly countBody: RequestHandler = (request: Request, response, next) => {
    if (this.bodies + Number(request.headers['content-length'] ?? 0) > this.limits.bodies) {
      next(this.busy('memory'));
      return;
    }
    let mine = 0;
    const count = ({ length }: Buffer) => {
      mine += length;
      this.bodies += length;
      if (this.bodies <= this.limits.bodies || response.headersSent) return;
      response.setHeader('Connection', 'close');
      sendProblem(response, problemOf(this.busy('memory')));
      response.once('finish', () => request.destroy());
    };
    request.on('data', count);
    response.once('close', () => {
      request.off('data', count);
      this.bodies -= mine;
    });
    next();
  };

  /** An answer that is complete is in memory until its reader has taken it; who takes nothing is cut off. */
  readonly watchReader: RequestHandler = (_, response, next) => {
    response.once('prefinish', () => {
      const left = response.writableLength;
      this.unread += left;
      response.once('close', () => (this.unread -= left));
      response.setTimeout(this.limits.stall);
    });
    next();
  };

  private busy(by: QueueName | 'memory'): DomainError {
    this.onRefusal(by);
    return new DomainError('unavailable', 'server.busy', '同时的请求过多，本次没有受理：请稍后重复同一请求');
  }
}

/** Those who are worked on, and those who wait in the order they came. */
class Queue {
  private working = 0;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly limits: LaneLimits,
    private readonly busy: () => DomainError,
  ) {}

  get standing(): LaneStanding {
    return { working: this.working, waiting: this.waiting.size };
  }

  /** Resolves with the way out when it is the request's turn; never, if its client leaves before. @throws {DomainError} */
  async enter(response: Response): Promise<() => void> {
    if (this.working >= this.limits.atOnce) await this.turn(response);
    else this.working++;
    return () => {
      const [next] = this.waiting;
      // Who leaves hands the place on.
      if (next) next();
      else this.working--;
    };
  }

  private turn(response: Response): Promise<void> {
    if (this.waiting.size >= this.limits.waiting) throw this.busy();
    return new Promise((resolve) => {
      const next = () => {
        response.off('close', leave);
        this.waiting.delete(next);
        resolve();
      };
      const leave = () => this.waiting.delete(next);
      response.once('close', leave);
      this.waiting.add(next);
    });
  }
}
