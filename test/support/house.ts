import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEventStore } from '../eventstoredb/server.js';
import { startRedis } from './redis.js';

/** A data folder, with log and views in it or on test servers. */
export interface Installation {
  readonly data: string;
  /** Environment variables for the program. */
  readonly environment: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

export const installationKinds = ['sqlite + sqlite', 'sqlite + redis', 'esdb + sqlite', 'esdb + redis'] as const;
export type InstallationKind = (typeof installationKinds)[number];

/** Creates an empty installation, and starts the servers that it needs. */
export async function createInstallation(kind: InstallationKind = 'sqlite + sqlite'): Promise<Installation> {
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
