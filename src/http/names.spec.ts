import express from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setPrincipal, withRequest, type Principal } from '../access/principal.js';
import { putNames, withNames } from './names.js';

const [zhou, erased, unknown] = ['p_aaaaaaaaaaaaaaaaaaaa', 'p_bbbbbbbbbbbbbbbbbbbb', 'p_cccccccccccccccccccc'] as const;
const names = { of: (id: string) => ({ [zhou]: '周敏', [erased]: '已注销人员' })[id] };

describe('names stand in for ids', () => {
  it('in JSON, but not under the keys that are for ids', () => {
    const json = JSON.stringify({
      ...{ id: zhou, person: zhou, authid: zhou },
      ...{ name: zhou, by: zhou, text: `由 ${zhou} 更正`, list: [zhou] },
    });
    expect(JSON.parse(withNames(json, names))).toEqual({
      ...{ id: zhou, person: zhou, authid: zhou },
      ...{ name: '周敏', by: '周敏', text: '由 周敏 更正', list: ['周敏'] },
    });
  });

  it('in each line of NDJSON', () => {
    const line = `{"person":"${zhou}","name":"${zhou}"}`;
    expect(withNames(`${line}\n${line}\n`, names)).toBe(`{"person":"${zhou}","name":"周敏"}\n`.repeat(2));
  });

  it('in CSV and HTML', () => {
    expect(withNames(`a,${zhou},"${zhou}"\r\n`, names)).toBe('a,周敏,"周敏"\r\n');
    expect(withNames(`<td>${zhou}</td>`, names)).toBe('<td>周敏</td>');
  });

  it('in the cell of the name, not in that of the id, which comes after it', () => {
    expect(withNames(`1,${zhou},${zhou},331102\r\n`, names)).toBe(`1,周敏,${zhou},331102\r\n`);
    expect(withNames(`1,${zhou},${erased},${unknown},${unknown}`, names)).toBe(
      `1,周敏,已注销人员,${unknown},${unknown}`,
    );
  });

  it('for whoever was erased in the words for it', () => {
    expect(withNames(`{"by":"${erased}"}`, names)).toBe('{"by":"已注销人员"}');
  });

  it('but not where there is no name, or the id is a part of an address', () => {
    for (const text of [`{"by":"${unknown}"}`, `/api/people/${zhou}`, `x${zhou}`, `${zhou}x`, 'p_short', '没有人']) {
      expect(withNames(text, names)).toBe(text);
    }
  });
});

describe('an answer has names', () => {
  const reader: Principal = {
    ...{ id: zhou, means: 'web' },
    grants: [{ grant: 'g1', role: 'reporter', from: '2026-01-01T00:00:00.000Z' }],
  };
  const external: Principal = { ...reader, grants: [{ ...reader.grants[0]!, role: 'external-evaluator' }] };
  const program: Principal = { ...reader, means: 'token' };

  /** Answers one request as somebody sends it. */
  async function answered(principal: Principal | undefined, answer: (response: express.Response) => void) {
    const app = express();
    app.use((_, __, next) => withRequest(next));
    app.use(putNames(names));
    app.get('/', (_, response) => {
      if (principal) setPrincipal(principal);
      answer(response);
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/`);
      const text = await response.text();
      const length = response.headers.get('content-length');
      if (length !== null) expect(Number(length)).toBe(Buffer.byteLength(text));
      return text;
    } finally {
      server.close();
    }
  }

  it.each<[string, (response: express.Response) => void, string]>([
    ['of JSON', (response) => void response.json({ by: zhou }), '{"by":"周敏"}'],
    [
      'of bytes of JSON',
      (response) => void response.type('json').send(Buffer.from(JSON.stringify({ by: zhou }))),
      '{"by":"周敏"}',
    ],
    [
      'of a problem',
      (response) => void response.type('application/problem+json').send(`{"detail":"${zhou}"}`),
      '{"detail":"周敏"}',
    ],
    ['of HTML', (response) => void response.type('html').send(`<p>${zhou}</p>`), '<p>周敏</p>'],
    ['of CSV', (response) => void response.type('text/csv').send(`${zhou}\r\n`), '周敏\r\n'],
    [
      'in parts',
      (response) => {
        response.type('application/x-ndjson');
        response.write(`{"by":"${zhou}"}\n`);
        response.write(`{"by":"${erased}"}\n`);
        response.end();
      },
      '{"by":"周敏"}\n{"by":"已注销人员"}\n',
    ],
    ['but not of other bytes', (response) => void response.type('application/pdf').send(Buffer.from(zhou)), zhou],
  ])('%s', async (_, answer, expected) => expect(await answered(reader, answer)).toBe(expected));

  it('only for people of the house', async () => {
    for (const principal of [external, program, undefined, { ...reader, grants: [] }]) {
      expect(await answered(principal, (response) => void response.json({ by: zhou }))).toBe(`{"by":"${zhou}"}`);
    }
  });
});
