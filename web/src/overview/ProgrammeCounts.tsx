import { Link } from '@tanstack/react-router';
import { usePlanCode } from '../app/links';
import type { Resource } from '../api/programme-calls';
import type { Summary } from '../api/types';
import { t } from '../shared/i18n';

interface Line {
  readonly resource: Resource;
  readonly title: string;
  readonly total: string;
  readonly notes: readonly { readonly text: string; readonly isGrave?: boolean }[];
}

/** What the plan undertook in numbers, each leading to its list and saying what it counts. */
export function ProgrammeCounts({ counts }: { readonly counts: Summary['programme'] }) {
  const plan = usePlanCode();
  return (
    <section className="card programme-counts" aria-label={t('规划实施情况')} data-testid="programme-counts">
      <h2>
        {t('规划实施情况')} <small className="muted">{t('事项计至 {{until}}', { until: counts.until })}</small>
      </h2>
      <ul>
        {linesOf(counts).map(({ resource, title, total, notes }) => (
          <li key={resource}>
            <Link to={`/p/$plan/${resource}`} params={{ plan }}>
              {title}
            </Link>
            <b className="number">{total}</b>
            {notes.map(({ text, isGrave = false }) => (
              <span key={text} className={isGrave ? 'grave' : 'muted'}>
                {text}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function linesOf({ promises, projects, policies, tasks, findings, checks }: Summary['programme']): Line[] {
  const { withdrawn: _, ...lasting } = promises;
  const lagging = promises['not-kept'] + promises.behind;
  const { whole, byParts } = projects;
  const late = whole.judged - whole.onSchedule;
  return [
    {
      resource: 'promises',
      title: t('规划任务目标'),
      total: t('{{count}} 条', { count: sum(Object.values(lasting)) }),
      notes: [
        { text: t('已实现 {{count}}', { count: promises.kept }) },
        { text: t('未实现或滞后 {{count}}', { count: lagging }), isGrave: lagging > 0 },
        { text: t('无数据 {{count}}', { count: promises['no-data'] }) },
      ],
    },
    {
      resource: 'projects',
      title: t('重大项目'),
      total: t('{{count}} 个', { count: whole.count }),
      notes: [
        { text: t('按子项计 {{count}} 个', { count: byParts.count }) },
        { text: t('开工 {{started}}，竣工 {{completed}}', { started: whole.started, completed: whole.completed }) },
        { text: t('慢于序时 {{count}}', { count: late }), isGrave: late > 0 },
        { text: t('停工 {{count}}', { count: whole.suspended }), isGrave: whole.suspended > 0 },
      ],
    },
    {
      resource: 'policies',
      title: t('政策改革'),
      total: t('{{count}} 件', { count: policies.planned }),
      notes: [
        { text: t('已印发 {{count}}', { count: policies.issued }) },
        { text: t('逾期未出 {{count}}', { count: policies.overdue }), isGrave: policies.overdue > 0 },
      ],
    },
    {
      resource: 'tasks',
      title: t('重点任务'),
      total: t('{{count}} 项', { count: tasks.count }),
      notes: [
        { text: t('已完成 {{count}}', { count: tasks.completed }) },
        { text: t('逾期 {{count}}', { count: tasks.overdue }), isGrave: tasks.overdue > 0 },
      ],
    },
    {
      resource: 'findings',
      title: t('问题与核查'),
      total: t('{{count}} 个', { count: sum(Object.values(findings)) - findings.withdrawn }),
      notes: [
        { text: t('待答复 {{count}}', { count: findings.open }), isGrave: findings.open > 0 },
        {
          text: t('系统核查发现 {{count}} 处，其中严重 {{high}}', {
            count: sum(Object.values(checks)),
            high: checks.high,
          }),
        },
      ],
    },
  ];
}
