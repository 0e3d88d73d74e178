import { isOwnId } from '../kernel/command-ids.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';

/** The place of an event; the trail reads the event itself from its stream. */
export interface AuditPointer {
  readonly stream: string;
  readonly revision: number;
}

/** The position padded to 20 digits, so that keys sort in log order. */
const sortable = (position: string) => position.padStart(20, '0');

/**
 * Key prefixes of the audit index. Each event is indexed by actor, by recorded time and by known time; an event of a
 * command whose id the caller gave also by that id, whatever its plan.
 */
export const auditKeys = {
  // No plan has an empty code. Escaped, so that no id begins like another with a slash behind it.
  byCommand: (commandId: string) => `/command/${encodeURIComponent(commandId)}/`,
  byActor: (plan: string, actor: string) => `${plan}/actor/${actor}/`,
  byRecordedDay: (plan: string, utcDay: string) => `${plan}/recorded/${utcDay}`,
  byKnownDay: (plan: string, utcDay: string) => `${plan}/known/${utcDay}`,
};

/** Index of the log for the audit trail. Each document has one version. */
export const auditProjection: Projection<AuditPointer> = {
  name: 'audit',
  version: 2,
  once: true,

  keys({ stream, position, metadata, recordedAt, knownAt }) {
    const { plan } = parseStreamName(stream);
    const place = sortable(position);
    return [
      `${auditKeys.byActor(plan, metadata.actor.id)}${place}`,
      `${auditKeys.byRecordedDay(plan, recordedAt)}/${place}`,
      `${auditKeys.byKnownDay(plan, knownAt)}/${place}`,
      ...(isOwnId(metadata.commandId) ? [] : [`${auditKeys.byCommand(metadata.commandId)}${place}`]),
    ];
  },

  evolve: (_, { stream, revision }) => ({ stream, revision }),
};
