import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEventStore } from '../eventstoredb/server.js';
import { startRedis } from './redis.js';

/** Where a bureau keeps log and views: in its data folder, or on servers. */
export interface House {
  readonly data: string;
  /** What the program has to be told of it. */
  readonly environment: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

export const houses = ['sqlite + sqlite', 'sqlite + redis', 'esdb + sqlite', 'esdb + redis'] as const;
export type HouseKind = (typeof houses)[number];

/** A new, empty house, with servers of its own. */
export async function buildHouse(kind: HouseKind = 'sqlite + sqlite'): Promise<House> {
  const data = mkdtempSync(join(tmpdir(), 'tongjian-e2e-'));
  const [log, views] = kind.split(' + ');
  const eventStore = log === 'esdb' ? await startEventStore() : undefined;
  const redis = views === 'redis' ? await startRedis() : undefined;
  return {
    data,
    environment: {
      ...(eventStore && { TONGJIAN_EVENT_LOG: eventStore.url }),
      ...(redis && { TONGJIAN_VIEWS: redis.url }),
    },
    async remove() {
      await eventStore?.stop();
      await redis?.remove();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
