import {
  taskAssigned,
  taskCompleted,
  taskDropped,
  taskProgressed,
  taskReopened,
} from '../../../test/support/examples/tasks.js';
import { saying, type Said } from '../../../test/support/recorded.js';
import { folded } from '../../../test/support/replay.js';
import { taskStream, type TaskEvent } from '../../tasks/task.events.js';
import { taskProjection } from '../../tasks/task.projection.js';
import { tasksNow } from './tasks.js';

const documentOf = (id: string, ...events: readonly Said<TaskEvent>[]) =>
  folded(taskProjection, taskStream('lishui', id), events);
const at = (until: string, ...events: readonly Said<TaskEvent>[]) =>
  tasksNow([documentOf('D01', ...events)], until, { actionPlans: [] }).list[0]!;

const assigned = taskAssigned();
const life = [
  assigned,
  taskProgressed(),
  taskProgressed('2022-09-30', undefined, '已报审'),
  taskCompleted(),
  saying({ reason: '清单已失效' }, taskReopened()),
];

describe('a task as of a day', () => {
  it.each([
    ['2022-06-29', { standing: 'assigned', overdue: false }, ['on', 'text', 'percent']],
    ['2022-06-30', { standing: 'under-way', on: '2022-06-30', percent: '60', text: '已征求意见' }, []],
    ['2022-12-19', { standing: 'under-way', on: '2022-09-30', percent: '60', text: '已报审' }, []],
    ['2022-12-31', { standing: 'completed', percent: '100', text: '清单已公布', overdue: false }, []],
    ['2023-12-31', { standing: 'under-way', on: '2023-05-10', percent: '60', text: '清单已失效', overdue: true }, []],
  ])('includes reports up to %s', (until, expected, lacking) => {
    const task = at(until, ...life);
    expect(task).toMatchObject(expected);
    for (const field of lacking) expect(task).not.toHaveProperty(field);
    expect(task).not.toHaveProperty('reports');
  });

  it.each([
    ['2022-12-30', '2022', false],
    ['2022-12-31', '2022', true],
    ['2022-06-30', '2022-S1', true],
    ['2030-12-31', undefined, false],
  ])('as of %s and due by %s has overdue = %s', (until, due, overdue) => {
    expect(at(until, taskAssigned({ due }), taskProgressed()).overdue).toBe(overdue);
  });

  it('is not overdue after completion', () => {
    expect(at('2024-12-31', assigned, taskCompleted('2024-05-01')).overdue).toBe(false);
    expect(at('2024-04-30', assigned, taskCompleted('2024-05-01')).overdue).toBe(true);
  });
});

describe('a dropped task', () => {
  const dropped = [assigned, taskProgressed(), saying({ reason: '并入 D02' }, taskDropped('2023-03-15'))];

  it('is dropped from its day on, and not overdue since', () => {
    expect(at('2023-03-14', ...dropped)).toMatchObject({ standing: 'under-way', overdue: true, on: '2022-06-30' });
    expect(at('2023-03-15', ...dropped)).toMatchObject({
      ...{ standing: 'dropped', overdue: false, on: '2023-03-15', text: '并入 D02', percent: '60' },
    });
  });

  it('is counted apart', () => {
    const documents = [documentOf('D01', ...dropped), documentOf('D02', assigned)];
    expect(tasksNow(documents, '2023-12-31', { actionPlans: [] }).byActionPlan).toEqual([
      { actionPlan: 'P1', count: 1, underWay: 0, completed: 0, overdue: 1, dropped: 1 },
    ]);
    expect(tasksNow(documents, '2022-12-31', { actionPlans: [] }).byActionPlan[0]).not.toHaveProperty('dropped');
  });
});

it('tasks are counted by action plan; tasks without one have their own group', () => {
  const documents = [
    documentOf('D01', assigned, taskProgressed()),
    documentOf('D02', assigned, taskCompleted()),
    documentOf('D03', assigned),
    documentOf('D04', taskAssigned({ actionPlan: undefined, due: undefined })),
  ];
  const { byActionPlan } = tasksNow(documents, '2022-12-31', { actionPlans: [] });
  expect(byActionPlan).toEqual([
    { actionPlan: '', count: 1, underWay: 0, completed: 0, overdue: 0 },
    { actionPlan: 'P1', count: 3, underWay: 1, completed: 1, overdue: 2 },
  ]);
  expect(tasksNow([...documents].reverse(), '2022-12-31', { actionPlans: [] }).byActionPlan).toEqual(byActionPlan);
});
