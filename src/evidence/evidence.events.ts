import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';
import { evidenceTypes, type EvidenceType } from './file-type.js';

/** A stream for each file of a plan. */
export const evidenceStream = (plan: string, sha256: string) => streamName('evidence', plan, sha256);

export const EvidenceKept = defineEvent({
  name: 'EvidenceKept',
  label: '留存依据',
  version: 2,
  meaning: 'A file that supports values of the unit was kept in the file store under its SHA-256',
  schema: Type.Object(
    {
      unit: Type.String(),
      title: Type.String(),
      type: Type.Union((Object.keys(evidenceTypes) as EvidenceType[]).map((type) => Type.Literal(type))),
      size: Type.Integer({ minimum: 1, description: 'Bytes' }),
    },
    { additionalProperties: false },
  ),
  example: { unit: '331102', title: '2022 年养老服务统计报表', type: 'pdf', size: 482_113 },
  // Version 2 came with feeds: before, no file was CSV or JSON.
  upcasts: { 1: (data) => data },
});

export const evidenceEvents = [EvidenceKept] as const;
export type EvidenceEvent = EventOf<typeof evidenceEvents>;
