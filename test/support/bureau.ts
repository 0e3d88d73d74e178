import type { Engine } from '../../src/engine.js';
import { openEmbedded } from '../../src/engine.js';
import { OpenEvaluation, TakeSnapshot } from '../../src/evaluations/evaluation.commands.js';
import {
  evaluationProjection,
  type EvaluationDocument,
  type SnapshotEntry,
} from '../../src/evaluations/evaluation.projection.js';
import { readContent, type SnapshotContent } from '../../src/evaluations/snapshot.js';
import { checkedInput, type Command } from '../../src/slice/command.js';
import type { FolderFiles } from '../../src/slice/folder-part.js';
import { programmeWarnings } from './programme-folder.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

const now = '2026-12-01T02:30:00.000Z';

export type Frozen = [content: SnapshotContent, evaluation: EvaluationDocument, entry: SnapshotEntry];

/** An engine with loaded plan folders, to which an evaluator sends commands. */
export class Bureau {
  private constructor(
    private readonly plan: string,
    private readonly folder: TemporaryFolder,
    private readonly engine: Engine,
  ) {}

  static async open(plan: string, ...folders: readonly FolderFiles[]): Promise<Bureau> {
    const folder = await temporaryFolder();
    const engine = openEmbedded(folder.path(), { now: () => now });
    await engine.start();
    for (const files of folders) await engine.submissions.submit(files, undefined, programmeWarnings);
    return new Bureau(plan, folder, engine);
  }

  async send<C extends Command>(type: new () => C, input: object): Promise<void> {
    const commandId = JSON.stringify([type.name, input]);
    const actor = { id: 'evaluator-1', name: '李评估', roles: ['evaluator'], means: 'import' as const };
    await this.engine.gateway.carryOut(checkedInput(type, { plan: this.plan, ...input }), { commandId, actor });
  }

  async evaluate(opening: { id: string; kind: string; period: string }, asOf?: string): Promise<Frozen> {
    await this.send(OpenEvaluation, opening);
    await this.send(TakeSnapshot, { id: opening.id, asOf });
    return this.frozen(opening.id);
  }

  async frozen(id: string): Promise<Frozen> {
    await this.engine.caughtUp();
    const evaluation = (await this.engine.views.get(evaluationProjection, `${this.plan}/${id}`))!.body;
    const entry = evaluation.snapshots.at(-1)!;
    return [await readContent(this.engine.files, entry.contentHash), evaluation, entry];
  }

  async close(): Promise<void> {
    await this.engine.close();
    await this.folder.remove();
  }
}

/** The visible text of an HTML page, with white space collapsed. */
export const textOf = (page: string): string =>
  page
    .replace(/<style>[^]*?<\/style>/g, '')
    .replace(/<\/t[hd]>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ');
