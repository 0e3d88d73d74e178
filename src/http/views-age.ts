import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import type { Freshness } from '../kernel/freshness.js';

/** Up to when the views have everything, as an instant or `unknown`; absent from an answer that is as current as can be. */
export const viewsAsOfHeader = 'Tongjian-Views-As-Of';

/** An answer read from views that are behind says how old it is. */
export class ViewsAge implements NestInterceptor {
  constructor(private readonly freshness: Freshness) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    if (http.getRequest<Request>().method === 'GET') {
      const viewsAsOf = await this.freshness.viewsAsOf();
      if (viewsAsOf !== undefined) http.getResponse<Response>().setHeader(viewsAsOfHeader, viewsAsOf);
    }
    return next.handle();
  }
}
