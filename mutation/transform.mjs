import swcJest from '@swc/jest';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { currentRun } from './current-run.mjs';

/** Transforms as the other tests do; of the file under test, its version with all mutants. */
export default {
  createTransformer(options) {
    const swc = swcJest.createTransformer(options);
    const { file, instrumented } = currentRun();
    const code = readFileSync(instrumented, 'utf8');
    const sourceOf = (text, path) => (path === file ? code : text);
    return {
      canInstrument: false,
      process: (text, path, ...rest) => swc.process(sourceOf(text, path), path, ...rest),
      processAsync: (text, path, ...rest) => swc.processAsync(sourceOf(text, path), path, ...rest),
      getCacheKey: (text, path, ...rest) =>
        createHash('sha256')
          .update(sourceOf(text, path))
          .update(swc.getCacheKey(text, path, ...rest))
          .digest('hex'),
    };
  },
};
