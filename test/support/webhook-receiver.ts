import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly type: string;
  readonly data: { readonly unit?: string; readonly period?: string; readonly open?: readonly unknown[] };
}

/** An HTTP server on loopback that takes messages of webhooks, and answers as it is told. */
export interface WebhookReceiver {
  readonly url: string;
  readonly received: Received[];
  /** The status of its answers; undefined: it takes the message and does not answer. */
  status: number | undefined;
  close(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      received.push({ ...(JSON.parse(text) as Received), headers: request.headers, text });
      const { status } = receiver;
      if (status !== undefined) response.writeHead(status, { location: `${receiver.url}/elsewhere` }).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    status: 204,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
