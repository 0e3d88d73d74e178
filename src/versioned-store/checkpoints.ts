import { comparePositions, type Position } from '../kernel/position.js';
import { CheckpointConflict, type ViewId } from '../kernel/versioned-store.js';

/** @throws {CheckpointConflict} the live generation's checkpoint `live` is after the view's own checkpoint */
export function assertNotBehind(view: ViewId, own: Position | undefined, live: Position | undefined): void {
  if (live === undefined) return;
  if (own === undefined || comparePositions(own, live) < 0) throw new CheckpointConflict(view, live, own);
}
