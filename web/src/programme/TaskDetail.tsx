import { ThingLink } from '../app/links';
import type { Things } from '../api/programme-calls';
import { percent } from '../format';
import { ProgressBar } from '../overview/ProgressBar';
import { DemoTag } from '../shared/DemoTag';
import { useScope } from '../state/scope';
import { useActionPlanLabel } from './action-plan';
import { Facts, sourceLine } from './Facts';
import { Mark } from './Mark';
import { bureauOf, lightOfTask, taskState, taskStateWords } from './reading';
import { t } from '../shared/i18n';

export function TaskDetail({ found: { item: task, promises = [] } }: { readonly found: Things['tasks'] }) {
  const { plan } = useScope();
  const label = useActionPlanLabel();
  const { on, text, demo, owner, actionPlan, due, section, note, line } = task;
  return (
    <>
      <dl className="standing">
        <div>
          <dt>{t('状态')}</dt>
          <dd>
            <Mark light={lightOfTask(task)}>{taskStateWords[taskState(task)]}</Mark>
          </dd>
        </div>
        {task.percent !== undefined && (
          <div className="task-progress">
            <dt>{t('进展')}</dt>
            <dd className="number">
              <strong>{percent(task.percent, 0)}</strong>
              <ProgressBar progress={task.percent} scheduled={undefined} light={lightOfTask(task)} />
            </dd>
          </div>
        )}
        {on !== undefined && (
          <div>
            <dt>{task.standing === 'dropped' ? t('取消的事由（{{on}}）', { on }) : t('最近所报（{{on}}）', { on })}</dt>
            <dd>
              {text ?? '—'}
              {demo && <DemoTag />}
            </dd>
          </div>
        )}
      </dl>
      <section>
        <h2>{t('任务')}</h2>
        <Facts
          facts={[
            { name: t('责任单位'), value: owner && bureauOf(plan.units, owner) },
            { name: t('行动计划'), value: label(actionPlan).long },
            { name: t('期限'), value: due ?? t('原文未写') },
            { name: t('所在章节'), value: section },
            { name: t('原文位置'), value: sourceLine(line) },
            { name: t('读法'), value: note },
            {
              name: t('对应任务目标'),
              value: promises.length > 0 && (
                <ul>
                  {promises.map(({ id, statement }) => (
                    <li key={id}>
                      <ThingLink thing={{ resource: 'promises', id }}>
                        {id} {statement}
                      </ThingLink>
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      </section>
    </>
  );
}
