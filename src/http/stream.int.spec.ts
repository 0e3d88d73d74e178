import { createServer, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';
import { writeTo } from './stream.js';

it('a long answer to a slow reader waits for it, and keeps nothing of each wait', async () => {
  const part = 'x'.repeat(100_000);
  const parts = 200;
  const listening: number[] = [];
  const server = createServer((_, response) => {
    const write = async () => {
      for (let at = 0; at < parts; at++) {
        await writeTo(response as Response, part);
        listening.push(response.listenerCount('close') + response.listenerCount('drain'));
      }
      response.end();
    };
    void write();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const sent = get(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    let length = 0;
    for await (const chunk of answer) length += (chunk as Buffer).length;
    expect(length).toBe(parts * part.length);
    expect(new Set(listening).size).toBe(1);
  } finally {
    server.close();
  }
});
