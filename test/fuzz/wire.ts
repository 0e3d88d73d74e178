import { Agent, request as send } from 'node:http';
import type { WireRequest } from './requests.js';

export interface WireAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Sends requests unchanged: the path is not normalised, and only headers that HTTP requires are added. */
export class Wire {
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  send({ method, path, headers, body }: WireRequest): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(this.url);
      // Always set, because without it the body of a method such as GET would be read as the next request.
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const options = { agent: this.agent, hostname, port, method, path, headers: { ...headers, ...length } };
      const outgoing = send(options, (response) => {
        let text = '';
        const contentType = response.headers['content-type'] ?? '';
        if (contentType.startsWith('text/event-stream') && response.statusCode === 200) {
          // It goes on until somebody ends it.
          response.on('error', () => undefined).destroy();
          resolve({ status: 200, contentType, text });
          return;
        }
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode!, contentType, text }));
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
