import { isDeepStrictEqual } from 'node:util';
import {
  cappedFor,
  currentPrincipal,
  externalGrant,
  seesAll,
  unitsGranted,
  unitsSeen,
  type Principal,
} from '../access/principal.js';
import type { EventMark } from '../http/unit-sight.js';
import type { RecordedEvent } from '../kernel/event.js';
import { WrittenJson } from '../kernel/json.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { AsOf, ListOptions, Version, VersionedStore, WrittenDocument } from '../kernel/versioned-store.js';
import { Views } from '../kernel/views.js';
import { planProjection } from '../plans/plan.projection.js';
import { above } from '../plans/units-in-time.js';
import type { AnySight, Looking, Sight } from '../slice/sight.js';

/**
 * The views as the sender of the request at hand may see them. Whatever is composed of them, totals included, holds no
 * more than that. The program's own work, which no request asked for, sees all.
 */
export class SightedViews extends Views {
  private readonly sights: ReadonlyMap<string, Sight>;

  constructor(
    store: VersionedStore,
    sights: readonly AnySight[],
    private readonly announced: ReadonlySet<string>,
  ) {
    super(store);
    // The sight is given documents of its own projection only.
    this.sights = new Map(sights.map((sight) => [sight.projection.name, sight as unknown as Sight]));
  }

  override async get<Body>(projection: Projection<Body>, key: string, asOf?: AsOf): Promise<Version<Body> | undefined> {
    const version = await super.get(projection, key, this.capped(projection, key, asOf));
    const look = await this.lookAt(projection, key);
    return look && version ? seen([version], look)[0] : version;
  }

  override async list<Body>(
    projection: Projection<Body>,
    prefix: string,
    given: ListOptions = {},
  ): Promise<Version<Body>[]> {
    const options = this.cappedIn(projection, prefix, given);
    const look = await this.lookAt(projection, prefix);
    if (!look) return super.list(projection, prefix, options);
    return filled(options, async (part) => {
      const versions = await super.list(projection, prefix, part);
      return { read: versions, seen: seen(versions, look) };
    });
  }

  override async listWritten<Body>(
    projection: Projection<Body>,
    prefix: string,
    given: ListOptions = {},
  ): Promise<WrittenDocument<Body>[]> {
    const options = this.cappedIn(projection, prefix, given);
    const look = await this.lookAt(projection, prefix);
    if (!look) return super.listWritten(projection, prefix, options);
    return filled(options, async (part) => {
      const read = await super.listWritten(projection, prefix, part);
      const bodies = read.map(({ key, body }) => ({ key, body: body.toJSON() }));
      const written = seen(bodies, look).map(({ key, body }) => ({
        key,
        body: new WrittenJson<Body>(JSON.stringify(body)),
      }));
      return { read, seen: written };
    });
  }

  override async history<Body>(projection: Projection<Body>, key: string, asOf?: AsOf): Promise<Version<Body>[]> {
    const versions = await super.history(projection, key, this.capped(projection, key, asOf));
    const look = await this.lookAt(projection, key);
    return look ? seen(versions, look) : versions;
  }

  /** Whether the sender of the request sees values of the unit that are not approved. */
  async seesUnit(plan: string, unit: string): Promise<boolean> {
    const principal = currentPrincipal();
    if (!principal) return false;
    return seesAll(principal, plan) || (await this.looking(principal, plan)).sees(unit);
  }

