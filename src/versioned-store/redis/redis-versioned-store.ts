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
import { RedisConnection, type Argument, type Patience } from './redis-connection.js';
import { parseRedisUrl } from './redis-url.js';
import * as scripts from './scripts.js';

/** How many members of an index, or bodies, are read at once: Redis does nothing else meanwhile. */
const atOnce = 500;

/** Views in Redis, which any number of programs share. */
export class RedisVersionedStore implements VersionedStore {
  /** What lists and histories have read; so many bytes of JSON. A version never changes. */
  private readonly read = new LRUCache<string, Version>({ maxSize: 8 * 2 ** 20 });

  /** Does not wait for the connection. @throws {WrongRedisUrl} */
  static open(url: string, { connecting = 2_000, answer = 5_000 }: Partial<Patience> = {}): RedisVersionedStore {
    const place = parseRedisUrl(url);
    return new RedisVersionedStore(new RedisConnection(place, { connecting, answer }), place.namespace);
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
    // Numbers begin at the clock: a Redis that lost its newest writes, or all, must not give one again that somebody holds.
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
    const [outcome, what] = await this.write(scripts.commit, view, [from ?? '', to, ...versionsGiven(versions)]);
    if (outcome === 'unknown') throw unknown(view);
    if (outcome === 'conflict') throw new CheckpointConflict(view, from, what || undefined);
    if (outcome === 'second') throw new SecondVersion(view, versions[Number(what)]!.key);
  }

  async get(view: ReadView, key: string, asOf?: AsOf): Promise<Version | undefined> {
    const found = await this.ask(scripts.getVersion, view, [boundsOf(asOf), documentPrefix(key)]);
    const entry = found?.entries[0];
    if (!entry) return undefined;
    const body = entry.body ?? found.rest[0];
    if (!body) throw missing(entry);
    return toVersion(entry, body);
  }

  async list(view: ReadView, prefix: string, options: ListOptions = {}): Promise<Version[]> {
    return this.found(view, prefix, options, (of, entries) => this.versions(of, entries));
  }

  async listWritten(view: ReadView, prefix: string, options: ListOptions = {}): Promise<WrittenDocument[]> {
    return this.found(view, prefix, options, (of, entries) => this.written(of, entries));
  }

  /** What `read` makes of those that stand under a prefix. */
  private async found<Document>(
    view: ReadView,
    prefix: string,
    options: ListOptions,
    read: (view: ViewId, entries: readonly Entry[]) => Promise<Document[]>,
  ): Promise<Document[]> {
    const { from, before } = keyRange(prefix, options.after);
    const bounds = boundsOf(options.asOf);
    const end = before === undefined ? '+' : `(${escapeKey(before)}`;
    const limit = Math.max(0, options.limit ?? Infinity);
    return steadily(view, async () => {
      const pages: Promise<Document[]>[] = [];
      let count = 0;
      let reading = view;
      let next: Argument = `[${escapeKey(from)}`;
      do {
        const wanted = Math.min(atOnce, limit - count);
        // Some of those it looks at may not have existed at the moment.
        const looked = Math.max(wanted, 32);
        const found = await this.ask(scripts.listVersions, reading, [
          bounds,
          next,
          end,
          String(wanted),
          String(looked),
        ]);
        if (!found) return [];
        reading = found.view;
        next = found.rest[0]!;
        count += found.entries.length;
        // The bodies of a page come while the next is looked for.
        const page = read(found.view, found.entries);
        page.catch(() => undefined);
        pages.push(page);
      } while (next.length > 0 && count < limit);
      return (await Promise.all(pages)).flat();
    });
  }

  async history(view: ReadView, key: string, asOf?: AsOf): Promise<Version[]> {
    const given = [boundsOf(asOf), documentPrefix(key)];
    return steadily(view, async () => {
      const found = await this.ask(scripts.getHistory, view, given);
      return found ? this.versions(found.view, found.entries) : [];
    });
  }

  close(): Promise<void> {
    return this.redis.close();
  }

  /** What one of the writing scripts says. */
  private async write(script: scripts.Script, view: ViewId, given: readonly Argument[] = []): Promise<string[]> {
    const answer = await this.redis.run(script, [this.key(view.name)], [String(view.generation), ...given]);
    return (answer as unknown[]).map(String);
  }

  /** What one of the reading scripts finds; undefined for a name that has no live generation. @throws {UnknownView} */
  private async ask(script: scripts.Script, view: ReadView, given: readonly Argument[]): Promise<Found | undefined> {
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

  /** @throws {UnknownView} the view was dropped meanwhile */
  private async versions(view: ViewId, entries: readonly Entry[]): Promise<Version[]> {
    const names = entries.map(({ record }) => `${view.generation} ${record.toString('latin1')}`);
    const known = names.map((name) => this.read.get(name));
    const bodies = await this.bodies(
      view,
      entries.filter(({ body }, at) => !body && !known[at]),
    );
    return entries.map((entry, at) => {
      if (known[at]) return known[at];
      const body = entry.body ?? bodies.get(entry)!;
      const version = toVersion(entry, body);
      if (!entry.body) this.read.set(names[at]!, version, { size: body.length });
      return version;
    });
  }

  /** @throws {UnknownView} the view was dropped meanwhile */
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
    for (let first = 0; first < entries.length; first += atOnce) {
      const fields = entries.slice(first, first + atOnce).map(fieldOf);
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

/** What a reading script answers. */
type Answer = [generation: Buffer, version: Buffer, once: Buffer, members: Buffer[], ...rest: Buffer[]];

interface Found {
  /** The generation that was read. */
  readonly view: ViewId;
  readonly entries: readonly Entry[];
  readonly rest: readonly Buffer[];
}

/** Reads in several steps from one generation, and begins again where it was by name and a switch drops that one meanwhile. */
async function steadily<Result>(view: ReadView, read: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (isGeneration(view) || !(error instanceof UnknownView)) throw error;
    }
  }
}

function versionsGiven(versions: readonly Version[]): Argument[] {
  // Versions of one event, and of one commit of the log, bear the same moment.
  let moment: Instant | undefined;
  let milliseconds = 0;
  return versions.flatMap(({ key, position, knownAt, body }) => {
    if (knownAt !== moment) milliseconds = toMilliseconds((moment = knownAt));
    const stamp = stampOf(milliseconds, position);
    return [documentPrefix(key), stamp, checkedBody(key, stamp, strictJson(body))];
  });
}

/** The generations of a name, as its hash tells of them. */
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

const unknown = ({ name, generation }: ViewId) => new UnknownView(`there is no view ${name}@${generation}`);
const missing = ({ key }: Entry) =>
  new StoreDamaged(`the index names a version of ${key.toString()} that is not there`);
