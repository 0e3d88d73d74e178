import { Link } from '@tanstack/react-router';
import { usePlanCode } from '../app/links';
import type { Resource } from '../api/programme-calls';
import type { Programme, Unit } from '../api/types';
import { t } from '../shared/i18n';
import { useScope } from '../state/scope';
import { raisedAt } from '../programme/things';
import { countBy, ofUnit } from '../programme/reading';

interface Line {
  readonly resource: Resource;
  readonly title: string;
  readonly total: string;
  /** What asks for attention, or stands well where nothing does. */
  readonly notes: readonly { readonly text: string; readonly isGrave?: boolean }[];
}

/** What the plan undertook in numbers, each leading to its list. */
export function ProgrammeCounts({ programme }: { readonly programme: Programme }) {
  const plan = usePlanCode();
  const { unit } = useScope();
  return (
    <section className="programme-counts" aria-label={t('规划实施情况')} data-testid="programme-counts">
      <h2>{t('规划实施情况')}</h2>
      <ul>
        {linesOf(programme, unit).map(({ resource, title, total, notes }) => (
          <li key={resource} className="card">
            <h3>
              <Link to={`/p/$plan/${resource}`} params={{ plan }}>
                {title}
              </Link>
            </h3>
            <p className="number">{total}</p>
            {notes.map(({ text, isGrave = false }) => (
              <p key={text} className={isGrave ? 'grave' : 'muted'}>
                {text}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function linesOf(programme: Programme, unit: Unit): Line[] {
  const { promises, projects, policies, tasks } = programme;
  const { findings, checks } = raisedAt(programme, unit);
  const ownProjects = ofUnit(projects.list, (project) => project.unit, unit);
  const ownTasks = ofUnit(tasks.list, ({ owner }) => owner, unit);
  const behind = countBy(ownProjects, ({ light }) => light === 'red');
  const suspended = countBy(ownProjects, ({ standing }) => standing === 'suspended');
  const overdueTasks = countBy(ownTasks, ({ overdue }) => overdue);
  const open = countBy(findings, ({ standing }) => standing === 'open');
  const lasting = promises.list.filter(({ state }) => state !== 'withdrawn');
  const notKept = countBy(lasting, ({ state }) => state === 'not-kept' || state === 'behind');
  return [
    {
      resource: 'promises',
      title: t('规划任务目标'),
      total: t('{{count}} 条', { count: lasting.length }),
      notes: [
        { text: t('已实现 {{count}} 条', { count: countBy(lasting, ({ state }) => state === 'kept') }) },
        { text: t('未实现或滞后 {{count}} 条', { count: notKept }), isGrave: notKept > 0 },
      ],
    },
    {
      resource: 'projects',
      title: t('重大项目'),
      total: t('{{count}} 个（子项分列）', { count: ownProjects.length }),
      notes: [
        { text: t('红灯 {{count}} 个', { count: behind }), isGrave: behind > 0 },
        { text: t('停工 {{count}} 个', { count: suspended }), isGrave: suspended > 0 },
      ],
    },
    {
      resource: 'policies',
      title: t('政策改革'),
      total: t('计划 {{count}} 件', { count: policies.counts.planned }),
      notes: [
        { text: t('已印发 {{count}} 件', { count: policies.counts.issued }) },
        {
          text: t('逾期未出 {{count}} 件', { count: policies.counts.overdue }),
          isGrave: policies.counts.overdue > 0,
        },
      ],
    },
    {
      resource: 'tasks',
      title: t('重点任务'),
      total: t('{{count}} 项', { count: countBy(ownTasks, ({ standing }) => standing !== 'dropped') }),
      notes: [
        { text: t('已完成 {{count}} 项', { count: countBy(ownTasks, ({ standing }) => standing === 'completed') }) },
        { text: t('逾期 {{count}} 项', { count: overdueTasks }), isGrave: overdueTasks > 0 },
      ],
    },
    {
      resource: 'findings',
      title: t('问题与核查'),
      total: t('问题 {{count}} 个', { count: countBy(findings, ({ standing }) => standing !== 'withdrawn') }),
      notes: [
        { text: t('待答复 {{count}} 个', { count: open }), isGrave: open > 0 },
        { text: t('系统核查发现 {{count}} 处', { count: checks.length }) },
      ],
    },
  ];
}
