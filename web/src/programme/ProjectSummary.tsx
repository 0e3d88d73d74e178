import type { Programme, ProjectNow, ProjectSums } from '../api/types';
import { figure } from '../format';
import { moneyUnit, useScope } from '../state/scope';
import { Counts } from './Counts';
import { ProjectBreakdown } from './ProjectBreakdown';
import { countBy, share } from './reading';

interface Props {
  readonly projects: Programme['projects'];
  /** The projects of the selected unit. */
  readonly own: readonly ProjectNow[];
}

/** Number, investment and rates of projects, with packages as one project and by parts. */
export function ProjectSummary({ projects, own }: Props) {
  const { plan, unit } = useScope();
  const money = moneyUnit(plan);
  const ofAll = unit.parent === undefined;
  const sums = ofAll ? projects.whole : projects.byUnit.find(({ key }) => key === unit.code);
  if (!sums) return null;
  const packages = new Set(own.flatMap((project) => project.package ?? []));
  const committed = own.filter((project) => project.class === 'implementing' && project.package === undefined);
  const begun = countBy(committed, ({ startedOn }) => startedOn !== undefined);
  return (
    <>
      <Counts
        counts={[
          { name: '项目', value: sums.count, unit: '个' },
          { name: '总投资', value: figure(sums.investment), unit: money },
          sums.invested === undefined
            ? { name: '完成投资', value: '—', note: '没有项目报告投资' }
            : {
                name: '完成投资',
                value: figure(sums.invested),
                unit: money,
                note: `投资完成率 ${share(sums.invested, sums.investment) ?? '—'}；${sums.reporting}/${sums.count} 个报告`,
              },
          {
            name: '开工率',
            value: share(sums.started, sums.count) ?? '—',
            note: `${sums.started}/${sums.count}；实施类 ${begun}/${committed.length}`,
          },
          { name: '竣工率', value: share(sums.completed, sums.count) ?? '—', note: `${sums.completed}/${sums.count}` },
          {
            name: '达到序时进度占比',
            value: share(sums.onSchedule, sums.judged) ?? '—',
            note: `${sums.onSchedule}/${sums.judged} 个可判断的`,
          },
          ...(sums.suspended > 0 ? [{ name: '停工', value: sums.suspended, unit: '个', grave: true }] : []),
          ...(sums.cancelled > 0 ? [{ name: '取消', value: sums.cancelled, unit: '个' }] : []),
        ]}
      />
      {packages.size > 0 && (
        <p className="muted other-count">
          以上把打包项目（{[...packages].join('、')}）计为 1 个；下表打包项目和子项都列出。
          {ofAll ? `按子项计：${inWords(projects.byParts, money)}` : `按子项计：${byParts(own, packages)} 个`}
        </p>
      )}
      {ofAll && <ProjectBreakdown projects={projects} />}
    </>
  );
}

const byParts = (own: readonly ProjectNow[], packages: ReadonlySet<string>) =>
  countBy(own, ({ id }) => !packages.has(id));

const inWords = (sums: ProjectSums, money: string) => {
  const { count, investment, invested, started, completed, judged, onSchedule } = sums;
  return [
    `${count} 个`,
    `总投资 ${figure(investment)} ${money}`,
    invested === undefined
      ? '没有项目报告投资'
      : `完成投资 ${figure(invested)} ${money}（${share(invested, investment) ?? '—'}）`,
    `开工率 ${share(started, count) ?? '—'}（${started}/${count}）`,
    `竣工率 ${share(completed, count) ?? '—'}（${completed}/${count}）`,
    `达到序时进度 ${share(onSchedule, judged) ?? '—'}（${onSchedule}/${judged}）`,
  ].join('，');
};
