import type { RequestHandler } from 'express';
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'node:net';
import { DomainError } from '../kernel/errors.js';

export const CLOSING = Symbol('Closing');

/** The connections of a server, so that it can be ended in order. `CLOSING` is the signal by which open streams end. */
export class Connections {
  private readonly requests = new Map<Socket, number>();
  private closing = false;
  private done: () => void = () => undefined;

  constructor(private readonly server: HttpServer) {
    server.on('connection', (socket) => {
      this.requests.set(socket, 0);
      socket.once('close', () => this.gone(socket));
    });
    server.on('request', ({ socket }, response) => {
      this.requests.set(socket, this.requests.get(socket)! + 1);
      response.once('close', () => this.answered(socket));
    });
  }

  /** What comes over a connection that is still open is refused while the server ends. */
  readonly refuseWhenClosing: RequestHandler = (_, response, next) => {
    if (this.closing) response.setHeader('Connection', 'close');
    next(
      this.closing ? new DomainError('unavailable', 'server.stopping', '服务正在停止：请稍后重复同一请求') : undefined,
    );
  };

  /**
   * Takes no new connection, answers what was asked, and resolves when all are answered; whoever has not taken its answer,
   * or not finished its request, within `patience` milliseconds is cut off.
   */
  async close(patience: number): Promise<void> {
    this.closing = true;
    // Not the HTTP server's own way: that drops a connection whose answer is complete but not yet taken.
    Server.prototype.close.call(this.server);
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.done = resolve;
      timer = setTimeout(resolve, patience);
      this.endIfIdle();
    });
    clearTimeout(timer);
    for (const socket of this.requests.keys()) socket.destroy();
  }

  private answered(socket: Socket): void {
    const left = this.requests.get(socket);
    if (left === undefined) return;
    this.requests.set(socket, left - 1);
    this.endIfIdle();
  }

  private gone(socket: Socket): void {
    this.requests.delete(socket);
    this.endIfIdle();
  }

  private endIfIdle(): void {
    if (this.closing && [...this.requests.values()].every((underWay) => underWay === 0)) this.done();
  }
}
