import { SpacedEventLog } from '../support/spaced-log.js';
import { eventLogContract } from './event-log.contract.js';

eventLogContract('SpacedEventLog', { durable: false, ownClock: true, gapless: false }, async ({ clock }) => ({
  log: new SpacedEventLog({ clock }),
}));
