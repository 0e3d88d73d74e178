import { randomUUID } from 'node:crypto';
import type { Metadata, NewEvent } from '../../../src/kernel/event.js';
import type { JsonObject } from '../../../src/kernel/json.js';

export const metadata: Metadata = {
  schemaVersion: 1,
  actor: { id: 'u-17', name: '王敏', unit: '331102', roles: ['reporter'] },
  commandId: '0192c0de-0000-7000-8000-000000000001',
  commandHash: 'a'.repeat(64),
  correlationId: '0192c0de-0000-7000-8000-000000000002',
};

export function measured(data: JsonObject = { value: '10980' }, more: Partial<Metadata> = {}): NewEvent {
  return { id: randomUUID(), type: 'IndicatorMeasured', data, metadata: { ...metadata, ...more } };
}

export const several = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, index) => measured({ value: String(index) }));

/** A stream name that no other test uses, because the log under test may not be empty. */
export const newStream = (): string => `figure-contract.${randomUUID()}`;

/** The fields of an event that the caller set. */
export const contents = ({ id, type, data, metadata }: NewEvent) => ({ id, type, data, metadata });

/** An event whose data and metadata have exactly `bytes` bytes as UTF-8 JSON. */
export function ofSize(bytes: number, filling = 'x'): NewEvent {
  const size = (text: string) => {
    const event = measured({ text });
    return Buffer.byteLength(JSON.stringify(event.data)) + Buffer.byteLength(JSON.stringify(event.metadata));
  };
  const room = bytes - size('');
  const each = Buffer.byteLength(filling);
  return measured({ text: filling.repeat(Math.floor(room / each)) + 'x'.repeat(room % each) });
}
