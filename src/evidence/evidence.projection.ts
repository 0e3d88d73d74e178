import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
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

export const evidenceKey = (plan: string, sha256: string) => `${plan}/${sha256}`;

/** Has no `Sight`: whoever serves a file has to find whether it may be seen, see `supporting-file.controller.ts`. */
export const evidenceProjection: Projection<EvidenceDocument> = {
  name: 'evidence',
  version: 1,
  category: 'evidence',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [evidenceKey(plan, parts[0]!)];
  },

  evolve(before, recorded) {
    const { data } = recorded as RecordedEvent & EvidenceEvent;
    const { unit, ...file } = data;
    const sha256 = parseStreamName(recorded.stream).parts[0]!;
    const first = { ...file, sha256, keptAt: recorded.knownAt, demo: recorded.metadata.demo ?? false };
    return { ...(before ?? first), units: [...(before?.units ?? []), unit] };
  },
};
