import { openLineNames } from '../../src/readiness/readiness.js';

/** What accepts all that is not ready when an evaluation is published. */
export const allNotReady = openLineNames.map((line) => `readiness:${line}`);
