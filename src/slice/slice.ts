import type { Provider, Type } from '@nestjs/common';
import type { Decider } from '../kernel/decider.js';
import type { EventLog } from '../kernel/event-log.js';
import type { Actor, DomainEvent, EventType } from '../kernel/event.js';
import type { FileStore } from '../kernel/file-store.js';
import type { Decision, Envelope, LoadState, Outcome } from '../kernel/handling.js';
import type { JsonObject } from '../kernel/json.js';
import type { Projection } from '../kernel/projection.js';
import type { ViewsFollower } from '../kernel/projector.js';
import { dayOf, parseKnownTime, type Clock, type Instant } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import type { Permission } from '../access/roles.js';
import type { Appraisals } from './appraisals.js';
import type { Asked, Authorizer } from './authorizer.js';
import type { Command, CommandClass, Sender } from './command.js';
import type { FolderPart } from './folder-part.js';
import { codesOf } from './known-codes.js';
import type { AnyPlausibility } from './plausibility.js';
import type { AnySight } from './sight.js';
import type { Publications } from './publications.js';
import type { Readiness } from './readiness.js';

/**
 * Everything that belongs to one slice of the domain. `src/slices.ts` lists the slices; the event catalogue, the
 * projections, the command handlers, the HTTP routes, the OpenAPI document and the reading of plan folders are made from
 * that list.
 */
export interface Slice {
  /** The slice's folder under `src/`, and its tag in the OpenAPI document. */
  readonly name: string;
  readonly events: readonly EventType[];
  readonly projections: readonly Projection[];
  /** How the slice decides its commands. Absent for a slice that takes none. */
  readonly deciding?: AnyDeciding;
  /** Documents that are served as they are, one resource each. */
  readonly documents?: readonly DocumentRoute[];
  readonly controllers?: readonly Type[];
  /** What the slice's own controllers inject, made from the ports. */
  readonly providers?: readonly Provider[];
  /** The streams whose audit trail is served under `plans/:plan/{resource}/{id}/trail`, by resource. */
  readonly trails?: Readonly<Record<string, StreamName>>;
  /** The categories of streams whose events change what pages show of a plan: changes in others are told to nobody. */
  readonly announced?: readonly string[];
  /** What of its documents is seen by those who may not see all of a plan. */
  readonly sights?: readonly AnySight[];
  /** What the slice reads from a plan folder. */
  readonly folder?: FolderPart;
  /** What the slice warns of in a plan folder that has no mistakes. */
  readonly plausibility?: AnyPlausibility;
  /** By kind of thing, the projection that keeps what a plan has of it at keys `plan/code`. */
  readonly codes?: Readonly<Record<string, Projection>>;
}

type StreamName = (plan: string, id: string) => string;

export const STREAM_NAMES = Symbol('StreamNames');
export type StreamNames = ReadonlyMap<string, StreamName>;

/** How a command reaches the system: its class, and its resource under `/api`. Path parameters are fields of the class. */
export interface CommandRoute<C extends Command = Command> {
  readonly type: CommandClass<C>;
  readonly path: string;
  /** One line for the OpenAPI document. */
  readonly summary: string;
  /** What its sender has to be allowed. */
  readonly permission: Permission;
  /** It has no route and no command line of its own: a controller sends it as a part of what it does. */
  readonly internal?: true;
  /** Persons may send it about themselves without the permission. */
  readonly own?: true;
}

/** Documents under `plans/:plan/{resource}`: the list of them, and each one by its id. */
export interface DocumentRoute {
  /** For example `projects`. */
  readonly resource: string;
  /** The Chinese name of one of them, for example `项目`. */
  readonly label: string;
  readonly projection: Projection;
  /** The document's type, by the name under which its file exports it. */
  readonly answer: string;
}

/** What a decision may rest on besides streams: a snapshot is computed from the views and stored as a file. */
export interface DecisionPorts {
  readonly log: EventLog;
  readonly views: Views;
  readonly files: FileStore;
  readonly projector: ViewsFollower;
  readonly clock: Clock;
  readonly publications: Publications;
  readonly readiness: Readiness;
  readonly appraisals: Appraisals;
}

/** The commands of a slice, the stream that each is about, and what of other streams its decision rests on. */
export interface Deciding<C extends Command, Event extends DomainEvent, State, Known> {
  readonly decider: Decider<C, Event, State, Known>;
  readonly commands: readonly CommandRoute<C>[];
  stream(command: C): string;
  known(command: C, load: LoadState, ports: DecisionPorts): Promise<Known>;
  /** Whether the commands are about a plan, which `plan` names; they are if this is absent. */
  readonly isOfPlan?: false;
  /** The permission that a command needs where that follows from what it is about; that of its route if there is none. */
  permission?(command: C, load: LoadState): Promise<Permission | undefined>;
  /** The time zone in which a bare date of the command is meant. */
  timeZone(command: C, load: LoadState): Promise<string>;
  /** The unit that the command is about, with those above it, where it is about one; it is about the plan whole otherwise. */
  units?(command: C, load: LoadState): Promise<readonly string[] | undefined>;
  /** Where an event of the stream can undo an earlier one. */
  readonly undoing?: Undoing;
  /** What the answer to a command names besides its events. */
  named?(command: C, outcome: Outcome<Event, State, Known>): JsonObject | undefined;
}

