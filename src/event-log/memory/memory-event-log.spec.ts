import { eventLogContract } from '../../../test/contract/event-log.contract.js';
import { MemoryEventLog } from './memory-event-log.js';

eventLogContract('MemoryEventLog', { durable: false, ownClock: true, gapless: true }, async ({ clock }) => ({
  log: new MemoryEventLog({ clock }),
}));
