import type { Chance } from '../support/chance.js';
import { nonsense, oddBodies, oddPaths, oddQueries, oddTexts } from './nonsense.js';
import type { Operation, Schema } from './operations.js';

/** A request as sent over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path with query, sent without normalisation. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Plausible values by the name of a field or parameter; undefined if there are none for it. */
export type Known = (name: string, operation: Operation, chance: Chance) => unknown;

/** The headers by which somebody is signed in who sends requests for the operation. */
export type Senders = (operation: Operation, chance: Chance) => Readonly<Record<string, string>>;

/** Optional fields that are usually sent, because many commands are refused without them. */
const likely = new Set(['evidence', 'reason', 'value', 'revises', 'rows']);
const visible = (text: string) => /^[\x20-\x7e]*$/.test(text);
const oddHeaders = oddTexts.filter((text) => visible(text) && text.length < 3_000);

export class RequestMaker {
  private sent = 0;

  constructor(
    private readonly chance: Chance,
    private readonly known: Known,
    private readonly senders: Senders,
  ) {}

  /** A request that matches the OpenAPI document, with plausible values. */
  good(operation: Operation): WireRequest {
    const { method, parameters, body } = operation;
    const value = (name: string, schema: Schema) => String(this.value(name, schema, operation));
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(value(name, {})));
    const sent = parameters.filter((each) => each.in === 'query' && (each.required || this.chance.oneIn(3)));
    const query = new URLSearchParams(
      sent.map(({ name, schema }): [string, string] => [name, value(name, schema)]),
    ).toString();
    return {
      method,
      path: query ? `${path}?${query}` : path,
      headers: {
        'Idempotency-Key': `fuzz-${++this.sent}`,
        ...this.senders(operation, this.chance),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(this.value('body', body, operation)) }),
    };
  }

  /** A good request with one random mutation. */
  bad(operation: Operation): WireRequest {
    const good = this.good(operation);
    return this.chance.of(good.body === undefined ? withoutBody : [...withoutBody, ...withBody])(good, this.chance);
  }

  private value(name: string, schema: Schema, operation: Operation): unknown {
    const { chance } = this;
    const known = this.known(name, operation, chance);
    if (known !== undefined) return known;
    if (schema.enum) return chance.of(schema.enum);
    switch (schema.type) {
      case 'object':
        return Object.fromEntries(
          Object.entries(schema.properties ?? {})
            .filter(([field]) => schema.required?.includes(field) || chance.next() < (likely.has(field) ? 0.8 : 0.2))
            .map(([field, of]) => [field, this.value(field, of, operation)]),
        );
      case 'array':
        return Array.from({ length: chance.below(3) }, () => this.value(name, schema.items ?? {}, operation));
      case 'boolean':
        return chance.oneIn(2);
      case 'integer':
      case 'number':
        return Math.min((schema.minimum ?? 0) + chance.below(3), schema.maximum ?? Infinity);
      default:
        return schema.example ?? chance.of(['甲', '已办', 'x'.repeat(Math.min(schema.maxLength ?? 20, 500))]);
    }
  }
}

type Mutation = (request: WireRequest, chance: Chance) => WireRequest;

const header =
  (name: string, values: readonly string[]): Mutation =>
  (request, chance) => ({ ...request, headers: { ...request.headers, [name]: chance.of(values) } });
const without =
  (name: string): Mutation =>
  (request) => {
    const { [name]: _, ...headers } = request.headers;
    return { ...request, headers };
  };

