import { useFilter } from '../app/links';
import type { Programme, TaskNow } from '../api/types';
import { percent } from '../format';
import { ProgressBar } from '../overview/ProgressBar';
import { DemoTag } from '../shared/DemoTag';
import { unitLabel, useScope } from '../state/scope';
import { Counts } from './Counts';
import { Chips, choicesOf, ListTools, Pick } from './ListTools';
import { Mark } from './Mark';
import {
  byConcern,
  countBy,
  includesText,
  lightOfTask,
  ofUnit,
  taskState,
  taskStateWords,
  type TaskState,
} from './reading';
import { ThingName } from './ThingName';
import { ThingTable } from './ThingTable';
import { useActionPlanLabel } from './action-plan';
import { WholeNote } from './WholeNote';
import { t } from '../shared/i18n';

const columns = [
  { title: t('任务') },
  { title: t('行动计划') },
  { title: t('期限') },
  { title: t('进展'), number: true },
  { title: t('状态') },
  { title: t('最近所报') },
];

export function TasksTab({ tasks: { list, byActionPlan } }: { readonly tasks: Programme['tasks'] }) {
  const { plan, unit } = useScope();
  const label = useActionPlanLabel();
  const [state, setState] = useFilter<TaskState>('state');
  const [actionPlan, setActionPlan] = useFilter<string>('plan');
  const [search = '', setSearch] = useFilter('q');
  const own = ofUnit(list, ({ owner }) => owner, unit);
  const known = own.length > 0 ? own : list;
  const shown = known
    .filter(
      (task) =>
        (state === undefined || taskState(task) === state) &&
        (actionPlan === undefined || (task.actionPlan ?? '') === actionPlan) &&
        includesText(search, task.id, task.title, task.section, task.text),
    )
    .toSorted(byConcern((task) => (task.overdue ? 0 : task.standing === 'dropped' ? 2 : 1)));
  const counted = (of: TaskState) => countBy(known, (task) => taskState(task) === of);
  const dropped = counted('dropped');
  return (
    <>
      <Counts
        counts={[
          { name: t('任务数'), value: known.length - dropped, unit: t('项') },
          { name: t('已完成'), value: counted('completed') },
          { name: t('推进中'), value: counted('under-way') },
          { name: t('未报进展'), value: counted('assigned') },
          { name: t('逾期'), value: counted('overdue'), grave: counted('overdue') > 0 },
          ...(dropped > 0 ? [{ name: t('已取消'), value: dropped }] : []),
          ...byActionPlan.map(({ actionPlan: code, count, completed }) => ({
            ...{ name: label(code).short, value: `${completed}/${count}`, note: t('完成') },
          })),
        ]}
      />
      <WholeNote
        of={unitLabel(plan.units, unit.code)}
        what={t('重点任务')}
        none={list.length > 0 && own.length === 0}
      />
      <ListTools search={search} onSearch={setSearch} placeholder={t('任务、编号、进展')}>
        <Chips
          label={t('按状态筛选任务')}
          total={known.length}
          chosen={state}
          choose={setState}
          choices={choicesOf(taskStateWords, counted)}
        />
        <Pick
          label={t('行动计划、标杆区')}
          chosen={actionPlan}
          choose={setActionPlan}
          choices={byActionPlan.map(({ actionPlan: value }) => ({
            ...{ value, label: label(value).long },
            count: countBy(known, (task) => (task.actionPlan ?? '') === value),
          }))}
        />
      </ListTools>
      <ThingTable
        className="tasks"
        caption={t('重点任务')}
        columns={columns}
        things={shown}
        line={(task) => <TaskLine key={task.id} task={task} />}
        empty={list.length === 0 ? t('没有登记的任务') : t('没有符合条件的任务')}
      />
    </>
  );
}

function TaskLine({ task }: { readonly task: TaskNow }) {
  const label = useActionPlanLabel();
  const { id, title, section, line, actionPlan, due, on, text, demo } = task;
  const state = taskState(task);
  const light = lightOfTask(task);
  return (
    <tr data-thing={`tasks/${id}`}>
      <ThingName thing={{ resource: 'tasks', id }} name={title}>
        {[section, line !== undefined && t('第 {{line}} 行', { line })].filter(Boolean).join(' · ')}
      </ThingName>
      <td data-label={t('行动计划')}>{label(actionPlan ?? '').short}</td>
      <td data-label={t('期限')} className="period">
        {due ?? <span className="none">{t('未写')}</span>}
      </td>
      <td data-label={t('进展')} className="number works">
        {task.percent === undefined ? <span className="none">—</span> : <strong>{percent(task.percent, 0)}</strong>}
        <ProgressBar progress={task.percent} scheduled={undefined} light={light} />
      </td>
      <td data-label={t('状态')}>
        {state === 'under-way' || state === 'assigned' ? (
          <span className={state === 'assigned' ? 'muted' : undefined}>{taskStateWords[state]}</span>
        ) : (
          <Mark light={light}>{taskStateWords[state]}</Mark>
        )}
      </td>
      <td data-label={t('最近所报')} className="hints">
        {text ?? <span className="none">—</span>}
        {demo && on !== undefined && <DemoTag />}
        {on !== undefined && <small className="muted">{on}</small>}
      </td>
    </tr>
  );
}
