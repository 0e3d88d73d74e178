import { isOwnId } from '../kernel/command-ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { Projection } from '../kernel/projection.js';
import type { Instant } from '../kernel/time.js';
import type { Metadata } from '../kernel/event.js';
import { parseStreamName } from '../kernel/stream-name.js';
import { UnitEnrolled } from '../plans/plan.events.js';
import { unitChangeEvents } from '../plans/unit-change.events.js';

/** The place of an event, and what a search asks of it; the trail reads the event itself from its stream. */
export interface AuditPointer {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  /** The actor's id. */
  readonly actor: string;
  readonly recordedAt: Instant;
  /** The units and the period that the event is about, where the stream's name does not say it. */
  readonly units?: readonly string[];
  readonly period?: string;
  /** In what a search for a text looks: the reason, the evidence, and what the event says in words, each in a line. */
  readonly text?: string;
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
  byRecorded: (plan: string) => `${plan}/recorded/`,
  byKnown: (plan: string) => `${plan}/known/`,
};

/** Index of the log for the audit trail. Each document has one version. */
export const auditProjection: Projection<AuditPointer> = {
  name: 'audit',
  version: 4,
  once: true,

  keys({ stream, position, metadata, recordedAt, knownAt }) {
    const { plan } = parseStreamName(stream);
    const place = sortable(position);
    return [
      `${auditKeys.byActor(plan, metadata.actor.id)}${place}`,
      `${auditKeys.byRecorded(plan)}${recordedAt}/${place}`,
      `${auditKeys.byKnown(plan)}${knownAt}/${place}`,
      ...(isOwnId(metadata.commandId) ? [] : [`${auditKeys.byCommand(metadata.commandId)}${place}`]),
    ];
  },

  evolve: (_, { stream, revision, type, data, metadata, recordedAt }) => ({
    ...{ stream, revision, type, actor: metadata.actor.id, recordedAt },
    ...textIn(data, metadata),
    ...(parseStreamName(stream).category !== 'figure' && subjectIn(type, data)),
  }),
};

function textIn(data: JsonObject, { reason, evidence = [] }: Metadata): Pick<AuditPointer, 'text'> {
  const named = evidence.flatMap(({ title, locator, documentNumber }) => [title, locator, documentNumber]);
  const lines = [reason, ...named, ...Object.values(data)].filter((each) => typeof each === 'string');
  return lines.length === 0 ? {} : { text: lines.join('\n') };
}

const aboutUnits = new Set<string>([UnitEnrolled, ...unitChangeEvents].map(({ name }) => name));

function subjectIn(type: string, data: JsonObject): Pick<AuditPointer, 'units' | 'period'> {
  const named = aboutUnits.has(type) ? [data.code, data.units, data.into] : [data.unit];
  const units = named.flat().filter((each) => typeof each === 'string');
  const { period } = data;
  return { ...(units.length > 0 && { units }), ...(typeof period === 'string' && { period }) };
}
