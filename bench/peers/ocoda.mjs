import 'reflect-metadata';
import { Aggregate, AggregateRoot, Event, EventMap, EventStream, UUID } from '@ocoda/event-sourcing';
import { InMemoryEventStore } from '@ocoda/event-sourcing/dist/integration/event-store/in-memory.event-store.js';
import { oneAfterTheOther } from '../harness.mjs';

class Figure extends AggregateRoot {}
Aggregate({ streamName: 'figure' })(Figure);

class Reported {
  constructor(moment, data, metadata) {
    Object.assign(this, { moment, data, metadata });
  }
}
Event('reported')(Reported);

/** @ocoda/event-sourcing in memory: nothing is stored durably, and each read of a stream searches all events. */
export function ocoda() {
  const map = new EventMap();
  map.register(Reported, {
    serialize: ({ moment, data, metadata }) => ({ moment, data, metadata }),
    deserialize: ({ moment, data, metadata }) => new Reported(moment, data, metadata),
  });
  const store = new InMemoryEventStore(map);
  store.publish = async () => undefined;
  store.setup();
  const streams = new Map();
  const streamOf = (name) => {
    let stream = streams.get(name);
    if (!stream) streams.set(name, (stream = EventStream.for(Figure, UUID.generate())));
    return stream;
  };
  const append = (stream, revision, { data, metadata }, moment = Date.now()) =>
    store.appendEvents(streamOf(stream), revision + 1, [new Reported(moment, data, metadata)]);
  const history = async (stream) => {
    const found = [];
    for await (const events of store.getEvents(streamOf(stream))) found.push(...events);
    return found;
  };
  return {
    name: '@ocoda/event-sourcing, in memory',
    append,
    load: oneAfterTheOther(append),
    history,
    searchesAll: true,
    close: () => undefined,
  };
}
