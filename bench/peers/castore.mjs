import { EventStore, EventType } from '@castore/core';
import { InMemoryEventStorageAdapter } from '@castore/event-storage-adapter-in-memory';
import { oneAfterTheOther } from '../harness.mjs';

/** castore with its in-memory adapter: nothing is stored durably. */
export function castore() {
  const store = new EventStore({
    eventStoreId: 'FIGURES',
    eventTypes: ['IndicatorMeasured', 'MeasurementCorrected'].map((type) => new EventType({ type })),
    reducer: (_, { version, payload }) => ({ version, payload }),
    eventStorageAdapter: new InMemoryEventStorageAdapter(),
  });
  const append = (stream, revision, { type, data, metadata }, moment = Date.now()) =>
    store.pushEvent({
      aggregateId: stream,
      version: revision + 1,
      type,
      payload: data,
      metadata,
      timestamp: new Date(moment).toISOString(),
    });
  const history = async (stream) => {
    const { events } = await store.getEvents(stream);
    return events.map(({ timestamp, payload, metadata }) => ({
      moment: Date.parse(timestamp),
      data: payload,
      metadata,
    }));
  };
  return {
    name: 'castore, in memory',
    append,
    load: oneAfterTheOther(append),
    history,
    async readAll() {
      let count = 0;
      let pageToken;
      do {
        const page = await store.listAggregateIds({ limit: 1_000, pageToken });
        for (const { aggregateId } of page.aggregateIds) count += (await history(aggregateId)).length;
        pageToken = page.nextPageToken;
      } while (pageToken);
      return count;
    },
    close: () => undefined,
  };
}
