import express from 'express';
import helmet from 'helmet';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';
import { compressAnswers } from './compression.js';
import { pageIn } from './page.js';

const index = '<!doctype html><title>通鉴</title>';
const script = 'console.log("通鉴")';
const html = 'text/html,application/xhtml+xml,*/*;q=0.8';

let folder: TemporaryFolder;
let server: Server;
beforeAll(async () => {
  folder = await temporaryFolder();
  mkdirSync(folder.path('assets'));
  const write = (name: string, text: string, compressed: boolean) => {
    writeFileSync(folder.path(name), text);
    if (!compressed) return;
    writeFileSync(folder.path(`${name}.br`), brotliCompressSync(text));
    writeFileSync(folder.path(`${name}.gz`), gzipSync(text));
  };
  write('index.html', index, true);
  write('robots.txt', 'User-agent: *', false);
  write('assets/index-1.js', script, true);
  write('assets/plain-1.js', script, false);
  const app = express();
  app.use(helmet());
  app.use('/api', compressAnswers);
  app.use(pageIn(folder.path()));
  app.get('/api/long', (_, response) => void response.json({ text: '数'.repeat(2_000) }));
  app.post('/api/long', (_, response) => void response.json({ text: '数'.repeat(2_000) }));
  app.get('/api/stream', (_, response) => {
    response.type('application/x-ndjson').write(`${'x'.repeat(2_000)}\n`);
    response.end();
  });
  app.use((_, response) => void response.status(404).json({ code: 'route.unknown' }));
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(async () => {
  server.close();
  await folder.remove();
});

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) });
      });
    })
      .on('error', reject)
      .end();
  });

describe('the page', () => {
  it.each([
    '/',
    '/index.html',
    '/p/lishui',
    '/p/lishui/indicators/04?asOf=2023-06-30',
    '/login',
    '/p/a.b',
    '/%E0%A4%A',
  ])('opens at %s, is asked after each time, and told by its ETag that it has not changed', async (path) => {
    const { status, headers, body } = await ask(path, { accept: html });
    expect([status, headers['cache-control'], body.toString()]).toEqual([200, 'no-cache', index]);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await ask(path, { accept: html, 'if-none-match': headers.etag! })).status).toBe(304);
    const head = await ask(path, { accept: html }, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([
      ...[200, String(Buffer.byteLength(index)), 0],
    ]);
  });

  it.each([
    ['GET', '/api', html],
    ['GET', '/API/plans', html],
    ['GET', '/assets/of-another-version.js', html],
    ['GET', '/assets/', html],
    ['GET', '/p/lishui', '*/*'],
    ['GET', '/p/lishui', 'application/json'],
    ['POST', '/p/lishui', html],
    ['DELETE', '/', html],
  ])('is not the answer to %s %s with Accept: %s', async (method, path, accept) => {
    const { status, headers, body } = await ask(path, { accept, 'accept-encoding': 'br, gzip' }, method);
    expect([status, headers['content-encoding'], body.toString()]).toEqual([
      ...[404, undefined, '{"code":"route.unknown"}'],
    ]);
  });

  it('sends the policies of documents with documents and errors, and with files their type alone', async () => {
    const policies = async (path: string) => {
      const { headers } = await ask(path, { accept: html, 'accept-encoding': 'br' });
      return ['content-security-policy', 'x-frame-options', 'x-content-type-options'].map((name) => name in headers);
    };
    for (const asset of ['/assets/index-1.js', '/assets/plain-1.js']) {
      expect([asset, ...(await policies(asset))]).toEqual([asset, false, false, true]);
    }
    for (const document of ['/', '/p/lishui', '/assets/of-another-version.js', '/api/long']) {
      expect([document, ...(await policies(document))]).toEqual([document, true, true, true]);
    }
  });

  it('sends files as they were compressed, in the form that the client takes', async () => {
    const asset = (encoding: string) => ask('/assets/index-1.js', { 'accept-encoding': encoding });
    const [brotli, gzip, none] = [await asset('gzip, deflate, br'), await asset('gzip'), await asset('identity')];
    expect(brotliDecompressSync(brotli.body).toString()).toBe(script);
    expect(gunzipSync(gzip.body).toString()).toBe(script);
    expect(none.body.toString()).toBe(script);
    for (const { headers } of [brotli, gzip, none]) {
      expect([headers['content-type'], headers['cache-control'], headers.vary]).toEqual([
        ...['text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'Accept-Encoding'],
      ]);
    }
    expect([brotli, gzip, none].map(({ headers }) => headers['content-encoding'])).toEqual(['br', 'gzip', undefined]);
    const plain = await ask('/assets/plain-1.js', { 'accept-encoding': 'br' });
    expect([plain.headers['content-encoding'], plain.body.toString()]).toEqual([undefined, script]);
    const opened = await ask('/p/lishui', { accept: html, 'accept-encoding': 'br' });
    expect(brotliDecompressSync(opened.body).toString()).toBe(index);
    expect((await ask('/')).body.toString()).toBe(index);
    expect((await ask('/robots.txt')).headers['cache-control']).toBe('no-cache');
  });
});

describe('answers', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('to GET are compressed with %s, and known by one ETag', async (encoding, open) => {
    const { headers, body } = await ask('/api/long', { 'accept-encoding': encoding });
    expect([headers['content-encoding'], headers.vary]).toEqual([encoding, 'Accept-Encoding']);
    expect(body.length).toBe(Number(headers['content-length']));
    const plain = await ask('/api/long');
    expect(open(body).equals(plain.body)).toBe(true);
    expect(headers.etag).toBe(plain.headers.etag);
    expect((await ask('/api/long', { 'if-none-match': headers.etag!, 'accept-encoding': encoding })).status).toBe(304);
  });

  it('are not compressed where they are streams, answer another method, or the client does not take it', async () => {
    const encodingOf = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).headers['content-encoding'];
    expect(await encodingOf('/api/stream', { 'accept-encoding': 'br' })).toBeUndefined();
    expect(await encodingOf('/api/long', { 'accept-encoding': 'br' }, 'POST')).toBeUndefined();
    expect(await encodingOf('/api/long', { 'accept-encoding': 'br;q=0' })).toBeUndefined();
    expect(await encodingOf('/api/long')).toBeUndefined();
  });
});
