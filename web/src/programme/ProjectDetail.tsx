import { ThingLink } from '../app/links';
import type { Things } from '../api/programme-calls';
import type { ProjectNow } from '../api/types';
import { figure, percent, signed } from '../format';
import { ProgressBar } from '../overview/ProgressBar';
import { DemoTag } from '../shared/DemoTag';
import { StatusTag } from '../shared/StatusTag';
import { moneyUnit, useScope } from '../state/scope';
import { projectFlagWords, projectStandingWords } from '../words';
import { Facts } from './Facts';
import { PrintedTable } from './PrintedTable';
import { bureauOf, categoryLabel, categoryOf, span } from './reading';
import { t } from '../shared/i18n';

export function ProjectDetail({ found }: { readonly found: Things['projects'] }) {
  const { plan } = useScope();
  const { item: project, package: whole, parts = [] } = found;
  const { standing, flags, demo, printed, anomalies, reading, line, builder, builderPending } = project;
  const planned = span(project.plannedStart, project.plannedEnd);
  return (
    <>
      <dl className="standing">
        <div>
          <dt>{t('状态')}</dt>
          <dd>
            <strong>{projectStandingWords[standing]}</strong>
            {demo && <DemoTag />}
          </dd>
        </div>
        <div>
          <dt>{t('判断')}</dt>
          <dd>
            <StatusTag {...project} />
            {project.lead !== undefined && standing !== 'completed' && (
              <small className="number"> {t('Δ {{lead}} 个百分点', { lead: signed(project.lead) })}</small>
            )}
          </dd>
        </div>
        {flags.length > 0 && (
          <div>
            <dt>{t('提示')}</dt>
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
        <h2>{t('基本情况')}</h2>
        <Facts
          facts={[
            { name: t('责任单位'), value: bureauOf(plan.units, project.unit) },
            {
              name: t('建设单位'),
              value: builderPending ? t('{{builder}}（待定）', { builder: builder ?? '' }) : builder,
            },
            {
              name: t('类别'),
              value: [categoryLabel(categoryOf(project)), project.sector].filter(Boolean).join(' · '),
            },
            {
              name: t('建设期'),
              value: project.firstPlannedEnd
                ? t('{{period}}（原至 {{end}}）', { period: planned ?? '', end: project.firstPlannedEnd })
                : planned,
            },
            { name: t('开工'), value: project.startedOn },
            { name: t('竣工'), value: project.completedOn },
            { name: t('所属打包项目'), value: whole && <ProjectLinks projects={[whole]} /> },
            {
              name: t('子项'),
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
            name: t('建设期'),
            printed: printed.period,
            reading: span(project.plannedStart, project.firstPlannedEnd ?? project.plannedEnd),
          },
          {
            name: t('总投资（{{money}}）', { money: moneyUnit(plan) }),
            printed: printed.investment,
            reading: figure(project.investment),
          },
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
        <h2>
          {t('形象进度')}{' '}
          <strong className="number">{project.percent === undefined ? t('未报') : percent(project.percent)}</strong>
          <small className="number">{t('序时进度 {{scheduled}}（竖线）', { scheduled: percent(scheduled) })}</small>
        </h2>
        <ProgressBar progress={project.percent} scheduled={scheduled} light={light} />
        <p className="muted">
          {progressText ?? t('没有报告过形象进度')}
          {progressText !== undefined && demo && <DemoTag />}
        </p>
      </div>
      <div>
        <h2>
          {t('投资完成率')}{' '}
          <strong className="number">{investmentRate === undefined ? '—' : percent(investmentRate)}</strong>
        </h2>
        <ProgressBar progress={investmentRate} scheduled={undefined} light="grey" />
        <p className="muted number">
          {t('累计 {{invested}} / 总投资 {{investment}} {{money}}', {
            invested: invested === undefined ? t('未报') : figure(invested),
            investment: figure(investment),
            money: moneyUnit(plan),
          })}
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
          <b>{t('{{standing}}的事由', { standing: projectStandingWords[standing] })}</b> {because}
        </li>
      )}
      {firstPlannedEnd !== undefined && (
        <li>
          <b>{t('工期调整')}</b>{' '}
          {t('竣工由 {{firstPlannedEnd}} 改为 {{plannedEnd}}：{{reason}}', {
            firstPlannedEnd,
            plannedEnd,
            reason: rescheduledBecause ?? t('未填事由'),
          })}
        </li>
      )}
    </ul>
  );
}

function ProjectLinks({ projects }: { readonly projects: NonNullable<Things['projects']['parts']> }) {
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
