import { Type, type Static } from '@sinclair/typebox';
import type { Permission } from '../access/roles.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import type { DomainEvent, EventType, Recorded, RecordedEvent } from '../kernel/event.js';

/** The schema of an event that withdraws a report: which earlier event of its stream is as if it had not been made. */
export const withdrawnReport = Type.Object(
  {
    eventId: Type.String({ description: 'Id of the withdrawn event' }),
    type: Type.String({ description: 'Its type' }),
    revision: Type.Integer({ minimum: 0, description: 'Its place in the stream' }),
    on: Type.Optional(Type.String({ description: 'The day that it is about, if it has one' })),
  },
  { additionalProperties: false },
);
type WithdrawnReport = Static<typeof withdrawnReport>;

/** The part of a state that says which events of the stream hold. */
export interface Standing<Fact extends DomainEvent> {
  /** The events that stand, in order. */
  readonly events: readonly Recorded<Fact>[];
  /** The ids of those that were withdrawn. */
  readonly withdrawn: readonly string[];
}

/** What a slice says of the events of its streams, so that reports among them can be withdrawn. */
interface Facts<Fact extends DomainEvent, State, Name extends string> {
  /** The event that withdraws a report. */
  readonly withdrawal: EventType<Name, typeof withdrawnReport>;
  readonly types: readonly EventType[];
  /** The events that are reports, each with the permission that making it needs, and that withdrawing it needs as well. */
  readonly reports: Readonly<Partial<Record<Fact['type'], Permission>>>;
  readonly initialState: State;
  evolve(state: State, event: Recorded<Fact>): State;
  /** Whether the event is possible in the state. An event that is not, rests on one that was withdrawn. */
  follows(state: State, event: Recorded<Fact>): boolean;
}

/**
 * Streams whose reports can be withdrawn. Their state is the fold of the events that stand: a withdrawal takes one of them
 * away, and the others are folded again.
 */
export function withdrawable<Fact extends DomainEvent, State extends object, Name extends string>(
  facts: Facts<Fact, State, Name>,
) {
  type Withdrawal = DomainEvent<Name, WithdrawnReport>;
  type Whole = State & Standing<Fact>;
  const { withdrawal, reports } = facts;
  const labels = new Map(facts.types.map(({ name, label }) => [name, label]));
  const isWithdrawal = (event: DomainEvent<string, unknown>): event is Withdrawal => event.type === withdrawal.name;
  const fold = (events: readonly Recorded<Fact>[]): State =>
    events.reduce((state, event) => facts.evolve(state, event), facts.initialState);

  /** The first of the events that stand which is not possible without the one with this id. */
  function restingOn(standing: readonly RecordedEvent[], id: string): RecordedEvent | undefined {
    const events = standing as readonly Recorded<Fact>[];
    const at = events.findIndex((event) => event.id === id);
    let state = fold(events.slice(0, at));
    for (const later of events.slice(at + 1)) {
      if (!facts.follows(state, later)) return later;
      state = facts.evolve(state, later);
    }
    return undefined;
  }

  function evolve(state: Whole, event: Recorded<Fact> | Recorded<Withdrawal>): Whole {
    if (!isWithdrawal(event)) {
      return { ...state, ...facts.evolve(state, event), events: [...state.events, event] };
    }
    const { eventId } = event.data;
    const events = state.events.filter(({ id }) => id !== eventId);
    return { ...fold(events), events, withdrawn: [...state.withdrawn, eventId] };
  }

  /** For people: what was reported, and of which day. */
  const named = ({ id, type, data }: RecordedEvent): string => {
    const { on } = data as { on?: string };
    return `“${labels.get(type)}”（${on === undefined ? '' : `${on}，`}事件 ${id}）`;
  };

  const initialState: Whole = { ...facts.initialState, events: [], withdrawn: [] };
  return {
    initialState,
    evolve,
    named,
    restingOn,

    /** The events that stand, of all those of a stream. */
    standingOf: (events: readonly RecordedEvent[]): readonly RecordedEvent[] =>
      (events as readonly Recorded<Fact>[]).reduce<Whole>(evolve, initialState).events,

    /** The permission that withdrawing the report needs; undefined if it is none that stands. */
    permission: ({ events }: Standing<Fact>, report: string): Permission | undefined =>
      reports[events.find(({ id }) => id === report)?.type as Fact['type']],

    /**
     * Withdraws a report.
     * @throws {DomainError} `withdrawal.unknown`, `withdrawal.already`, `withdrawal.not-report`, `reason.missing`;
     * `withdrawal.rested-on`, which names the report to withdraw first
     */
    withdraw(report: string, { events, withdrawn }: Standing<Fact>, reason: string | undefined): Withdrawal[] {
      if (withdrawn.includes(report)) {
        throw refused('withdrawal.already', `登记 ${report} 已撤回：要恢复的请重新登记`, 'report');
      }
      const event = events.find(({ id }) => id === report);
      if (!event) {
        throw notFound('withdrawal.unknown', `没有登记 ${report}：请核对事件编号，见沿革`, 'report');
      }
      if (reports[event.type as Fact['type']] === undefined) {
        const message = `${named(event)}是规划的内容，不是进展，不能撤回：要改的请用“修改”`;
        throw refused('withdrawal.not-report', message, 'report');
      }
      if (!reason) throw invalid('reason.missing', '撤回须写明事由', 'reason');
      const later = restingOn(events, report);
      if (later) {
        const message = `其后的${named(later)}以${named(event)}为前提：请先撤回较晚的`;
        throw refused('withdrawal.rested-on', message, 'report');
      }
      const { on } = event.data as { on?: string };
      const { type, revision } = event;
      return [withdrawal.of({ eventId: report, type, revision, ...(on !== undefined && { on }) })];
    },
  };
}
