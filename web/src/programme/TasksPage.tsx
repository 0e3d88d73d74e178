import { useFilter } from '../app/links';
import type { ListPages } from '../api/programme-calls';
import type { TaskNow } from '../api/types';
import { percent } from '../format';
import { ProgressBar } from '../overview/ProgressBar';
import { DemoTag } from '../shared/DemoTag';
import { unitLabel, useScope } from '../state/scope';
import { Counts } from './Counts';
import { ListPage } from './ListPage';
import { Chips, choicesOf, ListTools, Pick } from './ListTools';
import { Mark } from './Mark';
import { lightOfTask, taskState, taskStateWords, type TaskState } from './reading';
import { ThingName } from './ThingName';
import { More, ThingTable } from './ThingTable';
import { useOwnOrWhole } from './use-own-or-whole';
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

const lineOfTask = (task: TaskNow) => <TaskLine key={task.id} task={task} />;

export function TasksPage() {
  const { plan, unit } = useScope();
  const label = useActionPlanLabel();
  const [state, setState] = useFilter<TaskState>('state');
  const [actionPlan, setActionPlan] = useFilter<string>('plan');
  const [q, setSearch] = useFilter('q');
  const { list, isWhole } = useOwnOrWhole('tasks', { state, actionPlan, q });
  return (
    <ListPage title={t('重点任务')} list={list}>
      {({ all, counts, summary }) => (
        <>
          <TaskCounts all={all} counted={counts.state ?? {}} groups={summary?.byActionPlan ?? []} />
          <WholeNote of={unitLabel(plan.units, unit.code)} what={t('重点任务')} none={isWhole && all > 0} />
          <ListTools search={q} onSearch={setSearch} placeholder={t('任务、编号、进展')}>
            <Chips
              label={t('按状态筛选任务')}
              total={all}
              chosen={state}
              choose={setState}
              choices={choicesOf(taskStateWords, counts.state)}
            />
            <Pick
              label={t('行动计划、标杆区')}
              chosen={actionPlan}
              choose={setActionPlan}
              choices={Object.entries(counts.actionPlan ?? {})
                .toSorted(([a], [b]) => (a < b ? -1 : 1))
                .map(([value, count]) => ({ value, label: label(value).long, count }))}
            />
          </ListTools>
          <ThingTable
            className="tasks"
            caption={t('重点任务')}
            columns={columns}
            pages={list.data?.pages ?? []}
            line={lineOfTask}
            empty={all === 0 ? t('没有登记的任务') : t('没有符合条件的任务')}
          >
            <More list={list} isFollowing />
          </ThingTable>
        </>
      )}
    </ListPage>
  );
}

interface TaskCountsProps {
  readonly all: number;
  readonly counted: Readonly<Record<string, number>>;
  readonly groups: NonNullable<ListPages['tasks']['summary']>['byActionPlan'];
}

function TaskCounts({ all, counted, groups }: TaskCountsProps) {
  const label = useActionPlanLabel();
  const { completed = 0, 'under-way': underWay = 0, assigned = 0, overdue = 0, dropped = 0 } = counted;
  return (
    <Counts
      counts={[
        { name: t('任务数'), value: all - dropped, unit: t('项') },
        { name: t('已完成'), value: completed },
        { name: t('推进中'), value: underWay },
        { name: t('未报进展'), value: assigned },
        { name: t('逾期'), value: overdue, grave: overdue > 0 },
        ...(dropped > 0 ? [{ name: t('已取消'), value: dropped }] : []),
        ...groups.map((group) => ({
          ...{ name: label(group.actionPlan).short, value: `${group.completed}/${group.count}`, note: t('完成') },
        })),
      ]}
    />
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
      <td data-label={t('行动计划')}>{label(actionPlan).short}</td>
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
