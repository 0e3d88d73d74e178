import type { Catalogue } from '../kernel/catalogue.js';
import { DomainError, refused, type Thing } from '../kernel/errors.js';
import { CommandHandling, type LoadState } from '../kernel/handling.js';
import type { Authorizer } from '../slice/authorizer.js';
import { CommandGateway } from '../slice/command-gateway.js';
import type { PlacedCommand } from '../slice/folder-part.js';
import { withCodeMeant } from '../slice/known-codes.js';
import type { CommandRegistry, DecisionPorts } from '../slice/slice.js';
import type { Oddity } from '../slice/plausibility.js';
import type { ChangedFolder } from './folder-changes.js';
import { Mistakes } from './mistakes.js';
import { Renewal } from './renewal.js';
import { StagedLog } from './staged-log.js';

/** Commands that are decided one after the other before others are served. */
const stretch = 500;

/** A folder as the deciders took it, before any of it is stored. */
export interface Staged {
  readonly staged: StagedLog;
  readonly mistakes: Mistakes;
  /** The commands that change something. */
  readonly fresh: ReadonlySet<PlacedCommand>;
  /** The states after the folder. */
  readonly load: LoadState;
  /** What turned out odd while it was decided. */
  readonly oddities: readonly Oddity[];
}

type Ports = DecisionPorts & { readonly catalogue: Catalogue; readonly authorizer: Authorizer };

/**
 * Decides the commands of a folder on a staged log, by the deciders themselves, and notes what they refuse. What is
 * refused only because of a mistake that is noted already is not noted.
 */
export class Staging {
  /** The codes that the plan has by now of each kind of thing. */
  private readonly codes = new Map<string, Set<string>>();
  private readonly gateway: CommandGateway;
  private readonly mistakes: Mistakes;
  private readonly handling: CommandHandling;
  private readonly renewal: Renewal;
  private readonly fresh = new Set<PlacedCommand>();
  private readonly oddities: Oddity[] = [];

  constructor(
    private readonly folder: ChangedFolder,
    submission: string,
    private readonly registry: CommandRegistry,
    private readonly ports: Ports,
    /** The log as it was read before, where what is staged rests on that. */
    private readonly staged = new StagedLog(ports.log, ports.clock),
  ) {
    const { catalogue, clock } = ports;
    this.handling = new CommandHandling(this.staged, catalogue, clock);
    this.gateway = new CommandGateway(registry, this.handling, ports, ports.authorizer);
    this.mistakes = new Mistakes(folder.mistakes);
    this.renewal = new Renewal(registry, submission, folder.commands);
  }

  async run(onProgress: (done: number, total: number) => void): Promise<Staged> {
    const { commands, isSound } = this.folder;
    const { staged, mistakes, fresh, handling, oddities } = this;
    if (!isSound) mistakes.unchecked += commands.length;
    for (let from = 0; isSound && from < commands.length; from += stretch) {
      const next = commands.slice(from, from + stretch);
      await staged.readAhead(next.map(({ command }) => this.registry.of(command).stream(command as never)));
      for (const row of next) await this.decide(row);
      onProgress(from + next.length, commands.length);
      // Deciding never waits for I/O: let others be served between stretches.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { staged, mistakes, fresh, load: handling.load, oddities };
  }

  private async decide(row: PlacedCommand): Promise<void> {
    const { command, sender, locate, isProvisional } = await this.renewal.of(row, (stream) => this.staged.done(stream));
    const { unmade } = this.mistakes;
    const { about } = command;
    if (this.folder.asBefore.has(row)) return this.made(about);
    const former = this.folder.formerOf.get(row);
    try {
      const stood = !former || (await this.gateway.isSo(former.command, former.sender));
      if (!stood && this.folder.reworded.has(row)) return;
      const { events, repeated } = await this.gateway.decide(command, sender);
      const isNew = events.length > 0 && !repeated;
      if (isNew) this.fresh.add(row);
      if (isNew && !stood) throw changedSince;
      if (events.length === 0 && this.folder.added.has(row)) this.oddities.push(standsAlready(row));
      this.made(about);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // Of what was loaded before, a row that is not whole seems to say something else.
      const isOld = isProvisional && this.staged.isKnown(this.registry.of(command).stream(command as never));
      if (isOld || follows(error, about, unmade)) this.mistakes.unchecked++;
      else this.mistakes.addError(locate, await this.withWayOut(error));
      unmade.add(about);
      // Everything rests on the plan: that it is missing is said once.
      if (error.missing?.kind === 'plan') unmade.add(error.missing);
    }
  }

  /**
   * With what may be meant by a thing that is missing, or with the file that may be missing as a whole; or with how changes
   * of one folder come to be known in their order.
   */
  private async withWayOut(error: DomainError): Promise<unknown> {
    if (error.code === 'known-time.before-last' && this.folder.differences.length > 0) {
      return error.endingIn('；如系本文件夹在前的变更今日才知悉，也可在 changes.csv 为它写一行，填更早的知悉日期');
    }
    const file = error.missing && this.folder.absent.get(error.missing.kind);
    const meant = await withCodeMeant(error, (missing) => this.known(missing));
    return meant === error && file !== undefined ? error.endingIn(`；文件夹中没有 ${file}，漏了的请补上`) : meant;
  }

  /** Later rows may name it. */
  private made(about: Thing | undefined): void {
    if (about) this.codesHere(about.kind).add(about.id);
  }

  private codesHere(kind: string): Set<string> {
    const codes = this.codes.get(kind) ?? new Set<string>();
    this.codes.set(kind, codes);
    return codes;
  }

  /** The codes of a kind that the folder brought so far, and those that the plan had before. */
  private async known({ kind }: Thing): Promise<readonly string[]> {
    return [...this.codesHere(kind), ...(await this.registry.codesOf(kind, this.folder.plan, this.ports.views))];
  }
}

const changedSince = refused(
  'change.standing-differs',
  '上次装载之后已有人另行更改，现行内容与上次装载的不同（见沿革）：请先把文件夹改为现行内容装载一次，再改',
);

function standsAlready({ command, locate }: PlacedCommand): Oddity {
  const { file, row } = locate(undefined);
  return {
    code: 'change.stands-already',
    subject: command.about?.id ?? command.type,
    message:
      '上次装载的文件夹没有此行，而库中已有同样内容：可能由别处登记，或曾登记后停用、取消；装载不会使已停用、取消的恢复，要重新列入的请另用一个代码',
    sides: [{ file, row }],
  };
}

/** Whether a refusal only follows from another: what is missing, or came before, is what that kept from being made. */
function follows({ kind, missing }: DomainError, about: Thing | undefined, unmade: Mistakes['unmade']): boolean {
  if (missing && unmade.mayBe(missing)) return true;
  return kind !== 'invalid' && kind !== 'forbidden' && about !== undefined && unmade.has(about);
}
