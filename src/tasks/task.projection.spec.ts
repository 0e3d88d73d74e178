import {
  taskAmended,
  taskAssigned,
  taskCompleted,
  taskDropped,
  taskProgressed,
  taskReopened,
} from '../../test/support/examples/tasks.js';
import { idAt, interleaved, recorded, recordedOn, saying, someone, type Said } from '../../test/support/recorded.js';
import { documentOf, projected } from '../../test/support/replay.js';
import { TaskReportWithdrawn, taskStream, type TaskEvent } from './task.events.js';
import { taskProjection, type TaskDocument } from './task.projection.js';

const stream = taskStream('lishui', 'D01');
const after = (...events: readonly Said<TaskEvent>[]): Promise<TaskDocument> =>
  documentOf(taskProjection, recorded(events, { stream }));

const assigned = taskAssigned();

describe('the document of a task', () => {
  it('holds the assigned data and no reports', async () => {
    expect(await after(assigned)).toEqual({
      ...{ ...assigned.data, plan: 'lishui', id: 'D01', reports: [], demo: false, demoContent: false },
    });
  });

  it('lists reports, completions and reopenings in order', async () => {
    const { reports } = await after(
      assigned,
      taskProgressed(),
      taskCompleted(),
      saying({ reason: '清单已失效' }, taskReopened()),
    );
    expect(reports).toMatchObject([
      { what: 'progress', on: '2022-06-30', percent: '60', text: '已征求意见', by: someone.name },
      { what: 'completed', on: '2022-12-20', text: '清单已公布', knownAt: recordedOn(3) },
      { what: 'reopened', on: '2023-05-10', reason: '清单已失效' },
    ]);
    expect(reports[2]).not.toHaveProperty('text');
  });

  it('takes the amended content whole and keeps the reports', async () => {
    const amended = { type: 'TaskAmended' as const, data: { title: '编制并公布清单' } };
    const before = await after(assigned, taskProgressed());
    expect(await after(assigned, taskProgressed(), amended)).toEqual({
      ...{ title: '编制并公布清单', plan: 'lishui', id: 'D01', reports: before.reports },
      ...{ demo: false, demoContent: false },
    });
    expect((await after(assigned, saying({ demo: true }, taskAmended({ due: '2023' })))).demo).toBe(true);
  });

  it('lists the dropping with its day and reason', async () => {
    const { reports } = await after(assigned, taskProgressed(), saying({ reason: '并入 D02' }, taskDropped()));
    expect(reports[1]).toMatchObject({ what: 'dropped', on: '2023-03-15', reason: '并入 D02', by: someone.name });
  });

  it('is without what was withdrawn; as known before, that is there', async () => {
    const life = [assigned, taskProgressed(), saying({ demo: true }, taskCompleted())];
    const withdrawn = (place: number) =>
      TaskReportWithdrawn.of({ eventId: idAt(place), type: life[place - 1]!.type, revision: place - 1 });
    const events = recorded([...life, withdrawn(3), withdrawn(2)], { stream });
    const versions = (await projected(taskProjection, events)).get('lishui/D01')!.map(({ body }) => body);
    expect(versions.slice(3)).toEqual([versions[1], versions[0]]);
    expect(versions.map(({ demo }) => demo)).toEqual([false, false, true, false, false]);
  });

  it('stays marked as demonstration data once any event was', async () => {
    expect((await after(assigned, saying({ demo: true }, taskProgressed()), taskCompleted())).demo).toBe(true);
    expect((await after(assigned, taskProgressed())).demo).toBe(false);
  });
});

it('each task has its own document; a report before the assignment stops the projection', async () => {
  const log = interleaved(
    recorded([assigned, taskProgressed()], { stream }),
    recorded([assigned], { stream: taskStream('lishui', 'D02') }),
  );
  expect([...(await projected(taskProjection, log)).keys()].sort()).toEqual(['lishui/D01', 'lishui/D02']);
  await expect(after(taskProgressed())).rejects.toThrow('TaskProgressReported before the task was assigned');
});