/**
 * How events of a stream undo earlier ones, so that these do not hold any more: a withdrawal undoes a report. A correction
 * does not undo what it corrects, but replaces it.
 */
export interface Undoing {
  /** The types of the events that can be undone. */
  readonly undoable: readonly string[];
  /** The place of the first event that undid the event at this place, given the types of all events of the stream. */
  undoneBy(types: readonly string[], at: number): number | undefined;
  /** The type of the event that each command brings. */
  readonly eventOf: Readonly<Record<string, string>>;
}

/** A `Deciding` whose types do not matter to its holder. */
export type AnyDeciding = Deciding<never, DomainEvent, unknown, unknown>;

/** Erases the types: the holder of many only passes a command to the one that lists the command's class. */
export const deciding = <C extends Command, Event extends DomainEvent, State, Known>(
  own: Deciding<C, Event, State, Known>,
): AnyDeciding => own as unknown as AnyDeciding;

export function decisionOf(
  own: AnyDeciding,
  command: Command,
  ports: DecisionPorts,
): Decision<never, DomainEvent, unknown, unknown> {
  // The registry found `own` by the command's class.
  const typed = command as never;
  return {
    decider: own.decider,
    stream: own.stream(typed),
    command: typed,
    commandType: command.type,
    known: (load) => own.known(typed, load, ports),
    named: (outcome) => own.named?.(typed, outcome),
  };
}

/** What the right to the command is judged by. */
async function askedBy(own: AnyDeciding, command: Command, actor: Actor, load: LoadState): Promise<Asked> {
  const route = own.commands.find(({ type }) => command instanceof type)!;
  const { own: mayBeOwn = false } = route;
  const permission = (await own.permission?.(command as never, load)) ?? route.permission;
  const { plan, id } = command as { plan?: string; id?: string };
  const units = await own.units?.(command as never, load);
  const evaluation = command.about?.kind === 'evaluation' ? id : undefined;
  const isOwn = mayBeOwn && command.about?.id === actor.id;
  return {
    ...(!isOwn && { permission }),
    over: {
      ...(plan !== undefined && own.isOfPlan !== false && { plan }),
      ...(units && { units }),
      ...(evaluation !== undefined && { evaluation }),
    },
  };
}

export async function envelopeOf(
  own: AnyDeciding,
  command: Command,
  sender: Sender,
  { load, now, authorizer }: { load: LoadState; now: () => Promise<Instant>; authorizer: Authorizer },
): Promise<Envelope> {
  const { reason, evidence, demo } = command;
  const actor = await authorizer.authorize(
    sender.actor,
    await askedBy(own, command, sender.actor, load),
    load,
    await now(),
  );
  return {
    ...sender,
    actor,
    reason,
    evidence: evidence?.map((document) => ({ ...document })),
    knownAt: command.knownAt && knownAtOf(command.knownAt, await own.timeZone(command as never, load), await now()),
    demo,
  };
}

/** Today's bare date means now; only an earlier moment is 补录. */
function knownAtOf(text: string, zone: string, now: Instant): Instant | undefined {
  return text === dayOf(now, zone) ? undefined : parseKnownTime(text, zone, 'knownAt');
}

/** Finds how a command is decided by the command's class. */
export class CommandRegistry {
  private readonly byCommand = new Map<CommandClass, AnyDeciding>();
  private readonly codes: ReadonlyMap<string, Projection>;

  constructor(slices: readonly Slice[]) {
    for (const { deciding: own } of slices) {
      for (const { type } of own?.commands ?? []) this.byCommand.set(type, own!);
    }
    this.codes = new Map(slices.flatMap(({ codes = {} }) => Object.entries(codes)));
  }

  of(command: Command): AnyDeciding {
    const own = this.byCommand.get(command.constructor as CommandClass);
    if (!own) throw new Error(`no slice takes ${command.type}`);
    return own;
  }

  /** The codes that the views have of a kind of thing; none where its things are kept otherwise. */
  async codesOf(kind: string, plan: string, views: Views): Promise<readonly string[]> {
    const projection = this.codes.get(kind);
    return projection ? codesOf(views, projection, plan) : [];
  }
}
