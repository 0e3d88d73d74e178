import { ThingLink } from '../app/links';
import type { PolicyDocument, ProjectDocument, ReportForm, TaskDocument } from '../api/types';
import { figure as numberText } from '../format';
import { ThingActions, type Acted } from '../programme/ThingActions';
import { DemoTag } from '../shared/DemoTag';
import { t } from '../shared/i18n';
import { moneyUnit, usePlanHere } from '../state/scope';
import { policyStandingWords, projectStandingWords, taskStandingWords } from '../words';
import { stateWord } from './outcome-words';

interface Line {
  readonly thing: Acted;
  readonly code: 'project' | 'policy' | 'task';
  readonly standing: string;
  readonly planned: string | undefined;
  readonly latest: readonly string[];
  readonly demo: boolean;
}

/** The projects, policies and tasks of the unit: what was reported last, and what can be registered. */
export function ThingsSection({ form }: { readonly form: ReportForm }) {
  const money = moneyUnit(usePlanHere());
  const { projects, policies, tasks } = form;
  const groups = [
    { title: t('项目'), lines: projects.map((project) => projectLine(project, money)) },
    { title: t('政策'), lines: policies.flatMap(policyLine) },
    { title: t('任务'), lines: tasks.map(taskLine) },
  ];
  return (
    <>
      {groups.map(
        ({ title, lines }) =>
          lines.length > 0 && <Group key={title} title={title} lines={lines} obligations={form.obligations} />,
      )}
    </>
  );
}

interface GroupProps extends Pick<ReportForm, 'obligations'> {
  readonly title: string;
  readonly lines: readonly Line[];
}

function Group({ title, lines, obligations }: GroupProps) {
  return (
    <section className="card" aria-label={title} data-testid={`things-${lines[0]!.code}`}>
      <h2>
        {title} <small>{t('{{count}} 项', { count: lines.length })}</small>
      </h2>
      <div className="scroll-x">
        <table className="plain-table things-table" aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              <th scope="col">{t('计划')}</th>
              <th scope="col">{t('现状')}</th>
              <th scope="col">{t('最近所报')}</th>
              <th scope="col">{t('本期')}</th>
              <th scope="col">{t('登记')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ thing, code, standing, planned, latest, demo }) => {
              const owed = obligations.find((each) => each.kind === code && each.code === thing.id);
              return (
                <tr key={thing.id} data-row={`${code}/${thing.id}`}>
                  <th scope="row">
                    <ThingLink thing={{ resource: thing.kind, id: thing.id }}>
                      <span className="code">{thing.id}</span> {thing.name}
                    </ThingLink>
                    {demo && <DemoTag />}
                  </th>
                  <td className="number">{planned}</td>
                  <td>{standing}</td>
                  <td>
                    {latest.map((text) => (
                      <div key={text}>{text}</div>
                    ))}
                    {latest.length === 0 && <span className="none">{t('没有报过')}</span>}
                  </td>
                  <td>
                    {owed && (
                      <span className={`state ${owed.overdue ? 'overdue' : owed.state}`}>
                        {owed.overdue ? t('逾期未报') : stateWord(owed)}
                      </span>
                    )}
                  </td>
                  <td>
                    <ThingActions thing={thing} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function projectLine(project: ProjectDocument, money: string): Line {
  const { id, name, unit, steps, progress, investments, plannedStart, plannedEnd, reschedulings, demo } = project;
  const standing = steps.at(-1)?.to ?? 'registered';
  const [done, spent] = [progress.at(-1), investments.at(-1)];
  return {
    thing: { kind: 'projects', id, name, unit, standing, invested: investments },
    code: 'project',
    standing: projectStandingWords[standing],
    planned: `${plannedStart}–${reschedulings.at(-1)?.to ?? plannedEnd}`,
    latest: [
      ...(done ? [t('{{on}} 形象进度 {{percent}}%', { on: done.on, percent: done.percent })] : []),
      ...(spent
        ? [t('{{on}} 累计投资 {{amount}} {{money}}', { on: spent.on, amount: numberText(spent.amount), money })]
        : []),
    ],
    demo,
  };
}

function policyLine(policy: PolicyDocument): Line[] {
  if (!('planned' in policy)) return [];
  const { id, planned, steps, postponements, demo } = policy;
  const last = steps.at(-1);
  const standing = last?.to ?? 'planned';
  return [
    {
      thing: { kind: 'policies', id, name: planned.name, unit: planned.owner, standing },
      code: 'policy',
      standing: policyStandingWords[standing],
      planned: postponements.at(-1)?.to ?? planned.to,
      latest: last
        ? [[last.on, policyStandingWords[last.to], last.documentNumber].filter((text) => text !== undefined).join(' ')]
        : [],
      demo,
    },
  ];
}

const taskStandings = {
  progress: 'under-way',
  reopened: 'under-way',
  completed: 'completed',
  dropped: 'dropped',
} as const;

function taskLine({ id, title, owner, due, reports, demo }: TaskDocument): Line {
  const last = reports.at(-1);
  const standing = last ? taskStandings[last.what] : 'assigned';
  const percent = last?.percent === undefined ? undefined : `${last.percent}%`;
  return {
    thing: { kind: 'tasks', id, name: title, unit: owner, standing },
    code: 'task',
    standing: taskStandingWords[standing],
    planned: due,
    latest: last ? [[last.on, percent, last.text].filter((text) => text !== undefined).join(' ')] : [],
    demo,
  };
}
