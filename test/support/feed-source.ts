import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the source answers: with its content, or as sources fail. */
export type SourceManner = 'answers' | 'hangs' | 'stalls' | 'breaks-off' | 'redirects' | 'floods' | number;

/** An HTTP server on loopback from which a feed is fetched. */
export interface FeedSourceServer {
  readonly url: string;
  content: string | Buffer;
  etag: string | undefined;
  manner: SourceManner;
  /** Of each request. */
  readonly asked: IncomingHttpHeaders[];
  /** Bytes that it got rid of while it flooded. */
  sent: number;
  close(): Promise<void>;
}

const block = Buffer.alloc(2 ** 20, 'x');

export async function startFeedSource(content: string): Promise<FeedSourceServer> {
  const server = createServer((request, response) => {
    source.asked.push(request.headers);
    const { manner, etag, content: body } = source;
    const headers = { ...(etag !== undefined && { etag }) };
    if (typeof manner === 'number') response.writeHead(manner).end();
    else if (manner === 'redirects') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    else if (manner === 'stalls') response.writeHead(200, headers).write('地区');
    else if (manner === 'breaks-off') {
      response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) + 100 });
      response.write(body, () => response.destroy());
    } else if (manner === 'floods') {
      response.writeHead(200, headers);
      const pour = (left: number) => {
        if (left === 0 || response.destroyed) return void response.end();
        source.sent += block.length;
        response.write(block, () => pour(left - 1));
      };
      response.on('error', () => undefined);
      pour(100);
    } else if (manner === 'answers') {
      if (etag !== undefined && request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(200, headers).end(body);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const source: FeedSourceServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/figures`,
    ...{ content, etag: undefined, manner: 'answers', asked: [], sent: 0 },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return source;
}
