import {
  progressed,
  projectCompleted,
  projectRegistered,
  projectStarted,
  projectSuspended,
  rescheduled,
} from '../../test/support/examples/projects.js';
import { taskAssigned, taskProgressed } from '../../test/support/examples/tasks.js';
import type { Said } from '../../test/support/recorded.js';
import { folded } from '../../test/support/replay.js';
import { projectStream, type ProjectEvent } from '../projects/project.events.js';
import { projectProjection } from '../projects/project.projection.js';
import { taskStream, type TaskEvent } from '../tasks/task.events.js';
import { taskProjection } from '../tasks/task.projection.js';
import { programmeWarnings } from './programme-forecasts.js';

/** A project for 2022 and 2023 that started on the first day of 2022. */
const started = projectStarted('2022-01-01');
const project = (...events: readonly Said<ProjectEvent>[]) =>
  folded(projectProjection, projectStream('lishui', 'P01'), [projectRegistered(), ...events]);
const task = (...events: readonly Said<TaskEvent>[]) => folded(taskProjection, taskStream('lishui', 'D01'), events);
const asOf = (until: string, ...events: readonly Said<ProjectEvent>[]) =>
  programmeWarnings([project(...events)], [], until, {});
const expected = (until: string, ...events: readonly Said<ProjectEvent>[]) =>
  Object.entries(asOf(until, ...events).counts.project).flatMap(([each, count]) => (count > 0 ? [each] : []));

describe('a project at the pace of its reports', () => {
  it('ends late where the average pace leads beyond the planned end', () => {
    // 40 % in 365 days: the rest takes 547.5 more, to 2024-07-02; 60 % are left for 364 days.
    const { warnings, counts } = asOf(
      '2023-02-01',
      started,
      progressed('2022-07-02', '10'),
      progressed('2023-01-01', '40'),
    );
    expect(warnings).toEqual([
      {
        ...{ kind: 'project', id: 'P01', name: '莲都康养中心', unit: '331102', due: '2023', expected: 'late' },
        ...{ percent: '40', on: '2023-01-01', paceSeen: '3.3', paceNeeded: '5.0' },
        ...{ end: '2024-07-02', daysLate: 184 },
        // 30 % in the last 183 days: 60 % in 366.
        ...{ endAtLastPace: '2024-01-02', certain: true, demo: false },
      },
    ]);
    expect(counts.project).toMatchObject({ late: 1, 'on-time': 0 });
  });

  it('is told as less sure where the pace of the last reports would do', () => {
    const { warnings } = asOf('2023-02-01', started, progressed('2022-10-01', '5'), progressed('2023-01-01', '40'));
    expect(warnings).toMatchObject([{ expected: 'late', certain: false, endAtLastPace: '2023-06-08' }]);
  });

  it('is not warned of where its pace will do', () => {
    expect(expected('2023-01-01', started, progressed('2022-12-31', '50'))).toEqual(['on-time']);
    expect(expected('2023-01-01', started, progressed('2022-12-31', '49'))).toEqual(['late']);
    // A later planned end needs less.
    const moved = rescheduled('2023', '2024');
    expect(expected('2023-01-01', started, moved, progressed('2022-12-31', '49'))).toEqual(['on-time']);
  });

  it('stands still where its reports do', () => {
    const still = [started, progressed('2022-06-30', '0')];
    expect(asOf('2022-09-01', ...still).warnings).toMatchObject([{ expected: 'standstill', paceSeen: '0.0' }]);
    expect(asOf('2022-09-01', ...still).warnings[0]).not.toHaveProperty('end');
  });

  it('has no forecast before its start, with too few reports, and after its end', () => {
    expect(expected('2022-01-01')).toEqual(['not-started']);
    expect(expected('2022-06-30', started)).toEqual(['few-reports']);
    expect(expected('2022-06-30', started, projectSuspended('2022-03-01'))).toEqual(['few-reports']);
    expect(expected('2023-12-31', started, progressed('2022-12-31', '20'))).toEqual(['over']);
    expect(expected('2023-11-30', started, progressed('2022-12-31', '20'), projectCompleted('2023-11-20'))).toEqual([]);
  });

  it('counts what was reported up to the day only', () => {
    const reports = [started, progressed('2022-12-31', '49'), progressed('2023-02-01', '80')];
    expect(expected('2023-01-31', ...reports)).toEqual(['late']);
    expect(expected('2023-02-01', ...reports)).toEqual(['on-time']);
  });
});

it('a task is forecast from its first report on, and only where it has a due period and percentages', () => {
  const due = taskAssigned({ due: '2023' });
  const of = (...events: readonly Said<TaskEvent>[]) => programmeWarnings([], [task(...events)], '2023-02-01', {});
  const [first, last] = [taskProgressed('2022-01-01', '10'), taskProgressed('2023-01-01', '20')];
  expect(of(due, first, last).warnings).toMatchObject([
    { kind: 'task', id: 'D01', unit: '331100', percent: '20', paceSeen: '0.8', paceNeeded: '6.7', expected: 'late' },
  ]);
  expect(of(due, first).counts.task['few-reports']).toBe(1);
  expect(of(due).counts.task['not-started']).toBe(1);
  expect(of(taskAssigned({ due: undefined }), first, last).counts.task.undated).toBe(1);
});
