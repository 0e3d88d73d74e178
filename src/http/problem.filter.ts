import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import {
  AppendRejected,
  EventIdReused,
  EventLogDamaged,
  EventLogUnavailable,
  WrongExpectedRevision,
} from '../kernel/event-log.js';
import { UnreadableEvent } from '../kernel/catalogue.js';
import { DomainError, type Problem, type RefusalKind } from '../kernel/errors.js';
import { ProjectionStopped } from '../kernel/folding.js';
import { FileDamaged, FilesUnavailable } from '../kernel/file-store.js';
import { StoreDamaged, StoreUnavailable, ViewOfAnotherVersion } from '../kernel/versioned-store.js';
import { problemTitles, type ProblemDetails } from './api-models.js';

const statusOf: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  refused: 422,
  conflict: 412,
  throttled: 429,
  'out-of-turn': 409,
  unavailable: 503,
};

/** Every error as RFC 9457 problem details; what is not a person's mistake is logged, and tells nothing of the inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const problem = problemOf(error);
    // What is unavailable on purpose is no defect, and comes by the thousand.
    if (problem.status >= 500 && !(error instanceof DomainError)) {
      const { method, path } = http.getRequest<Request>();
      this.logger.error(
        `${method} ${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
    if (response.headersSent) {
      // An answer that broke off must not look like a whole one.
      response.destroy();
      return;
    }
    if (error instanceof DomainError && error.retryAfter !== undefined)
      response.setHeader('Retry-After', String(error.retryAfter));
    sendProblem(response, problem);
  }
}

export function sendProblem(response: Response, problem: ProblemDetails): void {
  const wait = retryAfter[problem.code] ?? 2;
  if (problem.status === 503 && wait > 0) response.setHeader('Retry-After', String(wait));
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

export function problemOf(error: unknown): ProblemDetails {
  if (error instanceof DomainError) {
    return details(statusOf[error.kind], error.code, error.message, error.problems);
  }
  if (error instanceof AppendRejected)
    return details(413, 'append.too-large', '内容过大，日志不能接收：请减少后再提交');
  if (error instanceof EventIdReused) return details(409, 'command.id-reused', '命令编号已用于另一条内容不同的命令');
  if (error instanceof WrongExpectedRevision) {
    return details(503, 'stream.busy', '多人正在同时更新该记录：请稍后重复同一请求');
  }
  if (error instanceof EventLogUnavailable) return unavailable(error);
  if (error instanceof EventLogDamaged) {
    const place = error.position === undefined ? '' : `第 ${error.position} 位`;
    return details(
      503,
      'log.damaged',
      `日志${place}已损坏，其内容不予采用：请停机保留现场，用 tongjian verify-log 核查，并由完好的备份恢复`,
    );
  }
  if (error instanceof FilesUnavailable) {
    return details(503, 'files.unavailable', `文件暂时不能读写（${error.message}）：请检查磁盘空间后重复同一请求`);
  }
  if (error instanceof FileDamaged) {
    const message = `文件 ${error.hash} 已损坏，其内容不予采用：请由完好的备份恢复文件库`;
    return details(503, 'files.damaged', message);
  }
  if (error instanceof StoreDamaged) {
    return details(503, 'views.damaged', '视图文件已损坏，其内容不予采用：重启后自动由日志重建，数据没有丢失');
  }
  if (error instanceof StoreUnavailable) {
    return details(503, 'views.unavailable', '视图暂时读不到：数据没有丢失，请稍后再试');
  }
  if (error instanceof ViewOfAnotherVersion) {
    return details(
      503,
      'views.other-version',
      '视图由另一版本的程序建立，本程序不作解读：程序正在升级，请稍后再试；如持续不变，请使各进程版本一致',
    );
  }
  if (error instanceof UnreadableEvent) {
    return details(
      500,
      'event.unreadable',
      `日志第 ${error.position} 位的事件本程序不能识别（${error.why}）：请换用写入它的或更新的程序版本；数据没有改动`,
    );
  }
  if (error instanceof ProjectionStopped) {
    return details(
      500,
      'projection.stopped',
      `视图 ${error.projection} 停在日志第 ${error.position} 位的事件（${error.why}）：请换用能处理它的程序版本，启动后自动继续`,
    );
  }
  // Thrown in the body parser: it, and Nest, wrap what they pass on.
  if (error instanceof HttpException && error.cause instanceof DomainError) return problemOf(error.cause);
  // Nest's own exceptions, and http-errors of Express's body parser.
  const status = error instanceof HttpException ? error.getStatus() : httpStatusOf(error);
  if (status === undefined || status >= 500) return details(500, 'internal', '系统内部错误：已记录，请联系管理员');
  return details(
    status,
    parserCodes[status] ?? `http.${status}`,
    parserMessages[status] ?? problemTitles[status] ?? '请求有误',
  );
}

function unavailable({ reason }: EventLogUnavailable): ProblemDetails {
  switch (reason) {
    case 'repeat':
      return details(503, 'log.unavailable', '日志暂时不可用：数据没有丢失，请稍后重复同一请求');
    case 'disk-full':
      return details(503, 'log.disk-full', '磁盘空间不足，没有写入：请腾出空间后重复同一请求');
    case 'restart-needed':
      return details(
        503,
        'log.restart-needed',
        '写盘失败，最后的写入是否成功尚不能确定：请检查磁盘后重启；重启后以同一 Idempotency-Key 重复请求即可确定，已确认的数据没有丢失',
      );
  }
}

/** Seconds after which to ask again, where it is not the usual two; none where waiting does not help. */
const retryAfter: Readonly<Record<string, number>> = {
  'log.disk-full': 30,
  'log.restart-needed': 0,
  'log.damaged': 0,
  'files.damaged': 0,
  'views.damaged': 0,
  'views.other-version': 10,
};

const parserCodes: Readonly<Record<number, string>> = {
  400: 'request.malformed',
  404: 'route.unknown',
  413: 'request.too-large',
  415: 'request.media-type',
};
const parserMessages: Readonly<Record<number, string>> = {
  400: '请求内容不是有效的 JSON，或地址有误',
  404: '没有这个地址：见 /api/docs',
  413: '请求内容过大',
  415: '请求内容须为 application/json',
};

function httpStatusOf(error: unknown): number | undefined {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

function details(status: number, code: string, detail: string, problems?: readonly Problem[]): ProblemDetails {
  return {
    type: `urn:tongjian:problem:${code}`,
    title: problemTitles[status] ?? '请求有误',
    status,
    detail,
    code,
    problems: [...(problems ?? [{ code, message: detail }])],
  };
}
