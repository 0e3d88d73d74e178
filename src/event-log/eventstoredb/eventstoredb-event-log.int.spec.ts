import { startEventStore, type EventStore } from '../../../test/eventstoredb/server.js';
import { eventLogContract } from '../../../test/contract/event-log.contract.js';
import { EventStoreDbEventLog } from './eventstoredb-event-log.js';

let server: EventStore | undefined;
let url: string;
beforeAll(async () => {
  if (process.env.TONGJIAN_EVENTSTORE_URL) url = process.env.TONGJIAN_EVENTSTORE_URL;
  else {
    server = await startEventStore();
    ({ url } = server);
  }
});
afterAll(() => server?.stop());

eventLogContract('EventStoreDbEventLog', { durable: true, ownClock: false, gapless: false }, async () => {
  const opened = {
    log: EventStoreDbEventLog.open(url),
    async reopen() {
      await opened.log.close();
      return (opened.log = EventStoreDbEventLog.open(url));
    },
  };
  return opened;
});
