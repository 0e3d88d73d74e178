import type { ProblemPlace } from '../kernel/errors.js';
import type { LoadState } from '../kernel/handling.js';
import type { Command } from './command.js';
import type { Place, PlacedCommand } from './folder-part.js';

/** A command of a folder that every decider took. */
export interface AskedCommand<C extends Command = Command> extends PlacedCommand {
  readonly command: C;
  /** It changes something. What stands in the plan already is not warned of again. */
  readonly fresh: boolean;
}

/** All that a folder asks for, as the checks of the slices see it. */
export class Asked {
  constructor(
    readonly plan: string,
    readonly files: readonly string[],
    readonly commands: readonly AskedCommand[],
    /** The rows of `actors.csv`, by the person's id. */
    readonly actorPlaces: ReadonlyMap<string, Place> = new Map(),
  ) {}

  of<C extends Command>(type: abstract new () => C): readonly AskedCommand<C>[] {
    return this.commands.filter((asked): asked is AskedCommand<C> => asked.command instanceof type);
  }
}

/** One side of a contradiction: a command of the folder, a place in a file, or what the plan had before. */
export type Side =
  | { readonly asked: AskedCommand; readonly field?: string }
  | (Place & { readonly field?: string })
  | { readonly standing: string };

/** Something in a folder that a decider takes and that is most likely a mistake. */
export interface Oddity {
  readonly code: string;
  /** Tells it from others of that code: `03/331102/2022`. Without commas. */
  readonly subject: string;
  /** What contradicts what, and the way out (Chinese). */
  readonly message: string;
  readonly sides: readonly Side[];
}

/** How a slice finds what is implausible in a whole folder. It is asked only about a folder without mistakes. */
export interface Plausibility<Sight> {
  /** Reads what the checks compare. The states are those after the folder. */
  gather(asked: Asked, load: LoadState): Promise<Sight>;
  oddities(sight: Sight): readonly Oddity[];
}

export type AnyPlausibility = Plausibility<unknown>;

/** Erases the type of what is gathered: it only passes from `gather` to `oddities`. */
export const plausibility = <Sight>(own: Plausibility<Sight>): AnyPlausibility => own;

/** An oddity as it is shown, and accepted by its id or its code. */
export interface FolderWarning {
  /** `code:subject` */
  readonly id: string;
  readonly code: string;
  readonly message: string;
  readonly places: readonly ProblemPlace[];
}
