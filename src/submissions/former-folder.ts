import { comparePositions } from '../kernel/position.js';
import { untilReached } from '../kernel/projector.js';
import type { FolderFiles } from '../slice/folder-part.js';
import type { DecisionPorts } from '../slice/slice.js';
import { isPlanFolder, titleOf } from './read-plan-folder.js';
import { submissionProjection } from './submission.projection.js';

/** A folder as it was loaded before, and by which submission. */
export interface FormerFolder {
  readonly submission: string;
  readonly title: string;
  readonly files: FolderFiles;
}

/** Milliseconds for the views to catch up. */
const longestWait = 60_000;

type Ports = Pick<DecisionPorts, 'log' | 'projector' | 'views' | 'files'>;

/**
 * What this folder was when it was last loaded, by all that is in the log.
 * @throws {DomainError} `views.behind`
 */
export async function formerFolder(
  plan: string,
  present: FolderFiles,
  ports: Ports,
): Promise<FormerFolder | undefined> {
  const last = await ports.log.lastEvent();
  if (!last) return undefined;
  await untilReached(ports.projector, last.position, longestWait);
  return lastLoaded(plan, present, ports);
}

/**
 * What this folder was when it was last loaded, as far as the views know: for a folder that describes a plan, the last one
 * that described it; for a folder that adds to a plan, the last one of the same title.
 */
export async function lastLoaded(
  plan: string,
  present: FolderFiles,
  ports: Pick<Ports, 'views' | 'files'>,
): Promise<FormerFolder | undefined> {
  const describes = isPlanFolder(present);
  const title = titleOf(present);
  const loaded = (await ports.views.list(submissionProjection, `${plan}/`))
    .filter(
      ({ body: { standing, received } }) =>
        standing === 'applied' && received.kind === 'folder' && (describes || received.title === title),
    )
    .sort((a, b) => comparePositions(b.position, a.position));
  for (const { body } of loaded) {
    const content = await ports.files.get(body.received.contentHash);
    if (!content) throw new Error(`submission ${plan}/${body.id}: its content is missing from the file store`);
    const files = JSON.parse(content.toString('utf8')) as FolderFiles;
    if (isPlanFolder(files) === describes) return { submission: body.id, title: body.received.title, files };
  }
  return undefined;
}
