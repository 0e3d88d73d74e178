import { ConfigError, isShareable, readConfig, type Config } from '../config.js';
import { DataFolder } from '../operations/data-folder.js';
import type { ProblemDetails } from '../http/api-models.js';

/** The API answered with a problem (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(readonly problem: ProblemDetails) {
    super(problem.detail);
  }
}

/** The server cannot be reached, or is still starting. */
export class ServerAway extends Error {
  override readonly name = 'ServerAway';
}

type Query = Readonly<Record<string, string | undefined>>;

/**
 * The command line's connection to the engine, always through the HTTP API: of the server that `TONGJIAN_SERVER` names, or
 * of the one that owns the data folder; otherwise a server runs in this process for the duration of the command. Whoever
 * has a token in `TONGJIAN_TOKEN` acts as its person, whoever can read the data folder as the operator of the machine.
 */
export class Connection {
  /** Position of the last write of this session. Reads wait until the views have reached it (read your own writes). */
  private written: string | undefined;

  private constructor(
    private readonly url: string,
    /** The header `Authorization`. */
    private readonly authorization: string,
    readonly close: () => Promise<void>,
  ) {}

  /** @throws {ConfigError} a server is named, and no token */
  static async open(data: string | undefined): Promise<Connection> {
    const { TONGJIAN_SERVER: server, TONGJIAN_TOKEN: token } = process.env;
    const bearer = token ? `Bearer ${token}` : undefined;
    if (server) {
      if (!bearer)
        throw new ConfigError('设置了 TONGJIAN_SERVER 的，须以 TONGJIAN_TOKEN 给出令牌：登录网页后在“令牌”签发');
      return new Connection(server, bearer, () => Promise.resolve());
    }
    const config = connecting(readConfig(process.env, { port: 0, data, role: 'all' }));
    const owner = DataFolder.owner(config.data);
    if (owner) {
      if (!owner.url) throw new ServerAway(`数据文件夹 ${config.data} 的进程 ${owner.pid} 还在启动：请稍后再试`);
      return new Connection(owner.url, bearer ?? `Operator ${owner.operatorKey}`, () => Promise.resolve());
    }
    // Imported dynamically, because the engine is only needed if it runs in this process.
    const { run } = await import('../start.js');
    const running = await run(config);
    return new Connection(running.url, bearer ?? `Operator ${running.operatorKey}`, () => running.stop());
  }

  /** @throws {ApiProblem} @throws {ServerAway} */
  async get<Answer>(path: string, query: Query = {}): Promise<Answer> {
    return (await (await this.request('GET', path, query)).json()) as Answer;
  }

  async text(path: string, query: Query = {}): Promise<string> {
    return (await this.request('GET', path, query)).text();
  }

  async bytes(path: string, query: Query = {}): Promise<Buffer> {
    return Buffer.from(await (await this.request('GET', path, query)).arrayBuffer());
  }

  /** @throws {ApiProblem} @throws {ServerAway} */
  async post<Answer>(path: string, body: object): Promise<Answer> {
    return (await (await this.request('POST', path, {}, body)).json()) as Answer;
  }

  /** Sends a message of the Model Context Protocol; undefined where none is answered. @throws {ApiProblem} @throws {ServerAway} */
  async message(message: object): Promise<object | undefined> {
    const response = await this.request('POST', 'mcp', {}, message, 'application/json, text/event-stream');
    return response.status === 202 ? undefined : ((await response.json()) as object);
  }

  /** Sends a file as it is, and receives one. @throws {ApiProblem} @throws {ServerAway} */
  async bytesFor(path: string, query: Query, bytes: Buffer): Promise<Buffer> {
    return Buffer.from(await (await this.request('POST', path, query, bytes)).arrayBuffer());
  }

  /** Sends a file as it is. @throws {ApiProblem} @throws {ServerAway} */
  async postBytes<Answer>(path: string, query: Query, bytes: Buffer): Promise<Answer> {
    return (await (await this.request('POST', path, query, bytes)).json()) as Answer;
  }

  /** Yields the lines of an NDJSON response as they arrive. @throws {ApiProblem} also if a line is a problem */
  async *lines<Line extends object>(method: 'GET' | 'POST', path: string, query: Query = {}, body?: object) {
    const response = await this.request(method, path, query, body, 'application/x-ndjson');
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      rest += decoder.decode(chunk, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop()!;
      for (const text of lines) {
        const line = JSON.parse(text) as Line & { problem?: ProblemDetails };
        if (line.problem) throw new ApiProblem(line.problem);
        yield line as Line;
      }
    }
  }

  private async request(method: string, path: string, query: Query, body?: object, accept = 'application/json') {
    const url = new URL(`/api/${path}`, this.url);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers: {
          accept,
          authorization: this.authorization,
          ...(this.written !== undefined && { 'tongjian-position': this.written }),
          ...(body && { 'content-type': body instanceof Buffer ? 'application/octet-stream' : 'application/json' }),
        },
        ...(body && { body: body instanceof Buffer ? new Uint8Array(body) : JSON.stringify(body) }),
      });
    } catch (error) {
      throw new ServerAway(`连不上 ${this.url}：${error instanceof Error ? error.message : String(error)}`);
    }
    this.written = response.headers.get('tongjian-position') ?? this.written;
    if (response.ok) return response;
    throw new ApiProblem(await problemIn(response));
  }
}

/** Configuration of a server for one command: it listens on loopback, and runs no projector on a shared store. */
const connecting = (config: Config): Config => ({
  ...config,
  host: '127.0.0.1',
  role: isShareable(config) ? 'web' : 'all',
});

/** The problem in a response. A request that is too long is refused by the HTTP server without a problem document. */
async function problemIn(response: Response): Promise<ProblemDetails> {
  if (response.headers.get('content-type')?.includes('json')) return (await response.json()) as ProblemDetails;
  const { status, statusText } = response;
  const code = `http.${status}`;
  const detail =
    status === 431 || status === 414 ? '请求过长，服务器不予接收：请缩短' : `服务器答复 ${status} ${statusText}`;
  return { type: `urn:tongjian:problem:${code}`, title: statusText, status, detail, code, problems: [] };
}

/** Joins parts to a URL path, each percent-encoded. */
export const path = (...parts: readonly string[]): string => parts.map(encodeURIComponent).join('/');
