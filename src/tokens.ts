/** What Nest injects by name: type-only imports carry no decorator metadata. */
export const ENGINE = Symbol('Engine');
export const GATEWAY = Symbol('CommandGateway');
export const METRICS = Symbol('Metrics');
export const LOADING = Symbol('Loading');
