import { Type } from '@sinclair/typebox';
import { Catalogue, catalogued } from '../../src/kernel/catalogue.js';
import type { Decider } from '../../src/kernel/decider.js';
import { refused } from '../../src/kernel/errors.js';
import type { EventLog } from '../../src/kernel/event-log.js';
import { defineEvent, type EventOf } from '../../src/kernel/event.js';
import type { CommandIds } from '../../src/kernel/command-ids.js';
import { CommandHandling, type CommandResult, type Envelope } from '../../src/kernel/handling.js';
import type { Projection } from '../../src/kernel/projection.js';
import type { Clock } from '../../src/kernel/time.js';
import { someone } from './recorded.js';

/** A minimal domain for the kernel's specs: a tally that can be increased, closed and opened again. */
const closed = { additionalProperties: false } as const;
const Added = defineEvent({
  name: 'Added',
  label: '计入',
  meaning: 'The tally was increased',
  schema: Type.Object({ by: Type.Integer(), total: Type.Integer(), knownAt: Type.String() }, closed),
  example: { by: 1, total: 1, knownAt: '2022-01-01T00:00:00.000Z' },
});
const Closed = defineEvent({
  name: 'Closed',
  label: '封存',
  meaning: 'The tally was closed',
  schema: Type.Object({}, closed),
  example: {},
});
const Opened = defineEvent({
  name: 'Opened',
  label: '启封',
  meaning: 'The tally was opened again',
  schema: Type.Object({}, closed),
  example: {},
});
const types = [Added, Closed, Opened] as const;
type TallyEvent = EventOf<typeof types>;

export type TallyCommand =
  | { readonly type: 'Add'; readonly by: number }
  | { readonly type: 'AddUpTo'; readonly total: number }
  | { readonly type: 'AddTwice'; readonly by: number }
  | { readonly type: 'Close' }
  | { readonly type: 'Open' };

interface Tally {
  readonly total: number;
  readonly closed: boolean;
}

export const tallyDecider: Decider<TallyCommand, TallyEvent, Tally, undefined> = {
  initialState: { total: 0, closed: false },
  decide(command, { total, closed }, { knownAt }) {
    if (command.type === 'Open') return closed ? [Opened.of({})] : [];
    if (command.type === 'Close') return closed ? [] : [Closed.of({})];
    if (closed) throw refused('tally.closed', '已封存');
    switch (command.type) {
      case 'Add':
        return [Added.of({ by: command.by, total: total + command.by, knownAt })];
      case 'AddUpTo':
        return command.total === total ? [] : [Added.of({ by: command.total - total, total: command.total, knownAt })];
      case 'AddTwice':
        return [1, 2].map((times) => Added.of({ by: command.by, total: total + times * command.by, knownAt }));
    }
  },
  evolve(state, event) {
    if (event.type === 'Added') return { ...state, total: event.data.total };
    return { ...state, closed: event.type === 'Closed' };
  },
};

export const tallyCatalogue = new Catalogue(types);
export const stream = 'tally-a';

/** Sends commands like a separate process, with its own cache of stream state. */
export class TallyDesk {
  private readonly handling: CommandHandling;
  private sent = 0;

  constructor(
    log: EventLog,
    clock: Clock,
    private readonly name = 'desk',
    ids?: CommandIds,
  ) {
    this.handling = new CommandHandling(catalogued(log, tallyCatalogue), tallyCatalogue, clock, ids);
  }

  send(command: TallyCommand, envelope: Partial<Envelope> = {}, to = stream): Promise<CommandResult> {
    return this.handling.handle(
      { decider: tallyDecider, stream: to, command, commandType: command.type, known: async () => undefined },
      { commandId: `${this.name}-${++this.sent}`, actor: someone, ...envelope },
    );
  }
}

/** The document of a tally: its total, and the amounts added. */
export interface TallyDocument {
  readonly total: number;
  readonly added: readonly number[];
}

export const tallyProjection = (name = 'tallies', version = 1): Projection<TallyDocument> => ({
  name,
  version,
  keys: (event) => [event.stream],
  evolve(document = { total: 0, added: [] }, event) {
    const by = event.data['by'];
    return typeof by === 'number' ? { total: document.total + by, added: [...document.added, by] } : document;
  },
});
