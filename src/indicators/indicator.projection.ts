import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import { withScope, type Scope } from './scope.js';
import { underDefinition, type Target } from './indicator.state.js';
import type { Continuation, Definition, IndicatorDefined, IndicatorEvent } from './indicator.events.js';

type Defined = (typeof IndicatorDefined)['example'];

export interface TargetEntry extends Target {
  /** The value first set; present only if the target was revised. */
  readonly original?: string;
  readonly documentNumber?: string;
  readonly reason?: string;
  readonly eventId: string;
  readonly knownAt: string;
  readonly demo: boolean;
}

export interface DefinitionEntry {
  readonly version: number;
  readonly definition: Definition;
  /** Whether figures of the previous version may be compared with figures of this version. */
  readonly comparable: boolean;
}

/** Read model of an indicator: one document per indicator, keyed by `plan/code`. */
export interface IndicatorDocument extends Omit<Defined, 'definition'> {
  readonly plan: string;
  readonly code: string;
  readonly definitions: readonly DefinitionEntry[];
  readonly targets: readonly TargetEntry[];
  /** To which units it does not apply, or applies again; absent while it applies to all. */
  readonly scopes?: readonly Scope[];
  readonly retiredFrom?: string;
  /** Which indicator of an earlier plan it continues. */
  readonly continues?: Continuation;
  readonly demo: boolean;
}

export const currentDefinition = ({ definitions }: IndicatorDocument): DefinitionEntry => definitions.at(-1)!;

/** Whether what was measured or set under `definitionVersion` may be compared with the current definition. */
export function isComparable({ definitions }: IndicatorDocument, definitionVersion: number): boolean {
  return definitions.every(({ version, comparable }) => version <= definitionVersion || comparable);
}

export const indicatorProjection: Projection<IndicatorDocument> = {
  name: 'indicators',
  version: 4,
  category: 'indicator',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [`${plan}/${parts[0]}`];
  },

  evolve(document, recorded) {
    const event = recorded as RecordedEvent & IndicatorEvent;
    if (event.type === 'IndicatorDefined') {
      const { plan, parts } = parseStreamName(recorded.stream);
      const { definition, ...defined } = event.data;
      return {
        ...defined,
        plan,
        code: parts[0]!,
        definitions: [{ version: 1, definition, comparable: true }],
        targets: [],
        demo: recorded.metadata.demo ?? false,
      };
    }
    if (!document) throw new Error(`${event.type} before the indicator was defined`);
    switch (event.type) {
      case 'IndicatorRedefined': {
        const { definitionVersion: version, definition, comparable } = event.data;
        return { ...document, definitions: [...document.definitions, { version, definition, comparable }] };
      }
      case 'IndicatorAmended': {
        const { plan, code, definitions, targets, scopes, retiredFrom, continues, demo } = document;
        return {
          ...{ ...event.data, plan, code, definitions, targets },
          ...(scopes && { scopes }),
          ...(retiredFrom !== undefined && { retiredFrom }),
          ...(continues && { continues }),
          demo,
        };
      }
      case 'TargetSet':
        return withTarget(document, recorded, event.data);
      case 'TargetRevised': {
        const { from, to, documentNumber } = event.data;
        const before = document.targets.find(
          ({ unit, period }) => unit === event.data.unit && period === event.data.period,
        );
        return withTarget(document, recorded, {
          ...event.data,
          value: to,
          original: before?.original ?? from,
          documentNumber,
        });
      }
      case 'TargetWithdrawn': {
        const { unit, period } = event.data;
        const stays = (target: Target) => target.unit !== unit || target.period !== period;
        return { ...document, targets: document.targets.filter(stays) };
      }
      case 'IndicatorScopeSet':
        return { ...document, scopes: withScope(document.scopes ?? [], event.data) };
      case 'IndicatorRetired':
        return { ...document, retiredFrom: event.data.fromPeriod };
      case 'IndicatorContinued':
        return { ...document, continues: event.data };
      case 'ContinuationWithdrawn': {
        const { continues: _, ...others } = document;
        return others;
      }
    }
  },
};

function withTarget(
  document: IndicatorDocument,
  event: RecordedEvent,
  target: Target & { original?: string; documentNumber?: string },
): IndicatorDocument {
  const { unit, period, value, targetVersion, original, documentNumber } = target;
  const entry: TargetEntry = {
    ...{ unit, period, value, targetVersion, ...underDefinition(currentDefinition(document).version) },
    ...(original !== undefined && { original }),
    ...(documentNumber !== undefined && { documentNumber }),
    ...(event.metadata.reason !== undefined && { reason: event.metadata.reason }),
    eventId: event.id,
    knownAt: event.knownAt,
    demo: event.metadata.demo ?? false,
  };
  const others = document.targets.filter((other) => other.unit !== unit || other.period !== period);
  return { ...document, targets: [...others, entry] };
}