const withoutBody: readonly Mutation[] = [
  // Replaces or inserts an odd path segment.
  (request, chance) => {
    const parts = request.path.split('?')[0]!.split('/');
    const at = 2 + chance.below(parts.length - 1);
    return { ...request, path: parts.toSpliced(at, chance.below(2), escaped(chance.of(oddTexts))).join('/') };
  },
  (request, chance) => {
    const parts = request.path.split('?')[0]!.split('/');
    return { ...request, path: parts.with(2 + chance.below(parts.length - 2), chance.of(oddPaths)).join('/') };
  },
  (request, chance) => ({ ...request, path: request.path.split('?')[0]! + chance.of(oddQueries) }),
  (request, chance) => {
    const [path, query] = request.path.split('?');
    const pairs = [...new URLSearchParams(query).keys(), 'period', 'asOf', 'atPosition'];
    return { ...request, path: `${path}?${chance.of(pairs)}=${escaped(chance.of(oddTexts)).slice(0, 3_000)}` };
  },
  (request, chance) => ({
    ...request,
    method: chance.of(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
  }),
  header('If-Match', ['"0"', '"none"', '*', 'W/"1"', '"x"', '', '"999999999999999999"', '1', '"1","2"', ...oddHeaders]),
  header('Idempotency-Key', ['', ' ', 'x'.repeat(201), 'fuzz-1', 'fuzz-2', 'a b', ...oddHeaders]),
  header('authorization', [
    '',
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Bearer tjt_',
    `Bearer tjt_${'A'.repeat(43)}`,
    'Bearer a b',
    'Basic b3BlcmF0b3I6b3BlcmF0b3I=',
    'Operator',
    'Operator ',
    'Operator x',
    ...oddHeaders,
  ]),
  header('cookie', ['', 'session', 'session=', 'session=x', 'session=x; session=y', '__Host-session=x', ...oddHeaders]),
  header('origin', ['', 'null', 'http://localhost', 'https://example.org', ...oddHeaders]),
  header('Tongjian-Position', ['', '0', '-1', '1.5', 'x', '007', '99999999', '99999999999999999999', ...oddHeaders]),
  header('Accept', ['', 'text/html', '*/*;q=0', 'application/x-ndjson', ...oddHeaders]),
  without('authorization'),
];

const withBody: readonly Mutation[] = [
  (request, chance) => ({ ...request, body: chance.of(oddBodies) }),
  header('content-type', [
    'text/plain',
    'application/xml',
    'multipart/form-data',
    '',
    'application/json; charset=x',
    'x',
  ]),
  header('content-encoding', ['gzip', 'br', 'x']),
  without('content-type'),
  changed((body, field) => ({ ...body, [field]: undefined })),
  changed((body, field, chance) => ({ ...body, [field]: nonsense(chance) })),
  changed((body, field, chance) => ({ ...body, [field]: nonsense(chance) })),
  changed((body, _, chance) => ({ ...body, [chance.of(oddTexts)]: nonsense(chance) })),
  changed((body, _, chance) => ({ ...body, ...chance.of(oddAbout) })),
];

const oddAbout: readonly object[] = [
  ...[
    { knownAt: '2999-01-01' },
    { knownAt: '1900-01-01' },
    { knownAt: '2023-02-30' },
    { evidence: {} },
    { evidence: [{}] },
  ],
  ...[{ evidence: [{ title: 'x', sha256: 'x' }] }, { demo: 'true' }, { reason: '' }, { type: 'x' }, { plan: 'other' }],
];

/** A mutation of one field of the body, or of an object in it. */
function changed(
  change: (body: Record<string, unknown>, field: string, chance: Chance) => Record<string, unknown>,
): Mutation {
  return (request, chance) => {
    const alter = (value: Record<string, unknown>): Record<string, unknown> => {
      const field = chance.of(Object.keys(value)) ?? 'x';
      const inside = value[field];
      if (isObject(inside) && chance.oneIn(2)) return { ...value, [field]: alter(inside) };
      return change(value, field, chance);
    };
    return { ...request, body: JSON.stringify(alter(JSON.parse(request.body!) as Record<string, unknown>)) };
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Percent-encodes a text; a text with a lone surrogate becomes its (invalid) UTF-8 encoding. */
export const escaped = (text: string): string =>
  text.isWellFormed() ? encodeURIComponent(text).slice(0, 6_000) : '%ED%A0%80';
