import type { Response } from 'express';
import type { Position } from '../kernel/position.js';

/** The head of an answer that is a file. The position says up to where the log was read: the next export goes on there. */
export function setExportHead(
  response: Response,
  { type, name, position }: { readonly type: string; readonly name: string; readonly position: Position | undefined },
): void {
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  if (position !== undefined) response.setHeader('Tongjian-Position', position);
}
