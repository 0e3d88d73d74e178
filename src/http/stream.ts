import type { Response } from 'express';
import { admissionLimits } from './admission.js';

/**
 * Writes a part of a long answer and waits until its reader has taken what came before, so that memory stays flat.
 * A reader that takes nothing for a while is cut off. Resolves false once there is nobody to write to.
 */
export async function writeTo(response: Response, text: string, stall = admissionLimits.stall): Promise<boolean> {
  if (response.destroyed) return false;
  if (!response.write(text)) {
    response.setTimeout(stall);
    await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    response.setTimeout(0);
  }
  return !response.destroyed;
}
