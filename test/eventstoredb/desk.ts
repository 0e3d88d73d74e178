import type { EventEmitter } from 'node:events';
import type { Call, Fault } from './faults.js';
import type { Ledger } from './ledger.js';

/** What the handlers of calls use of the server. */
export interface Desk {
  readonly ledger: Ledger;
  opened(call: EventEmitter): { readonly signal: AbortSignal };
  sent(): void;
  fault(call: Call): Fault | undefined;
  /** The fault as an error of the whole call, if it is one. */
  errorOf(fault: Fault | undefined): Error | undefined;
  unstalled(signal: AbortSignal): Promise<void>;
  dropConnections(): void;
}
