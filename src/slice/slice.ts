import type { Decider } from '../kernel/decider.js';
import type { DomainEvent, EventType } from '../kernel/event.js';
import type { Decision, Envelope, LoadState } from '../kernel/handling.js';
import { dayOf, parseKnownTime, type Instant } from '../kernel/time.js';
import type { Command } from './command.js';
import type { Actor } from '../kernel/event.js';
import type { ExpectedRevision } from '../kernel/event-log.js';

export type CommandClass<C extends Command = Command> = new () => C;

/** How a command reaches the world: its class, and its resource under `/api`. Path parameters are fields of the class. */
export interface CommandRoute<C extends Command = Command> {
  readonly type: CommandClass<C>;
  readonly path: string;
  /** One line for the OpenAPI document. */
  readonly summary: string;
}

/**
 * All that the shared furniture needs of a slice: which commands its decider takes, the stream each is about, and what of
 * other streams the decision rests on. Handlers, routes and the loading of folders are made from it.
 */
export interface Slice<C extends Command, Event extends DomainEvent, State, Known> {
  readonly name: string;
  readonly events: readonly EventType[];
  readonly decider: Decider<C, Event, State, Known>;
  readonly commands: readonly CommandRoute<C>[];
  stream(command: C): string;
  known(command: C, load: LoadState): Promise<Known>;
  /** The time zone in which a bare date of the command is meant. */
  timeZone(command: C, load: LoadState): Promise<string>;
}

/** A slice whose types do not matter to the one who holds it. */
export type AnySlice = Slice<never, DomainEvent, unknown, unknown>;

/** Forgets a slice's types: whoever holds many of them only passes commands to the slice that lists their class. */
export const anySlice = <C extends Command, Event extends DomainEvent, State, Known>(
  slice: Slice<C, Event, State, Known>,
): AnySlice => slice as unknown as AnySlice;

/** Who sent a command and under which id: what the transport knows, besides the command itself. */
export interface Sender {
  readonly commandId: string;
  readonly actor: Actor;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly expectedRevision?: ExpectedRevision;
}

export function decisionOf(slice: AnySlice, command: Command): Decision<never, DomainEvent, unknown, unknown> {
  // A slice's commands are the classes it lists, and the caller took the slice by the command's class.
  const own = command as never;
  return {
    decider: slice.decider,
    stream: slice.stream(own),
    command: own,
    commandType: command.type,
    known: (load) => slice.known(own, load),
  };
}

export async function envelopeOf(
  slice: AnySlice,
  command: Command,
  sender: Sender,
  { load, now }: { load: LoadState; now: () => Promise<Instant> },
): Promise<Envelope> {
  const { reason, evidence, demo } = command;
  return {
    ...sender,
    reason,
    evidence: evidence?.map((document) => ({ ...document })),
    knownAt: command.knownAt && knownAtOf(command.knownAt, await slice.timeZone(command as never, load), await now()),
    demo,
  };
}

/** Known today, by its bare date, is known now; only an earlier moment is 补录. */
function knownAtOf(text: string, zone: string, now: Instant): Instant | undefined {
  return text === dayOf(now, zone) ? undefined : parseKnownTime(text, zone, 'knownAt');
}

/** Every slice by the class of its commands. */
export class SliceRegistry {
  private readonly byCommand = new Map<CommandClass, AnySlice>();

  constructor(readonly slices: readonly AnySlice[]) {
    for (const slice of slices) {
      for (const { type } of slice.commands) this.byCommand.set(type, slice);
    }
  }

  of(command: Command): AnySlice {
    const slice = this.byCommand.get(command.constructor as CommandClass);
    if (!slice) throw new Error(`no slice takes ${command.type}`);
    return slice;
  }
}
