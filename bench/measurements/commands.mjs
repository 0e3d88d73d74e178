import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { PlanShape, actor, newEvent } from '../data.mjs';
import { built } from '../engine.mjs';
import { concurrently, emptyFolder, inTurns, round, timesFaster } from '../harness.mjs';
import { plainTable } from '../peers/plain-table.mjs';

const { openEmbedded } = await built('engine');
const { MeasureIndicator } = await built('figures/figure.commands');
const { figureStream } = await built('figures/figure.events');

export const title = 'Commands through handler and decider, each on a figure of its own';

const shape = new PlanShape({ indicators: 100, units: 100, periods: 10 });

/** An engine with the plan loaded; `report` reports figure number `at`. */
async function prepared(folder) {
  const engine = openEmbedded(folder);
  await engine.submissions.submit(shape.files());
  const report = (at) => {
    const command = Object.assign(new MeasureIndicator(), { ...shape.figures[at], value: String(1000 + (at % 9000)) });
    return engine.gateway.carryOut(command, { commandId: randomUUID(), actor });
  };
  return { engine, report };
}

export async function measure({ parent, quick }) {
  const folder = emptyFolder(parent, 'commands');
  const table = plainTable(join(folder, 'table.sqlite'));
  const alone = await prepared(emptyFolder(folder, 'alone'));
  const followed = await prepared(emptyFolder(folder, 'followed'));
  await followed.engine.start();

  const single = 500;
  const many = 4_096;
  // Each figure is reported once: the turns one by one use figures after those of all other turns.
  const beyond = 20 * many;
  const results = await inTurns(quick ? 3 : 15, [
    {
      name: 'plain table, a commit each',
      count: single,
      run(turn) {
        for (let at = turn * single; at < (turn + 1) * single; at++) {
          const event = newEvent('IndicatorMeasured', { reported: { value: '1234' }, definitionVersion: 1 });
          table.append(figureStream(shape.figures[at]), 0, event);
        }
      },
    },
    {
      name: 'one by one',
      count: single,
      run: (turn) => concurrently(1, beyond + turn * single, beyond + (turn + 1) * single, alone.report),
    },
    {
      name: '64 at a time',
      count: many,
      run: (turn) => concurrently(64, turn * many, (turn + 1) * many, alone.report),
    },
    {
      name: '64 at a time, until all views show them',
      count: many,
      async run(turn) {
        await concurrently(64, turn * many, (turn + 1) * many, followed.report);
        await followed.engine.caughtUp();
      },
    },
  ]);
  await alone.engine.close();
  await followed.engine.close();
  table.close();

  const [plain, , together] = results;
  return {
    goals: [
      {
        name: 'commands 64 at a time, of the plain table',
        goal: '≥ 2 ×',
        value: timesFaster(together, plain, many / single),
        met: (times) => times >= 2,
      },
    ],
    rows: results.map((result, at) => ({
      name: result.name,
      'median /s': round(result.median),
      'best /s': round(result.best),
      '× plain table': timesFaster(result, plain, at < 2 ? 1 : many / single),
    })),
  };
}
