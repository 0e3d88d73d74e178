import type { ListPages } from '../api/programme-calls';
import type { ProjectSums } from '../api/types';
import { figure } from '../format';
import { moneyUnit, useScope } from '../state/scope';
import { Counts } from './Counts';
import { ProjectBreakdown } from './ProjectBreakdown';
import { share } from './reading';
import { t } from '../shared/i18n';

export type ProjectListSummary = NonNullable<ListPages['projects']['summary']>;

/** Number, investment and rates of projects, with packages as one project and by parts. */
export function ProjectSummary({ summary }: { readonly summary: ProjectListSummary }) {
  const { plan, unit } = useScope();
  const money = moneyUnit(plan);
  const ofAll = unit.parent === undefined;
  const { whole: sums, byParts, packages, implementing } = summary;
  if (!ofAll && sums.count === 0) return null;
  return (
    <>
      <Counts
        counts={[
          { name: t('项目数'), value: sums.count, unit: t('个') },
          { name: t('总投资'), value: figure(sums.investment), unit: money },
          sums.invested === undefined
            ? { name: t('完成投资'), value: '—', note: t('没有项目报告投资') }
            : {
                name: t('完成投资'),
                value: figure(sums.invested),
                unit: money,
                note: t('投资完成率 {{rate}}；{{reporting}}/{{total}} 个报告', {
                  rate: share(sums.invested, sums.investment) ?? '—',
                  reporting: sums.reporting ?? 0,
                  total: sums.count,
                }),
              },
          {
            name: t('开工率'),
            value: share(sums.started, sums.count) ?? '—',
            note: t('{{started}}/{{total}}；实施类 {{begun}}/{{committed}}', {
              started: sums.started,
              total: sums.count,
              begun: implementing.started,
              committed: implementing.count,
            }),
          },
          {
            name: t('竣工率'),
            value: share(sums.completed, sums.count) ?? '—',
            note: `${sums.completed}/${sums.count}`,
          },
          {
            name: t('达到序时进度占比'),
            value: share(sums.onSchedule, sums.judged) ?? '—',
            note: t('{{onSchedule}}/{{judged}} 个可判断的', { onSchedule: sums.onSchedule, judged: sums.judged }),
          },
          ...(sums.suspended > 0 ? [{ name: t('停工'), value: sums.suspended, unit: t('个'), grave: true }] : []),
          ...(sums.cancelled > 0 ? [{ name: t('已取消'), value: sums.cancelled, unit: t('个') }] : []),
        ]}
      />
      {packages.length > 0 && (
        <p className="muted other-count">
          {t('以上把打包项目（{{packages}}）计为 1 个；下表打包项目和子项都列出。', {
            packages: packages.join(t('、')),
          })}{' '}
          {t('按子项计：{{sums}}', {
            sums: ofAll ? inWords(byParts, money) : t('{{count}} 个', { count: byParts.count }),
          })}
        </p>
      )}
      {ofAll && <ProjectBreakdown summary={summary} />}
    </>
  );
}

const inWords = (sums: ProjectSums, money: string) => {
  const { count, investment, invested, started, completed, judged, onSchedule } = sums;
  return [
    t('{{count}} 个', { count }),
    t('总投资 {{investment}} {{money}}', { investment: figure(investment), money }),
    invested === undefined
      ? t('没有项目报告投资')
      : t('完成投资 {{invested}} {{money}}（{{rate}}）', {
          invested: figure(invested),
          money,
          rate: share(invested, investment) ?? '—',
        }),
    t('开工率 {{rate}}（{{started}}/{{total}}）', { rate: share(started, count) ?? '—', started, total: count }),
    t('竣工率 {{rate}}（{{completed}}/{{total}}）', { rate: share(completed, count) ?? '—', completed, total: count }),
    t('达到序时进度 {{rate}}（{{onSchedule}}/{{judged}}）', {
      rate: share(onSchedule, judged) ?? '—',
      onSchedule,
      judged,
    }),
  ].join(t('，'));
};
