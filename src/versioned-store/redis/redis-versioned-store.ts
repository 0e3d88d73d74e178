import { LRUCache } from 'lru-cache';
import type { Position } from '../../kernel/position.js';
import { strictJson } from '../../kernel/json.js';
import { toMilliseconds, type Instant } from '../../kernel/time.js';
import {
  CheckpointConflict,
  SecondVersion,
  StoreDamaged,
  UnknownView,
  assertVersion,
  isGeneration,
  nameOf,
  type AsOf,
  type ListOptions,
  type ReadView,
  type SwitchOptions,
  type Version,
  type VersionedStore,
  type ViewId,
  type ViewInfo,
  type ViewOptions,
  type WrittenDocument,
} from '../../kernel/versioned-store.js';
import { keyRange } from '../keys.js';
import {
  bodiesKey,
  boundsOf,
  checkedBody,
  documentPrefix,
  escapeKey,
  fieldOf,
  namesKey,
  readEntries,
  registryKey,
  stampOf,
  toVersion,
  toWritten,
  viewKey,
  type Entry,
} from './layout.js';
import { RedisConnection, type Argument, type Timeouts } from './redis-connection.js';
import { parseRedisUrl } from './redis-url.js';
import * as scripts from './scripts.js';

/** Index members or bodies read per call. Redis is single-threaded, so a large call would block other clients. */
const pageSize = 500;

/** A versioned store in Redis, shared by any number of processes. */
export class RedisVersionedStore implements VersionedStore {
  /** Versions read by lists and histories, up to 8 MiB of JSON. Versions are immutable, so entries never expire. */
  private readonly cache = new LRUCache<string, Version>({ maxSize: 8 * 2 ** 20 });

  /** Does not wait for the connection. @throws {WrongRedisUrl} the address is invalid */
  static open(url: string, { connectMs = 2_000, commandMs = 5_000 }: Partial<Timeouts> = {}): RedisVersionedStore {
    const place = parseRedisUrl(url);
    return new RedisVersionedStore(new RedisConnection(place, { connectMs, commandMs }), place.namespace);
  }

  private constructor(
    private readonly redis: RedisConnection,
    private readonly namespace: string,
  ) {}

  async views(): Promise<ViewInfo[]> {
    const names = await this.redis.call((redis) => redis.smembers(namesKey(this.namespace)));
    const views = await Promise.all(
      names.map(async (name) => viewInfos(name, await this.redis.call((redis) => redis.hgetall(this.key(name))))),
    );
    return views.flat().sort((a, b) => a.generation - b.generation);
  }

  async createView(name: string, version: number, { once }: ViewOptions = {}): Promise<ViewId> {
    const key = this.key(name);
    // Generation numbers start at the current time in milliseconds. So a Redis that lost data does not reuse a number
    // that a process may still hold.
    const registered = [registryKey(this.namespace), namesKey(this.namespace)];
    const generation = String(await this.redis.run(scripts.registerView, registered, [String(Date.now()), name]));
    await this.redis.run(scripts.createView, [key], [generation, String(version), once ? '1' : '0']);
    return { name, generation: Number(generation) };
  }

  async switchTo(view: ViewId, { notBehind }: SwitchOptions = {}): Promise<void> {
    const [outcome, live, own] = await this.write(scripts.switchTo, view, [notBehind ? '1' : '0']);
    if (outcome === 'unknown') throw unknown(view);
    if (outcome === 'behind') throw new CheckpointConflict(view, live || undefined, own || undefined);
  }

  async dropView(view: ViewId): Promise<void> {
    await this.write(scripts.dropView, view);
  }

  async commit(
    view: ViewId,
    versions: readonly Version[],
    { from, to }: { from: Position | undefined; to: Position },
  ): Promise<void> {
    const [outcome, what] = await this.write(scripts.commit, view, [from ?? '', to, ...commitArguments(versions)]);
    if (outcome === 'unknown') throw unknown(view);
    if (outcome === 'conflict') throw new CheckpointConflict(view, from, what || undefined);
    if (outcome === 'second') throw new SecondVersion(view, versions[Number(what)]!.key);
  }

