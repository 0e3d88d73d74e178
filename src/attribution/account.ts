import {
  difference,
  moved,
  type Change,
  type NumberMove,
  type Sides,
  type Told,
  type TwoTold,
  type VerdictMove,
} from './moves.js';
import type { Place } from './numbers.js';

/** Beside what a cause moves in turn: what it moves alone. */
export interface Alone {
  /** Absent where the event moves nothing alone, and of a cause that is no event. */
  readonly alone?: Change;
  /** What the event moves in turn is not what it moves alone: it acts together with others. */
  readonly together?: true;
}

/** What one cause moves. */
export interface Part {
  readonly numbers: readonly (NumberMove & Alone)[];
  readonly verdicts: readonly (VerdictMove & Alone)[];
}

/**
 * Keeps account of what causes move one after another, from a first state to a last one. The `change` of a number that both
 * ends have is the part of the cause in their difference. Where a state has no value, the next one that has one is compared
 * with the last value that was known: so the parts of a number sum exactly to its difference.
 */
export class Account {
  private now: Told;
  private readonly known: Map<string, string>;

  constructor(
    private readonly first: Told,
    private readonly last: Told,
  ) {
    this.now = first;
    this.known = new Map([...first.numbers].map(([key, { value }]) => [key, value]));
  }

  /** Takes a step to the next state. `alone`: what an event makes of the start alone. */
  step(next: Told, alone?: TwoTold): Part {
    const [before, after] = [this.now, next];
    this.now = next;
    return {
      numbers: merged(
        before.numbers,
        after.numbers,
        alone?.map(({ numbers }) => numbers),
      ).map(({ key, place, inTurn, ofItself }) => {
        const change = { ...inTurn, ...this.part(key, inTurn) };
        const its = ofItself && { ...ofItself, ...changeOf(ofItself) };
        return { ...place, ...change, ...besides(change, its, alone) };
      }),
      verdicts: merged(
        before.verdicts,
        after.verdicts,
        alone?.map(({ verdicts }) => verdicts),
      ).map(({ place, inTurn, ofItself }) => ({ ...place, ...inTurn, ...besides(inTurn, ofItself, alone) })),
    };
  }

  /** The part of a step in the difference of a number, if both ends have it. */
  private part(key: string, { to }: Sides): Pick<Change, 'change'> {
    const known = this.known.get(key);
    if (to !== undefined) this.known.set(key, to);
    if (to === undefined || known === undefined) return {};
    if (!this.first.numbers.has(key) || !this.last.numbers.has(key)) return {};
    return { change: difference(known, to) };
  }
}

type Placed<Of> = Place & { readonly of: Of; readonly value: string };
type Places<Of> = ReadonlyMap<string, Placed<Of>>;

interface Merged<Of> {
  readonly key: string;
  readonly place: Place & { readonly of: Of };
  readonly inTurn: Sides;
  readonly ofItself?: Sides;
}

/** What a step moves, and what an event moves alone, by place. What only the latter moves stays in turn what it is. */
function merged<Of>(before: Places<Of>, after: Places<Of>, alone?: readonly Places<Of>[]): Merged<Of>[] {
  const inTurn = moved(before, after);
  const ofItself = alone ? moved(alone[0]!, alone[1]!) : new Map<string, Sides & { readonly placed: Placed<Of> }>();
  return [...new Set([...inTurn.keys(), ...ofItself.keys()])].map((key) => {
    const { value: _, ...place } = (inTurn.get(key) ?? ofItself.get(key)!).placed;
    const stays = after.get(key)?.value;
    const own = inTurn.get(key) ?? (stays === undefined ? {} : { from: stays, to: stays });
    const other = ofItself.get(key);
    return { key, place, inTurn: sidesOf(own), ...(other && { ofItself: sidesOf(other) }) };
  });
}

const sidesOf = ({ from, to }: Sides): Sides => ({
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
});

const changeOf = ({ from, to }: Sides): Pick<Change, 'change'> =>
  from === undefined || to === undefined ? {} : { change: difference(from, to) };

function besides(inTurn: Change, ofItself: Change | undefined, alone: TwoTold | undefined): Alone {
  if (!alone) return {};
  const isSame =
    ofItself !== undefined &&
    (inTurn.change !== undefined && ofItself.change !== undefined
      ? inTurn.change === ofItself.change
      : inTurn.from === ofItself.from && inTurn.to === ofItself.to);
  return { ...(ofItself && { alone: ofItself }), ...(!isSame && { together: true }) };
}
