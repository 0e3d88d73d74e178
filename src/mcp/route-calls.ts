import { Inject, Injectable, type Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ExternalContextCreator, ModuleRef } from '@nestjs/core';
import { RouteParamsFactory } from '@nestjs/core/router/route-params-factory.js';
import type { Request, Response } from 'express';

type Handler = (...args: never[]) => unknown;
export type HandlerName<C> = { [Key in keyof C]: C[Key] extends Handler ? Key : never }[keyof C] & string;
export type AnswerOf<C, Name extends HandlerName<C>> = C[Name] extends (...args: never[]) => infer Answer
  ? Awaited<Answer>
  : never;

/** A request within which other routes are called. */
export interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

export interface AskedRoute {
  /** The address of the route, as the access log notes it. */
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
}

const paramsFactory = new RouteParamsFactory();
const handlerArguments = {
  exchangeKeyForValue: (
    key: number,
    data: string,
    [req, res, next]: readonly [Request, Response, () => void],
  ): unknown => paramsFactory.exchangeKeyForValue(key, data, { req, res, next }),
};

/**
 * Calls a route of this server within another request. The call passes the same guard, lane, and check of parameters as a
 * request to the route itself: what is answered to somebody, and what is refused, is the same.
 */
@Injectable()
export class RouteCalls {
  constructor(
    @Inject(ModuleRef) private readonly modules: ModuleRef,
    @Inject(ExternalContextCreator) private readonly contexts: ExternalContextCreator,
  ) {}

  async call<C extends object, Name extends HandlerName<C>>(
    { request, response }: Exchange,
    controller: Type<C>,
    name: Name,
    { path, params = {}, query = {} }: AskedRoute,
  ): Promise<AnswerOf<C, Name>> {
    const instance = this.modules.get(controller, { strict: false });
    const handler = this.contexts.create(
      ...([
        instance,
        instance[name] as (...args: unknown[]) => unknown,
        name,
        ROUTE_ARGS_METADATA,
        handlerArguments,
      ] as const),
      ...([undefined, undefined, { guards: true, interceptors: true, filters: false }] as const),
    );
    const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
    const called = Object.create(request, {
      ...{ path: { value: path }, params: { value: params }, query: { value: given } },
    }) as Request;
    const answer: unknown = await handler(called, response, () => undefined);
    // The next page of the called route is none of this one.
    response.removeHeader('Link');
    return answer as AnswerOf<C, Name>;
  }
}
