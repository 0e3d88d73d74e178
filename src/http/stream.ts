import type { Response } from 'express';
import { isStillLetIn } from '../access/principal.js';
import { admissionLimits } from './admission.js';

/**
 * Milliseconds between two looks at whether the reader of an open answer is still let in. With the time for which rights
 * are held it makes a second at most.
 */
const lookEvery = 250;

/**
 * Writes a part of a long answer and waits until its reader has taken what came before, so that memory stays flat.
 * A reader that takes nothing for a while is cut off, and so is one whose access ends meanwhile. Resolves false once
 * there is nobody to write to.
 */
export async function writeTo(response: Response, text: string, stall = admissionLimits.stall): Promise<boolean> {
  await cutUnlessLetIn(response);
  if (response.destroyed) return false;
  if (!response.write(text)) {
    response.setTimeout(stall);
    const looking = setInterval(() => void cutUnlessLetIn(response), lookEvery);
    await drained(response);
    clearInterval(looking);
    response.setTimeout(0);
  }
  return !response.destroyed;
}

/** Resolves once the reader has taken what was written, or is gone. */
function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

async function cutUnlessLetIn(response: Response): Promise<void> {
  if (!response.destroyed && !(await isStillLetIn())) response.destroy();
}
