import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Sight } from '../slice/sight.js';
import type { EvidenceEvent } from './evidence.events.js';
import type { EvidenceType } from './file-type.js';

/** Read model of a file that was kept as evidence: one document per file and plan, keyed by `plan/sha256`. */
export interface EvidenceDocument {
  readonly sha256: string;
  readonly title: string;
  readonly type: EvidenceType;
  /** Bytes. */
  readonly size: number;
  /** The units whose values it supports. */
  readonly units: readonly string[];
  readonly keptAt: string;
  readonly demo: boolean;
}

export const evidenceProjection: Projection<EvidenceDocument> = {
  name: 'evidence',
  version: 1,
  category: 'evidence',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [`${plan}/${parts[0]}`];
  },

  evolve(before, recorded) {
    const { data } = recorded as RecordedEvent & EvidenceEvent;
    const { unit, ...file } = data;
    const sha256 = parseStreamName(recorded.stream).parts[0]!;
    const first = { ...file, sha256, keptAt: recorded.knownAt, demo: recorded.metadata.demo ?? false };
    return { ...(before ?? first), units: [...(before?.units ?? []), unit] };
  },
};

/** A file is seen by whoever sees the values of a unit that it supports before they are approved. */
export const evidenceSight: Sight<EvidenceDocument> = {
  projection: evidenceProjection,
  seen: (evidence, { sees }) => (evidence.units.some(sees) ? evidence : undefined),
};
