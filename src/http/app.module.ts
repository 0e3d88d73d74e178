import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { Role } from '../config.js';
import { LOADING, type Loading } from '../operations/loading.js';
import { GATEWAY, type CommandCarrier } from '../slice/command-gateway.js';
import { commandHandlers } from '../slice/command-handlers.js';
import type { Slice } from '../slice/slice.js';
import { AccessGuard, PRINCIPALS, type Principals } from './access.guard.js';
import { commandController } from './command-controller.js';
import { documentController } from './document-controller.js';
import { METRICS, MetricsController, type Metrics } from './metrics.js';
import { guardedRoutes } from './rights.js';
import { SystemController } from './system.controller.js';

/** What the module is made from. */
export interface AppParts {
  readonly slices: readonly Slice[];
  /** The engine's ports, each under its token. */
  readonly ports: readonly Provider[];
  readonly gateway: CommandCarrier;
  readonly metrics: Metrics;
  readonly loading: Loading;
  readonly role: Role;
  readonly principals: Principals;
}

const ofSystem: Type[] = [SystemController, MetricsController];

/** The controllers with all routes of the slices and of the system itself. */
export const controllersOf = (slices: readonly Slice[]): Type[] => [
  ...slices.flatMap(({ name, deciding }) => (deciding ? [commandController(name, deciding.commands)] : [])),
  ...slices.flatMap((slice) => [
    ...(slice.controllers ?? []),
    ...(slice.documents ?? []).map((route) => documentController(route)),
  ]),
  ...ofSystem,
];

/** The HTTP surface: the routes of all slices, and those of the system itself. */
@Module({})
export class AppModule {
  static of({ slices, ports, gateway, metrics, loading, role, principals }: AppParts): DynamicModule {
    const providers = [
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: PRINCIPALS, useValue: principals },
      ...ports,
      { provide: METRICS, useValue: metrics },
      { provide: LOADING, useValue: loading },
    ];
    // A projector answers questions about its own state only.
    if (role === 'projector') return { module: AppModule, providers, controllers: ofSystem };
    const all = controllersOf(slices);
    // Called for what it throws: a route that does not say who may call it.
    guardedRoutes(all);
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: all,
      providers: [
        ...providers,
        { provide: GATEWAY, useValue: metrics.watched(gateway) },
        ...slices.flatMap((slice) => slice.providers ?? []),
        ...slices.flatMap(({ deciding }) => (deciding ? commandHandlers(deciding.commands) : [])),
      ],
    };
  }
}
