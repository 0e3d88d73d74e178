import type { Engine } from '../../src/engine.js';
import type { Problem } from '../../src/kernel/errors.js';
import type { FolderFiles } from '../../src/slice/folder-part.js';
import { assertRefusal } from './decider-spec.js';
import { memoryEngine } from './engine.js';

/** What is wrong with a folder. It is refused whole: nothing of it may be in the log. */
export async function mistakesIn(files: FolderFiles, engine: Engine = memoryEngine()): Promise<readonly Problem[]> {
  const before = await engine.log.head();
  const refusal = await engine.submissions.submit(files).then(
    () => undefined,
    (error: unknown) => error,
  );
  assertRefusal(refusal, 'it was taken');
  expect(refusal).toMatchObject({ kind: 'invalid', code: 'submission.refused' });
  expect(await engine.log.head()).toBe(before);
  return refusal.problems;
}
