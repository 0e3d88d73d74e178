import type { Over } from '../access/grants.js';
import type { Permission } from '../access/roles.js';
import type { Actor } from '../kernel/event.js';
import type { LoadState } from '../kernel/handling.js';
import type { Instant } from '../kernel/time.js';

/** What the right to a command is judged by. */
export interface Asked {
  /** Absent for what persons may do about themselves. */
  readonly permission?: Permission;
  readonly over: Over;
}

/**
 * Decides who may send a command. It is part of the command's decision: it loads the sender's grants from the log, like
 * any other state that the decision rests on.
 */
export interface Authorizer {
  /**
   * The actor as the event names it: with the unit and the roles in force over what the command is about.
   * @throws {DomainError} `access.ended`, `access.no-right`, `access.unknown`, `plan.unknown`
   */
  authorize(actor: Actor, asked: Asked, load: LoadState, now: Instant): Promise<Actor>;
}
