import { LRUCache } from 'lru-cache';
import { randomUUID } from 'node:crypto';

/** Ids that the program itself gives to commands: `auto-` to one that came without, the others to what folders bring. */
const own = /^(auto|load|submission)-/;

export const isOwnId = (commandId: string): boolean => own.test(commandId);

export const newCommandId = (): string => `auto-${randomUUID()}`;

/** Where the first event of a command stands. */
export interface CommandPlace {
  readonly stream: string;
  readonly revision: number;
}

/**
 * Sees to it that an id which a caller gives stands for one command of the whole log. A stream knows its own commands;
 * of other streams the read model tells, which may lag behind. So commands with the same id are carried out one after the
 * other, and what this process carried out lately is remembered. Of what another process carried out just now, or while
 * the read model is unavailable, the id is not known.
 */
export class CommandIds {
  private readonly underWay = new Map<string, Promise<unknown>>();
  private readonly lately = new LRUCache<string, CommandPlace>({ max: 10_000 });

  /** `lookUp` asks the read model; it answers undefined, too, where that cannot be asked. */
  constructor(private readonly lookUp: (commandId: string) => Promise<CommandPlace | undefined>) {}

  async inTurn<Result>(commandId: string, work: () => Promise<Result>): Promise<Result> {
    if (isOwnId(commandId)) return work();
    const before = this.underWay.get(commandId) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.underWay.set(commandId, mine);
    try {
      return await mine;
    } finally {
      if (this.underWay.get(commandId) === mine) this.underWay.delete(commandId);
    }
  }

  /** Where a command with this id was carried out on another stream. */
  async usedElsewhere(commandId: string, stream: string): Promise<CommandPlace | undefined> {
    if (isOwnId(commandId)) return undefined;
    const place = this.lately.get(commandId) ?? (await this.lookUp(commandId));
    return place?.stream === stream ? undefined : place;
  }

  carriedOut(commandId: string, place: CommandPlace): void {
    if (!isOwnId(commandId)) this.lately.set(commandId, place);
  }
}
