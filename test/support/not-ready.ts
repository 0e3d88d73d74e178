import { openLineNames } from '../../src/readiness/readiness.js';

/** What accepts all that is not ready when an evaluation is published, and that 考核 sheets were not put forth. */
export const allNotReady = [...openLineNames.map((line) => `readiness:${line}`), 'appraisal:not-put-forth'];
