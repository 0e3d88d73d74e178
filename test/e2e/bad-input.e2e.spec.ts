import fc from 'fast-check';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { SystemStatus } from '../../src/http/system.controller.js';
import { startTestServer, type TestServer } from '../support/server.js';

interface Problem {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly problems: { field?: string; message: string }[];
}

describe('bad input', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  const head = async () => (await server.get<SystemStatus>('/api/status')).body.head;
  const figure = '/figures/02/331102/2024';

  it.each<[string, string, unknown, number, string, string | undefined]>([
    ['invalid JSON', `${figure}/corrections`, '{bad', 400, 'request.malformed', undefined],
    [
      'ten thousand brackets',
      `${figure}/corrections`,
      `{"evidence":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      400,
      'input.too-deep',
      undefined,
    ],
    ['a list', `${figure}/corrections`, [], 400, 'input.not-an-object', undefined],
    ['null', `${figure}/corrections`, 'null', 400, 'input.not-an-object', undefined],
    [
      'a number instead of a decimal string',
      `${figure}/corrections`,
      { numerator: 3, denominator: '5' },
      400,
      'input.invalid',
      'numerator',
    ],
    ['1e400', `${figure}/corrections`, '{"numerator":1e400,"denominator":"5"}', 400, 'input.invalid', 'numerator'],
    ['an exponent', `${figure}/corrections`, { numerator: '1e4', denominator: '5' }, 400, 'input.invalid', 'numerator'],
    ['NaN', `${figure}/corrections`, { numerator: 'NaN', denominator: '5' }, 400, 'input.invalid', 'numerator'],
    ['minus zero', `${figure}/corrections`, { numerator: '-0.0', denominator: '5' }, 400, 'input.invalid', 'numerator'],
    [
      'null as a value',
      `${figure}/corrections`,
      { numerator: null, denominator: '5' },
      400,
      'input.invalid',
      'numerator',
    ],
    ['an unknown field', `${figure}/approval`, { colour: 'red' }, 400, 'input.invalid', 'colour'],
    ['a field called constructor', `${figure}/approval`, { constructor: 1 }, 400, 'input.invalid', 'constructor'],
    ['a field called __proto__', `${figure}/approval`, '{"__proto__":{"x":1}}', 400, 'input.invalid', '__proto__'],
    [
      'a field called constructor within free content',
      '/evaluation-rules',
      { rules: { constructor: 1 } },
      400,
      'input.invalid',
      'rules.constructor',
    ],
    ['a number too large to keep', '/evaluation-rules', { rules: { projects: 1e308 } }, 400, 'input.invalid', 'rules'],
    ['a repeated key', `${figure}/return`, '{"reason":"甲","reason":"乙"}', 400, 'request.repeated-key', 'reason'],
    [
      'a repeated nested key with an escape',
      `${figure}/return`,
      '{"reason":"甲","evidence":[{"title":"年报"},{"title":"年报","\\u0074itle":"月报"}]}',
      400,
      'request.repeated-key',
      'title',
    ],
    ['a lone surrogate', `${figure}/return`, '{"reason":"\\ud800"}', 400, 'input.invalid', 'reason'],
    ['a control character', `${figure}/return`, { reason: 'a\u0000b' }, 400, 'input.invalid', 'reason'],
    [
      'a known time in the future',
      `${figure}/corrections`,
      { numerator: '1', denominator: '5', reason: 'x', knownAt: '2999-01-01' },
      400,
      'known-time.future',
      'knownAt',
    ],
    [
      'a day that does not exist',
      `${figure}/corrections`,
      { numerator: '1', denominator: '5', knownAt: '2023-02-30' },
      400,
      'time.malformed',
      'knownAt',
    ],
    [
      'a share above 100 %',
      `${figure}/corrections`,
      { numerator: '6', denominator: '5', reason: 'x' },
      400,
      'figure.out-of-range',
      'value',
    ],
    [
      'a denominator of 0',
      `${figure}/corrections`,
      { numerator: '0', denominator: '0', reason: 'x' },
      400,
      'figure.denominator',
      'denominator',
    ],
    [
      'a correction without a reason',
      `${figure}/corrections`,
      { numerator: '1', denominator: '5' },
      400,
      'reason.missing',
      'reason',
    ],
    [
      'a value for a ratio indicator',
      `${figure}/corrections`,
      { value: '55', reason: 'x' },
      400,
      'figure.components-needed',
      'numerator',
    ],
    [
      'an unknown indicator',
      '/figures/99/331102/2024/measurement',
      { value: '1' },
      404,
      'indicator.unknown',
      undefined,
    ],
    ['an unknown unit', '/figures/02/999999/2024/measurement', { value: '1' }, 404, 'unit.unknown', undefined],
    ['a unit with slashes', '/figures/02/..%2F..%2Fetc/2024/measurement', { value: '1' }, 400, 'input.invalid', 'unit'],
    ['an invalid period', '/figures/02/331102/2024-13/measurement', { value: '1' }, 400, 'input.invalid', 'period'],
    [
      'a future period',
      '/figures/02/331102/2999/measurement',
      { numerator: '1', denominator: '2' },
      400,
      'figure.future',
      'period',
    ],
    [
      'a period outside the plan',
      '/figures/02/331102/2018/measurement',
      { numerator: '1', denominator: '2' },
      422,
      'figure.outside-plan',
      'exception',
    ],
    [
      'a count that is not an integer',
      '/figures/03/331102/2024/corrections',
      { value: '1.5', reason: 'x' },
      400,
      'figure.not-whole',
      'value',
    ],
    [
      'a unit in the body that differs from the path',
      `${figure}/approval`,
      { unit: '331121' },
      400,
      'input.path-mismatch',
      'unit',
    ],
    [
      'a lowered binding target',
      '/indicators/04/targets/331100/2025/revisions',
      { value: '12000', reason: 'x' },
      422,
      'target.binding-lowered',
      'documentNumber',
    ],
  ])('is refused with a precise problem, and appends nothing: %s', async (_, path, body, status, code, field) => {
    const before = await head();
    const answer = await server.post<Problem>(`${server.plan}${path}`, body);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status, code });
    if (field !== undefined) expect(answer.body.problems.map((problem) => problem.field)).toContain(field);
    expect(await head()).toBe(before);
  });

  it.each([
    ['no files', '{"folder":{}}', 'submission.files', 'files'],
    ['a file that is not text', '{"files":{"plan.yaml":1}}', 'submission.file', 'files.plan.yaml'],
    ['a lone surrogate in a file', '{"files":{"plan.yaml":"\\ud800"}}', 'submission.file', 'files.plan.yaml'],
    ['a lone surrogate in a file name', '{"files":{"\\ud800.md":"x"}}', 'submission.file', 'files.\ud800.md'],
    ['a folder without a plan', '{"files":{"targets.csv":""}}', 'submission.refused', undefined],
    ['a plan without a valid name', '{"files":{"plan.yaml":"plan: [1]"}}', 'submission.refused', 'plan'],
  ])('a submission with %s is refused with a precise problem, and appends nothing', async (_, body, code, field) => {
    const before = await head();
    const answer = await server.post<Problem>('/api/submissions', body);
    expect(answer.body).toMatchObject({ status: 400, code });
    if (field !== undefined) expect(answer.body.problems.map((problem) => problem.field)).toContain(field);
    expect(await head()).toBe(before);
  });

  it('a body that is too large, another media type, or a request that nobody signs is refused', async () => {
    const url = `${server.plan}${figure}/approval`;
    const large = await server.post<Problem>(url, JSON.stringify({ reason: 'x'.repeat(2_000_000) }));
    expect(large.body).toMatchObject({ status: 413, code: 'request.too-large' });
    const text = await server.post<Problem>(url, 'x', { 'content-type': 'text/plain' });
    expect(text.body).toMatchObject({ status: 415, code: 'request.media-type' });
    const nobody = await fetch(`${server.url}${url}`, { method: 'POST' });
    expect(await nobody.json()).toMatchObject({ status: 401, code: 'access.not-signed-in' });
  });

  it('random requests to any route never cause a server error, and refused ones append nothing', async () => {
    const document = (await server.get<OpenAPIObject>('/api/openapi.json')).body;
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ path, method })),
    );
    expect(operations.length).toBeGreaterThan(35);
    const names = Object.values(document.components!.schemas!).flatMap((schema) =>
      Object.keys(('properties' in schema && schema.properties) || {}),
    );
    // Rebuilds and exports are slow, and have no input to vary.
    const tried = operations.filter(({ path }) => !/rebuild|\/events$|docs/.test(path));
    const texts = fc.oneof(
      fc.constantFrom(
        'lishui-civil-affairs-2021-2025',
        '02',
        '331102',
        '331100',
        '2022',
        'midterm-2022',
        '1',
        'now',
        '2023-06-30',
        '-1',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    const values = fc.oneof(
      texts,
      fc.jsonValue({ maxDepth: 3 }),
      fc.double(),
      fc.constantFrom('1e400', '55.30', '２０２２'),
    );

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...tried),
        fc.array(texts, { minLength: 6, maxLength: 6 }),
        fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 6 })), values, { maxKeys: 6 }),
        async ({ path, method }, parts, fields) => {
          let at = 0;
          const url = path.replace(
            /\{\w+\}/g,
            () => encodeURIComponent((parts[at++ % parts.length] ?? '').toWellFormed()) || 'x',
          );
          const before = await head();
          const query = new URLSearchParams();
          for (const [name, value] of Object.entries(fields))
            query.append(
              name.toWellFormed(),
              (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed(),
            );
          const answer =
            method === 'post'
              ? await server.post<Problem>(url, fields)
              : await server.ask<Problem>(method.toUpperCase(), `${url}?${query.toString()}`);
          expect(answer.status).toBeLessThan(500);
          expect(answer.text).not.toMatch(/\bat .*\.(js|ts):\d+/);
          // Errors of the Model Context Protocol are those of JSON-RPC: src/mcp/mcp.int.spec.ts.
          if (answer.status >= 400 && url !== '/api/mcp') {
            expect(answer.headers.get('content-type')).toContain('application/problem+json');
            expect(answer.body.code).toMatch(/^[a-z0-9.-]+$/);
            expect(await head()).toBe(before);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
