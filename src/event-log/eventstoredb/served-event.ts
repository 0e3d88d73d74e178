import type { Position } from '../../kernel/position.js';

/** A read was asked to start at a position where no record starts. */
export class InvalidPosition extends Error {
  override readonly name = 'InvalidPosition';
}

/** An event as the server returns it: ours, a system event, or one of another application. */
export interface ServedEvent {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  /** Parsed where it is JSON; otherwise bytes or text. */
  readonly data: unknown;
  readonly metadata: unknown;
  /** Milliseconds since 1970, by the server's clock. */
  readonly created: number;
}
