import { formatActor, actorHeader } from '../access/actor.js';
import { isShareable, readConfig, type Config } from '../config.js';
import { DataFolder } from '../operations/data-folder.js';
import type { ProblemDetails } from '../http/api-models.js';
import type { Actor } from '../kernel/event.js';

/** The API refused: what to tell the person, and how the process ends. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(readonly problem: ProblemDetails) {
    super(problem.detail);
  }
}

export class ServerAway extends Error {
  override readonly name = 'ServerAway';
}

type Query = Readonly<Record<string, string | undefined>>;

/**
 * The one way of the command line to the engine: the HTTP API, of the server that owns the data folder where one runs,
 * else of one in this process for the time of the command.
 */
export class Connection {
  /** Where the last write of this session stands in the log: its reads wait for the views to have it. */
  private written: string | undefined;

  private constructor(
    private readonly url: string,
    private readonly actor: Actor,
    readonly close: () => Promise<void>,
  ) {}

  static async open(data: string | undefined, actor: Actor): Promise<Connection> {
    const config = connecting(readConfig(process.env, { port: 0, data, role: 'all' }));
    const owner = DataFolder.owner(config.data);
    if (owner) {
      if (!owner.url) throw new ServerAway(`数据文件夹 ${config.data} 的进程 ${owner.pid} 还在启动：请稍后再试`);
      return new Connection(owner.url, actor, () => Promise.resolve());
    }
    // The whole engine is loaded only where it runs here.
    const { run } = await import('../start.js');
    const running = await run(config);
    return new Connection(running.url, actor, () => running.stop());
  }

  /** @throws {ApiProblem} */
  async get<Answer>(path: string, query: Query = {}): Promise<Answer> {
    return (await (await this.request('GET', path, query)).json()) as Answer;
  }

  async text(path: string, query: Query = {}): Promise<string> {
    return (await this.request('GET', path, query)).text();
  }

  /** @throws {ApiProblem} */
  async post<Answer>(path: string, body: object): Promise<Answer> {
    return (await (await this.request('POST', path, {}, body)).json()) as Answer;
  }

  /** The lines of an NDJSON answer as they come. @throws {ApiProblem} also where a line is a problem */
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
          [actorHeader]: formatActor(this.actor),
          ...(this.written !== undefined && { 'tongjian-position': this.written }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw new ServerAway(`连不上 ${this.url}：${error instanceof Error ? error.message : String(error)}`);
    }
    this.written = response.headers.get('tongjian-position') ?? this.written;
    if (response.ok) return response;
    throw new ApiProblem(await problemIn(response));
  }
}

/** An engine for the time of one command: on loopback only, and on a shared store it leaves the views to the projectors. */
const connecting = (config: Config): Config => ({
  ...config,
  host: '127.0.0.1',
  role: isShareable(config) ? 'web' : 'all',
});

/** A request that is too long never reaches the API: what is in front of it refuses without a word of why. */
async function problemIn(response: Response): Promise<ProblemDetails> {
  if (response.headers.get('content-type')?.includes('json')) return (await response.json()) as ProblemDetails;
  const { status, statusText } = response;
  const code = `http.${status}`;
  const detail =
    status === 431 || status === 414 ? '请求过长，服务器不予接收：请缩短' : `服务器答复 ${status} ${statusText}`;
  return { type: `urn:tongjian:problem:${code}`, title: statusText, status, detail, code, problems: [] };
}

/** A path out of parts, each escaped. */
export const path = (...parts: readonly string[]): string => parts.map(encodeURIComponent).join('/');
