import type { ProjectNow } from '../api/types';
import { figure, percent, signed } from '../format';
import { ProgressBar } from '../overview/ProgressBar';
import { DemoTag } from '../shared/DemoTag';
import { StatusTag } from '../shared/StatusTag';
import { shortLabel, topUnit, useScope } from '../state/scope';
import { projectFlagWords, projectStandingWords } from '../words';
import { categoryLabel, categoryOf, span } from './reading';
import { ThingName } from './ThingName';

const nothing = <span className="none">—</span>;

export function ProjectLine({ project }: { readonly project: ProjectNow }) {
  const { plan } = useScope();
  const { id, name, unit, plannedStart, plannedEnd, firstPlannedEnd, standing, startedOn, completedOn } = project;
  const where = unit === topUnit(plan.units)?.code ? '本级' : shortLabel(plan.units, unit);
  return (
    <tr data-thing={`projects/${id}`}>
      <ThingName thing={{ resource: 'projects', id }} name={name}>
        {[
          where,
          categoryLabel(categoryOf(project)),
          project.sector,
          project.package !== undefined && `${project.package} 的子项`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </ThingName>
      <td data-label="建设期" className="period">
        {span(plannedStart, plannedEnd)}
        {firstPlannedEnd !== undefined && <small className="note">原至 {firstPlannedEnd}</small>}
      </td>
      <td data-label="状态" className="state">
        {projectStandingWords[standing]}
        {project.demo && <DemoTag />}
        {(completedOn ?? startedOn) !== undefined && (
          <small className="muted">
            {completedOn === undefined ? '开工' : '竣工'} {completedOn ?? startedOn}
          </small>
        )}
      </td>
      <td data-label="形象进度" className="number works">
        {project.percent === undefined ? (
          <span className="none">未报</span>
        ) : (
          <strong>{percent(project.percent)}</strong>
        )}
        {standing !== 'cancelled' && (
          <ProgressBar progress={project.percent} scheduled={project.scheduled} light={project.light} />
        )}
        <small className="muted">序时 {percent(project.scheduled)}</small>
      </td>
      <td data-label="判断">
        <StatusTag {...project} />
        {project.lead !== undefined && standing !== 'completed' && (
          <small className={`number lead ${project.light}`}>{signed(project.lead)}</small>
        )}
      </td>
      <td data-label="累计投资" className="number money">
        {project.invested === undefined ? nothing : figure(project.invested)}
        {project.investmentRate !== undefined && <> （{percent(project.investmentRate)}）</>}
        <small className="muted">总投资 {figure(project.investment)}</small>
      </td>
      <td data-label="提示" className="hints">
        <Hints project={project} />
      </td>
    </tr>
  );
}

function Hints({ project: { flags, because, anomalies } }: { readonly project: ProjectNow }) {
  if (flags.length === 0 && anomalies.length === 0 && because === undefined) return nothing;
  return (
    <>
      {flags.map((flag) => (
        <b key={flag} className="flag">
          {projectFlagWords[flag]}
        </b>
      ))}
      {because !== undefined && <small className="note">{because}</small>}
      {anomalies.length > 0 && (
        <small className="muted" title={anomalies.join('；')}>
          原文疑点 {anomalies.length}
        </small>
      )}
    </>
  );
}
