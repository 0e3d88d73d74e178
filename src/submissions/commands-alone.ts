import type { PlacedCommand } from '../slice/folder-part.js';
import type { ChangedFolder } from './folder-changes.js';
import type { ReadFolder } from './read-plan-folder.js';

/** Commands that come from no plan folder, as `Staging` takes them: there is no earlier folder to compare them with. */
export const commandsAlone = (
  head: Pick<ReadFolder, 'plan' | 'title' | 'demo' | 'actor' | 'mistakes'>,
  commands: readonly PlacedCommand[],
): ChangedFolder => ({
  ...head,
  commands,
  isSound: true,
  changeRows: [],
  actorPlaces: new Map(),
  absent: new Map(),
  differences: [],
  asBefore: new Set(),
  reworded: new Set(),
  formerOf: new Map(),
  added: new Set(),
  dropped: [],
  newRows: [],
});
