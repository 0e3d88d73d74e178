import type { CommandPlace } from '../kernel/command-ids.js';
import { StoreDamaged, StoreUnavailable, ViewOfAnotherVersion } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { auditKeys, auditProjection } from './audit.projection.js';

/** Milliseconds that a command waits for the read model: it is accepted without. */
const patience = 250;

/** Where the command with an id was carried out first, by the read model; undefined where that cannot be asked now. */
export const commandPlaces =
  (views: Views) =>
  async (commandId: string): Promise<CommandPlace | undefined> => {
    let timer!: NodeJS.Timeout;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), patience);
    });
    const asked = views
      .list(auditProjection, auditKeys.byCommand(commandId), { limit: 1 })
      .then(([first]) => first && { stream: first.body.stream, revision: first.body.revision })
      .catch((error: unknown) => {
        if ([StoreUnavailable, StoreDamaged, ViewOfAnotherVersion].some((kind) => error instanceof kind))
          return undefined;
        throw error;
      });
    try {
      return await Promise.race([asked, late]);
    } finally {
      clearTimeout(timer);
    }
  };