  async get(view: ReadView, key: string, asOf?: AsOf): Promise<Version | undefined> {
    const found = await this.read(scripts.getVersion, view, [boundsOf(asOf), documentPrefix(key)]);
    const entry = found?.entries[0];
    if (!entry) return undefined;
    const body = entry.body ?? found.rest[0];
    if (!body) throw missing(entry);
    return toVersion(entry, body);
  }

  async list(view: ReadView, prefix: string, options: ListOptions = {}): Promise<Version[]> {
    return this.readPages(view, prefix, options, (generation, entries) => this.versions(generation, entries));
  }

  async listWritten(view: ReadView, prefix: string, options: ListOptions = {}): Promise<WrittenDocument[]> {
    return this.readPages(view, prefix, options, (generation, entries) => this.written(generation, entries));
  }

  /** Lists the versions under a prefix page by page; `read` turns the index entries of a page into documents. */
  private async readPages<Document>(
    view: ReadView,
    prefix: string,
    options: ListOptions,
    read: (view: ViewId, entries: readonly Entry[]) => Promise<Document[]>,
  ): Promise<Document[]> {
    const { from, before } = keyRange(prefix, options);
    const bounds = boundsOf(options.asOf);
    const first = `[${escapeKey(from)}`;
    const last = before === undefined ? '+' : `(${escapeKey(before)}`;
    const [start, end] = options.reverse ? [last, first] : [first, last];
    const limit = Math.max(0, options.limit ?? Infinity);
    return withRetryAfterSwitch(view, async () => {
      const pages: Promise<Document[]>[] = [];
      let count = 0;
      let reading = view;
      let next: Argument = start;
      do {
        const wanted = Math.min(pageSize, limit - count);
        // Examine more members than wanted, because some documents may not have existed as of the moment.
        const examined = Math.max(wanted, 32);
        const found = await this.read(scripts.listVersions, reading, [
          bounds,
          next,
          end,
          String(wanted),
          String(examined),
          options.reverse ? 'ZREVRANGEBYLEX' : 'ZRANGEBYLEX',
        ]);
        if (!found) return [];
        reading = found.view;
        next = found.rest[0]!;
        count += found.entries.length;
        // The bodies of this page load while the next page is searched. Errors surface in Promise.all below.
        const page = read(found.view, found.entries);
        page.catch(() => undefined);
        pages.push(page);
      } while (next.length > 0 && count < limit);
      return (await Promise.all(pages)).flat();
    });
  }

  async history(view: ReadView, key: string, asOf?: AsOf): Promise<Version[]> {
    const given = [boundsOf(asOf), documentPrefix(key)];
    return withRetryAfterSwitch(view, async () => {
      const found = await this.read(scripts.getHistory, view, given);
      return found ? this.versions(found.view, found.entries) : [];
    });
  }

  close(): Promise<void> {
    return this.redis.close();
  }

  /** Runs a writing script and returns its reply as text. */
  private async write(script: scripts.Script, view: ViewId, given: readonly Argument[] = []): Promise<string[]> {
    const answer = await this.redis.run(script, [this.key(view.name)], [String(view.generation), ...given]);
    return (answer as unknown[]).map(String);
  }

  /**
   * Runs a reading script; undefined if the view has no live generation.
   * @throws {UnknownView} the given generation does not exist
   * @throws {ViewOfAnotherVersion} the live generation has another version than asked for
   */
  private async read(script: scripts.Script, view: ReadView, given: readonly Argument[]): Promise<Found | undefined> {
    const name = nameOf(view);
    const generation = isGeneration(view) ? view.generation : '';
    const answer = (await this.redis.run(script, [this.key(name)], [String(generation), ...given])) as Answer | null;
    if (answer) {
      const [found, version, once, members, ...rest] = answer;
      assertVersion(view, Number(version.toString()));
      return {
        view: { name, generation: Number(found.toString()) },
        entries: readEntries(members, once.toString() === '1'),
        rest,
      };
    }
    if (isGeneration(view)) throw unknown(view);
    return undefined;
  }

