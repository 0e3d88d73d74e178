import { isFeedActor } from '../feeds/feed-report.js';
import type { RecordedEvent } from '../kernel/event.js';
import type { EventLog } from '../kernel/event-log.js';
import { notFound } from '../kernel/errors.js';
import type { FileStore } from '../kernel/file-store.js';
import { comparePositions, hasReached } from '../kernel/position.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { FolderFiles } from '../slice/folder-part.js';
import { submissionStream } from '../submissions/submission.events.js';
import { submissionProjection } from '../submissions/submission.projection.js';

/** A folder as it was loaded. */
export interface LoadedFolder {
  readonly submission: string;
  readonly title: string;
  readonly loadedAt: Instant;
  /** SHA-256 of its files. */
  readonly contentHash: string;
  /** Ids of the warnings that were accepted: whoever loads it elsewhere has to accept them, too. */
  readonly acceptedWarnings: readonly string[];
  readonly files: FolderFiles;
}

/** The folders of a plan in the order in which they were loaded, and what the plan has that is in none of them. */
export interface PlanFolders {
  readonly plan: string;
  readonly folders: readonly LoadedFolder[];
  /** Events that no folder brought, by type: entered over HTTP, on the command line, by a workbook or by a feed. */
  readonly entered: Readonly<Record<string, number>>;
}

interface Ports {
  readonly views: Views;
  readonly files: FileStore;
  readonly log: Pick<EventLog, 'readAll'>;
}

/** Loaded elsewhere, one after another, the folders bring what they brought here. */
export async function planFolders({ views, files, log }: Ports, plan: string, asOf: AsOf): Promise<PlanFolders> {
  const loaded = (await views.list(submissionProjection, `${plan}/`, { asOf }))
    .filter(({ body: { standing, received } }) => standing === 'applied' && received.kind === 'folder')
    .toSorted((a, b) => comparePositions(a.position, b.position));
  const folders = await Promise.all(
    loaded.map(async ({ body: { id, received, receivedAt } }): Promise<LoadedFolder> => {
      const content = await files.get(received.contentHash);
      if (!content) throw notFound('submission.content-missing', `找不到报送 ${id} 的文件 ${received.contentHash}`);
      return {
        ...{ submission: id, title: received.title, loadedAt: receivedAt, contentHash: received.contentHash },
        acceptedWarnings: received.warnings.map((warning) => warning.id),
        files: JSON.parse(content.toString('utf8')) as FolderFiles,
      };
    }),
  );
  const streams = new Set(folders.map(({ submission }) => submissionStream(plan, submission)));
  const isOfFolder = (event: RecordedEvent) => streams.has(event.stream) || isBrought(event);
  return { plan, folders, entered: await enteredOtherwise(log, { plan, isOfFolder }, asOf) };
}

/** Whether a folder brought the event: the rows of feeds are imported, too, by an actor of their own. */
const isBrought = ({ metadata: { actor } }: RecordedEvent): boolean => actor.means === 'import' && !isFeedActor(actor);

async function enteredOtherwise(
  log: Ports['log'],
  { plan, isOfFolder }: { readonly plan: string; readonly isOfFolder: (event: RecordedEvent) => boolean },
  { position }: AsOf,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let after: string | undefined; ;) {
    const page = await log.readAll({ after, limit: 1000 });
    for (const event of page) {
      const { stream, type, position: at } = event;
      if (position !== undefined && !hasReached(position, at)) return counts;
      if (parseStreamName(stream).plan !== plan || isOfFolder(event)) continue;
      counts[type] = (counts[type] ?? 0) + 1;
    }
    if (page.length === 0) return counts;
    after = page.at(-1)!.position;
  }
}
