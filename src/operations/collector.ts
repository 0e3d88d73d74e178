import { setFlagsFromString } from 'node:v8';

/*
 * Events and documents are read in pages and let go. V8 learns from a page that was still held while its versions were
 * being written, and from then on makes such objects in the old generation; there, dead, they keep alive what they refer
 * to in the young one, so that most of it is copied at each collection for nothing. Without that habit, views are
 * rebuilt in a process that has been at work in seven tenths of the time (docs/performance.md).
 */
setFlagsFromString('--no-allocation-site-pretenuring');
