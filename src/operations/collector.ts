import { setFlagsFromString } from 'node:v8';

/*
 * Turns off allocation-site pretenuring of V8's garbage collector. Events and documents are read in pages and become
 * garbage soon. But some pages live until their versions are written, from which V8 learns to allocate such objects in
 * the old generation. There they stay until the next full collection and keep objects of the young generation alive,
 * which each minor collection then copies needlessly. Without pretenuring, a rebuild in a process that has run for a
 * while takes 70 % of the time (docs/performance.md).
 */
setFlagsFromString('--no-allocation-site-pretenuring');