  /** The versions of index entries, in order. @throws {UnknownView} the view was dropped meanwhile */
  private async versions(view: ViewId, entries: readonly Entry[]): Promise<Version[]> {
    const names = entries.map(({ record }) => `${view.generation} ${record.toString('latin1')}`);
    const known = names.map((name) => this.cache.get(name));
    const bodies = await this.bodies(
      view,
      entries.filter(({ body }, at) => !body && !known[at]),
    );
    return entries.map((entry, at) => {
      if (known[at]) return known[at];
      const body = entry.body ?? bodies.get(entry)!;
      const version = toVersion(entry, body);
      if (!entry.body) this.cache.set(names[at]!, version, { size: body.length });
      return version;
    });
  }

  /** The documents of index entries, with unparsed bodies. @throws {UnknownView} the view was dropped meanwhile */
  private async written(view: ViewId, entries: readonly Entry[]): Promise<WrittenDocument[]> {
    const bodies = await this.bodies(
      view,
      entries.filter(({ body }) => !body),
    );
    return entries.map((entry) => toWritten(entry, entry.body ?? bodies.get(entry)!));
  }

  private async bodies(view: ViewId, entries: readonly Entry[]): Promise<Map<Entry, Buffer>> {
    const key = bodiesKey(this.key(view.name), view.generation);
    const bodies = new Map<Entry, Buffer>();
    for (let first = 0; first < entries.length; first += pageSize) {
      const fields = entries.slice(first, first + pageSize).map(fieldOf);
      const read = await this.redis.call((redis) => redis.hmgetBuffer(key, ...fields));
      for (const [at, body] of read.entries()) {
        const entry = entries[first + at]!;
        if (!body) throw (await this.isKnown(view)) ? missing(entry) : unknown(view);
        bodies.set(entry, body);
      }
    }
    return bodies;
  }

  private isKnown({ name, generation }: ViewId): Promise<boolean> {
    return this.redis.call(async (redis) => (await redis.hexists(this.key(name), `${generation}:once`)) === 1);
  }

  private key(name: string): string {
    return viewKey(this.namespace, name);
  }
}

/** The reply of a reading script. */
type Answer = [generation: Buffer, version: Buffer, once: Buffer, members: Buffer[], ...rest: Buffer[]];

interface Found {
  /** The generation that was read. */
  readonly view: ViewId;
  readonly entries: readonly Entry[];
  readonly rest: readonly Buffer[];
}

/** Runs a read of several steps. If a switch drops the generation meanwhile, a read by name starts again. */
async function withRetryAfterSwitch<Result>(view: ReadView, read: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (isGeneration(view) || !(error instanceof UnknownView)) throw error;
    }
  }
}

function commitArguments(versions: readonly Version[]): Argument[] {
  // Versions of one event have the same known time, mostly also those of one append. So it is parsed only when it
  // changes.
  let moment: Instant | undefined;
  let milliseconds = 0;
  return versions.flatMap(({ key, position, knownAt, body }) => {
    if (knownAt !== moment) milliseconds = toMilliseconds((moment = knownAt));
    const stamp = stampOf(milliseconds, position);
    return [documentPrefix(key), stamp, checkedBody(key, stamp, strictJson(body))];
  });
}

/** The generations of a view, from the fields of its hash. */
function viewInfos(name: string, fields: Readonly<Record<string, string>>): ViewInfo[] {
  const generations = Object.keys(fields).flatMap((field) => /^(\d+):once$/.exec(field)?.[1] ?? []);
  return generations.map((generation) => ({
    name,
    generation: Number(generation),
    version: Number(fields[`${generation}:version`]),
    checkpoint: fields[`${generation}:checkpoint`],
    live: fields.live === generation,
  }));
}

const unknown = ({ name, generation }: ViewId) => new UnknownView(`view ${name}@${generation} does not exist`);
const missing = ({ key }: Entry) =>
  new StoreDamaged(`the index refers to a version of ${key.toString()} that is missing`);
