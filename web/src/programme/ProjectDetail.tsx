import { ThingLink } from '../app/links';
import type { Programme, ProjectNow } from '../api/types';
import { figure, percent, signed } from '../format';
import { ProgressBar } from '../overview/ProgressBar';
import { DemoTag } from '../shared/DemoTag';
import { StatusTag } from '../shared/StatusTag';
import { moneyUnit, useScope } from '../state/scope';
import { projectFlagWords, projectStandingWords } from '../words';
import { Facts } from './Facts';
import { PrintedTable } from './PrintedTable';
import { bureauOf, categoryLabel, categoryOf, span } from './reading';

interface Props {
  readonly project: ProjectNow;
  readonly programme: Programme;
}

export function ProjectDetail({ project, programme }: Props) {
  const { plan } = useScope();
  const { standing, flags, demo, printed, anomalies, reading, line, builder, builderPending } = project;
  const whole = programme.projects.list.find(({ id }) => id === project.package);
  const parts = programme.projects.list.filter((part) => part.package === project.id);
  const moved = project.firstPlannedEnd !== undefined;
  return (
    <>
      <dl className="standing">
        <div>
          <dt>状态</dt>
          <dd>
            <strong>{projectStandingWords[standing]}</strong>
            {demo && <DemoTag />}
          </dd>
        </div>
        <div>
          <dt>判断</dt>
          <dd>
            <StatusTag {...project} />
            {project.lead !== undefined && standing !== 'completed' && (
              <small className="number"> Δ {signed(project.lead)} 个百分点</small>
            )}
          </dd>
        </div>
        {flags.length > 0 && (
          <div>
            <dt>提示</dt>
            <dd>
              {flags.map((flag) => (
                <b key={flag} className="flag">
                  {projectFlagWords[flag]}
                </b>
              ))}
            </dd>
          </div>
        )}
      </dl>
      <WorksAndMoney project={project} />
      <Reasons project={project} />
      <section>
        <h3>基本情况</h3>
        <Facts
          facts={[
            { name: '责任单位', value: bureauOf(plan.units, project.unit) },
            {
              name: '建设单位',
              value:
                builder === undefined && !builderPending
                  ? undefined
                  : `${builder ?? ''}${builderPending ? '（待定）' : ''}`,
            },
            { name: '类别', value: [categoryLabel(categoryOf(project)), project.sector].filter(Boolean).join(' · ') },
            {
              name: '建设期',
              value: `${span(project.plannedStart, project.plannedEnd)}${moved ? `（原至 ${project.firstPlannedEnd}）` : ''}`,
            },
            { name: '开工', value: project.startedOn },
            { name: '竣工', value: project.completedOn },
            { name: '所属打包项目', value: whole && <ProjectLinks projects={[whole]} /> },
            {
              name: '子项',
              value: parts.length > 0 && <ProjectLinks projects={parts} />,
            },
          ]}
        />
      </section>
      <PrintedTable
        line={line}
        note={reading}
        anomalies={anomalies}
        rows={[
          {
            name: '建设期',
            printed: printed.period,
            reading: span(project.plannedStart, project.firstPlannedEnd ?? project.plannedEnd),
          },
          { name: `总投资（${moneyUnit(plan)}）`, printed: printed.investment, reading: figure(project.investment) },
        ]}
      />
    </>
  );
}

/** Physical progress against the planned time, and investment separately. */
function WorksAndMoney({ project }: { readonly project: ProjectNow }) {
  const { plan } = useScope();
  const { investment, invested, investmentRate, scheduled, light, progressText, demo } = project;
  return (
    <div className="works-and-money">
      <div>
        <h3>
          形象进度{' '}
          <strong className="number">{project.percent === undefined ? '未报' : percent(project.percent)}</strong>
          <small className="number">序时进度 {percent(scheduled)}（竖线）</small>
        </h3>
        <ProgressBar progress={project.percent} scheduled={scheduled} light={light} />
        <p className="muted">
          {progressText ?? '没有报告过形象进度'}
          {progressText !== undefined && demo && <DemoTag />}
        </p>
      </div>
      <div>
        <h3>
          投资完成率 <strong className="number">{investmentRate === undefined ? '—' : percent(investmentRate)}</strong>
        </h3>
        <ProgressBar progress={investmentRate} scheduled={undefined} light="grey" />
        <p className="muted number">
          累计 {invested === undefined ? '未报' : figure(invested)} / 总投资 {figure(investment)} {moneyUnit(plan)}
          {invested !== undefined && demo && <DemoTag />}
        </p>
      </div>
    </div>
  );
}

function Reasons({ project }: { readonly project: ProjectNow }) {
  const { because, standing, rescheduledBecause, firstPlannedEnd, plannedEnd } = project;
  if (because === undefined && firstPlannedEnd === undefined) return null;
  return (
    <ul className="reasons">
      {because !== undefined && (
        <li>
          <b>{projectStandingWords[standing]}事由</b> {because}
        </li>
      )}
      {firstPlannedEnd !== undefined && (
        <li>
          <b>工期调整</b> 竣工由 {firstPlannedEnd} 改为 {plannedEnd}：{rescheduledBecause ?? '未填事由'}
        </li>
      )}
    </ul>
  );
}

function ProjectLinks({ projects }: { readonly projects: readonly ProjectNow[] }) {
  const { plan } = useScope();
  return (
    <ul>
      {projects.map(({ id, name, investment }) => (
        <li key={id}>
          <ThingLink thing={{ resource: 'projects', id }}>
            {id} {name}
          </ThingLink>{' '}
          <small className="muted number">
            {figure(investment)} {moneyUnit(plan)}
          </small>
        </li>
      ))}
    </ul>
  );
}
