import { memoryEngine } from '../../test/support/engine.js';
import { dying, meddled } from '../../test/support/meddled-log.js';
import { MemoryFileStore } from '../../test/support/memory-file-store.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import type { EventLog } from '../kernel/event-log.js';
import type { FolderFiles } from '../slice/folder-part.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';

/** The small plan: another title, weight and target, one target gone, one new figure, and the end of the plan. */
function changedPlan(): FolderFiles {
  const files = smallPlan();
  return {
    ...files,
    'plan.yaml': `${files['plan.yaml']!.replace('title: 小规划', 'title: 小规划（修订）')}closed: '2026-03-01'\n`,
    'indicators.yaml': files['indicators.yaml']!.replace("weight: '1'", "weight: '2'"),
    'targets.csv': files['targets.csv']!.replace('03,331100,2022,40,\n', '').replace('2025,100', '2025,120'),
    'history.csv': `${files['history.csv']!}2024-03-01,reporter-1,上报,03,331102,2023,12,,,,,2023 年名录,,,,\n`,
    'changes.csv': '对象,代码,事由,知悉日期\n全部,,规划修订,2026-02-01\n',
  };
}

const eventsOf = async (log: EventLog) =>
  (await log.readAll()).map(({ stream, type, data }) => `${stream} ${type} ${JSON.stringify(data)}`);

it.each([1, 2, 3, 4, 5])(
  'a changed folder that is cut off after %d appends is finished, each event once',
  async (after) => {
    const load = async (cutAfter?: number) => {
      const clock = new MovingClock('2026-05-01T00:00:00.000Z');
      const [log, store, files] = [new MemoryEventLog({ clock }), new MemoryVersionedStore(), new MemoryFileStore()];
      const engine = memoryEngine({ clock, store, files, log: meddled(log, {}) });
      await engine.start();
      await engine.submissions.submit(smallPlan());
      await engine.caughtUp();
      const accepted = (await engine.submissions.tryOut(changedPlan())).warnings.map(({ id }) => id);
      if (cutAfter === undefined) {
        await engine.submissions.submit(changedPlan(), undefined, { accepted });
        await engine.close();
        return eventsOf(log);
      }
      await engine.close();
      const cut = memoryEngine({ clock, store, files, log: dying(log, cutAfter) });
      await cut.start();
      await expect(cut.submissions.submit(changedPlan(), undefined, { accepted })).rejects.toThrow('killed');
      await cut.close();
      const next = memoryEngine({ clock, store, files, log: meddled(log, {}) });
      await next.start();
      expect(await next.submissions.finishInterrupted()).toBe(1);
      await next.close();
      return eventsOf(log);
    };
    const [whole, finished] = [await load(), await load(after)];
    expect(finished.toSorted()).toEqual(whole.toSorted());
    expect(finished.filter((event) => event.includes('PlanClosed'))).toHaveLength(1);
    expect(finished.at(-2)).toContain('PlanClosed');
  },
);