  /**
   * Whether the event changed anything that the sender of the request sees: a value that waits changes nothing for those
   * who see approved values only.
   */
  async seesChange({ stream, position, knownAt }: EventMark): Promise<boolean> {
    const principal = currentPrincipal();
    if (!principal) return false;
    const { category, plan } = parseStreamName(stream);
    if (!this.announced.has(category)) return false;
    const sight = [...this.sights.values()].find(({ projection }) => projection.category === category);
    const last = sight?.goesOn ? undefined : externalGrant(principal, plan)?.moment;
    if (last !== undefined && knownAt > last) return false;
    if (!sight || seesAll(principal, plan)) return true;
    // The documents of which only a part is seen have keys that are made of the stream's name alone.
    const key = sight.projection.keys({ stream } as RecordedEvent)[0]!;
    const look = (await this.lookAt(sight.projection, key))!;
    const [before, after] = (await super.history(sight.projection, key, { position })).slice(-2);
    const latest = after ?? before;
    if (latest?.position !== position) return false;
    return !isDeepStrictEqual(content(look(latest.body)), content(after && before && look(before.body)));
  }

  /** The moment to read as of; an evaluation goes on after the last one of third parties. */
  private capped<Body>({ name }: Projection<Body>, key: string, asOf?: AsOf): AsOf | undefined {
    const [plan = ''] = key.split('/');
    return this.sights.get(name)?.goesOn ? asOf : cappedFor(plan, asOf);
  }

  private cappedIn<Body>(projection: Projection<Body>, prefix: string, options: ListOptions): ListOptions {
    const asOf = this.capped(projection, prefix, options.asOf);
    return { ...options, ...(asOf && { asOf }) };
  }

  /** How documents under a key are seen; undefined where they are seen whole. */
  private async lookAt<Body>(projection: Projection<Body>, key: string): Promise<Look<Body> | undefined> {
    const sight = this.sights.get(projection.name) as Sight<Body> | undefined;
    const principal = currentPrincipal();
    const [plan = ''] = key.split('/');
    if (!sight || (principal && seesAll(principal, plan))) return undefined;
    if (!principal) return () => undefined;
    const looking = await this.looking(principal, plan);
    return (body) => sight.seen(body, looking);
  }

  private async looking(principal: Principal, plan: string): Promise<Looking> {
    const document = (await super.get(planProjection, plan))?.body;
    const units = document?.units ?? [];
    const within = (granted: readonly (string | undefined)[]) => (unit: string) =>
      granted.includes(undefined) || [unit, ...above(units, unit)].some((each) => granted.includes(each));
    // A token is for a part of what its person sees: both have to cover the unit.
    const inToken = within([principal.token?.unit]);
    const ofOwn = within(unitsSeen(principal, plan));
    const isForAll = document?.reporting?.visibility !== 'unit';
    const approved = within(isForAll ? [undefined] : unitsGranted(principal, plan));
    return {
      principal,
      plan,
      sees: (unit) => inToken(unit) && ofOwn(unit),
      seesApproved: (unit) => inToken(unit) && approved(unit),
    };
  }
}

/** Each event of a stream raises the revision, whether or not more than that is seen of it. */
function content(body: unknown): unknown {
  if (body === undefined) return undefined;
  const { revision: _, ...rest } = body as { readonly revision?: number };
  return rest;
}

type Look<Body> = (body: Body) => Body | undefined;

function seen<Body, Each extends { readonly body: Body }>(versions: readonly Each[], look: Look<Body>): Each[] {
  return versions.flatMap((version) => {
    const body = look(version.body);
    return body === undefined ? [] : [body === version.body ? version : { ...version, body }];
  });
}

/** Reads on until the page is full, or nothing is left: what is not seen must not make a page look like the last. */
async function filled<Each extends { readonly key: string }>(
  { limit, after, ...rest }: ListOptions,
  read: (part: ListOptions) => Promise<{ read: readonly { readonly key: string }[]; seen: readonly Each[] }>,
): Promise<Each[]> {
  const found: Each[] = [];
  for (let from = after; ;) {
    const part = await read({
      ...rest,
      ...(from !== undefined && { after: from }),
      ...(limit !== undefined && { limit }),
    });
    found.push(...part.seen);
    if (limit === undefined || part.read.length < limit) return limit === undefined ? found : found.slice(0, limit);
    if (found.length >= limit) return found.slice(0, limit);
    from = part.read.at(-1)!.key;
  }
}
