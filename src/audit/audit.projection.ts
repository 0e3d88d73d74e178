import { isOwnId } from '../kernel/command-ids.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';

/** Where an event stands: the trail itself is read from the streams. */
export interface AuditPointer {
  readonly stream: string;
  readonly revision: number;
}

/** Positions as text that sorts. */
const ordered = (position: string) => position.padStart(20, '0');

/**
 * Keys of the trail: by whom, by the moment recorded, by the moment known. Each event is found three ways; that of a
 * command whose id a caller gave, by that id, too, whatever its plan.
 */
export const auditKeys = {
  // No plan has an empty code. Escaped, so that no id begins like another with a slash behind it.
  byCommand: (commandId: string) => `/command/${encodeURIComponent(commandId)}/`,
  byActor: (plan: string, actor: string) => `${plan}/actor/${actor}/`,
  byRecordedDay: (plan: string, utcDay: string) => `${plan}/recorded/${utcDay}`,
  byKnownDay: (plan: string, utcDay: string) => `${plan}/known/${utcDay}`,
};

/** An index of the log for auditors; one version a document. */
export const auditProjection: Projection<AuditPointer> = {
  name: 'audit',
  version: 2,
  once: true,

  keys({ stream, position, metadata, recordedAt, knownAt }) {
    const { plan } = parseStreamName(stream);
    const place = ordered(position);
    return [
      `${auditKeys.byActor(plan, metadata.actor.id)}${place}`,
      `${auditKeys.byRecordedDay(plan, recordedAt)}/${place}`,
      `${auditKeys.byKnownDay(plan, knownAt)}/${place}`,
      ...(isOwnId(metadata.commandId) ? [] : [`${auditKeys.byCommand(metadata.commandId)}${place}`]),
    ];
  },

  evolve: (_, { stream, revision }) => ({ stream, revision }),
};
