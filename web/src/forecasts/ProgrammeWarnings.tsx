import { Space } from 'antd';
import type { EarlyWarnings } from '../api/types';
import { ThingLink } from '../app/links';
import { DataTable, type Column } from '../shared/DataTable';
import { DemoTag } from '../shared/DemoTag';
import { t } from '../shared/i18n';
import { unitLabel, useScope } from '../state/scope';
import { programmeExpectedWords } from './forecast-words';

type Programme = EarlyWarnings['programme'];
type Warning = Programme['warnings'][number];

const resources = { project: 'projects', task: 'tasks' } as const;
const kindWords = { project: t('项目'), task: t('任务') };

/** 预警: the projects and tasks that, at the pace of their reports, will be finished late or never. */
export function ProgrammeWarnings({ programme: { warnings, counts } }: { readonly programme: Programme }) {
  const { plan } = useScope();
  const columns: readonly Column<Warning>[] = [
    {
      key: 'programme-unit',
      width: 90,
      title: t('单位'),
      cell: ({ unit }) => (unit === undefined ? '—' : unitLabel(plan.units, unit)),
      sortBy: ({ unit }) => (unit === undefined ? undefined : unitLabel(plan.units, unit)),
    },
    {
      key: 'thing',
      width: 280,
      title: t('项目或任务'),
      cell: ({ kind, id, name, demo }) => (
        <>
          <ThingLink thing={{ resource: resources[kind], id }}>{`${id} ${name}`}</ThingLink> {demo && <DemoTag />}
        </>
      ),
      sortBy: ({ id }) => id,
    },
    {
      key: 'percent',
      width: 150,
      title: t('形象进度'),
      isNumber: true,
      cell: ({ percent, on }) => (
        <>
          <b>{percent}%</b> <small className="muted">{on}</small>
        </>
      ),
      sortBy: ({ percent }) => Number(percent),
    },
    {
      key: 'monthly',
      width: 190,
      title: t('今后每月需 / 此前每月'),
      isNumber: true,
      cell: ({ paceNeeded, paceSeen }) =>
        t('{{needed}} / {{seen}} 个百分点', { needed: paceNeeded ?? '—', seen: paceSeen }),
    },
    { key: 'due', width: 110, title: t('计划完成'), cell: ({ due }) => due, sortBy: ({ due }) => due },
    {
      key: 'end',
      width: 220,
      title: t('预计完成'),
      cell: ({ end, daysLate = 0, endAtLastPace, certain }) => (
        <>
          <b className="grave">{end ?? programmeExpectedWords.standstill}</b>{' '}
          {end !== undefined && <small className="muted">{t('晚 {{count}} 天', { count: daysLate })}</small>}
          {endAtLastPace !== undefined && (
            <small className="note">
              {certain
                ? t('按最近两次报告的速度为 {{day}}，也晚', { day: endAtLastPace })
                : t('按最近两次报告的速度为 {{day}}，可按期', { day: endAtLastPace })}
            </small>
          )}
        </>
      ),
      sortBy: ({ daysLate }) => daysLate ?? Infinity,
    },
  ];
  return (
    <section data-testid="programme-warnings">
      <h2>{t('项目和任务')}</h2>
      <p className="muted">
        {t('由开工（任务为首次报告）到最近一次报告的平均速度推算；期限已过而未完成的见“问题与核查”。')}
      </p>
      {(['project', 'task'] as const).map((kind) => (
        <Counts key={kind} kind={kind} counts={counts[kind]} />
      ))}
      <DataTable
        caption={t('项目和任务的预警')}
        columns={columns}
        rows={warnings}
        rowKey={({ kind, id }) => `${kind}/${id}`}
        total={t('预计不能按期完成 {{count}} 项', { count: warnings.length })}
        empty={t('没有预计不能按期完成的项目和任务')}
      />
    </section>
  );
}

interface CountsProps {
  readonly kind: keyof typeof kindWords;
  readonly counts: Programme['counts']['project'];
}

function Counts({ kind, counts }: CountsProps) {
  const all = Object.entries(programmeExpectedWords) as [keyof typeof counts, string][];
  const found = all.filter(([expected]) => counts[expected] > 0);
  return (
    <Space size="middle" wrap data-testid={`${kind}-counts`}>
      <strong>{kindWords[kind]}</strong>
      {found.map(([expected, word]) => (
        <span key={expected} className={expected === 'late' || expected === 'standstill' ? 'grave' : 'muted'}>
          {word} {counts[expected]}
        </span>
      ))}
      {found.length === 0 && <span className="muted">{t('没有未完成的')}</span>}
    </Space>
  );
}
