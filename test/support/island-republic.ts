import { join } from 'node:path';
import type { Engine } from '../../src/engine.js';
import { parseKnownTime } from '../../src/kernel/time.js';
import { composeOverview, type Overview } from '../../src/overview/overview.js';
import { readFolder } from '../../src/submissions/read-folder.js';
import { memoryEngine } from './engine.js';

export const island = 'island-republic-2021-2025';

/** The plan as printed, and what happened since. */
export const islandFolders = () =>
  ['island-republic', 'island-republic-figures'].map((name) => readFolder(join('test', 'plans', name)));

/** A started engine with both folders. */
export async function islandEngine(): Promise<Engine> {
  const engine = memoryEngine();
  await engine.start();
  for (const folder of islandFolders()) await engine.submissions.submit(folder);
  await engine.caughtUp();
  return engine;
}

/** When the plan is evaluated: a period, and the day up to whose end its figures are known. */
export const moments = {
  'annual-2022': { kind: 'annual', period: 'FY2022', day: '2023-07-31' },
  'midterm-2023': { kind: 'midterm', period: 'FY2023', day: '2024-06-30' },
  'corrected-2023': { kind: 'annual', period: 'FY2023', day: '2025-02-28' },
  'final-2025': { kind: 'final', period: 'FY2025', day: '2026-07-31' },
} as const;
export type Moment = keyof typeof moments;

export const islandKnown = (day: string) => ({ knownAt: parseKnownTime(day, 'Indian/Mauritius') });

export const islandOn = (engine: Engine, period: string, day: string): Promise<Overview> =>
  composeOverview(engine.views, island, period, islandKnown(day));

export const islandAt = (engine: Engine, moment: Moment): Promise<Overview> =>
  islandOn(engine, moments[moment].period, moments[moment].day);

export const namesOf = ({ units }: Overview) => units.map(({ code, name }) => `${code} ${name}`);
