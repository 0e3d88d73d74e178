import type { ProjectNow } from '../api/types';
import { figure, percent, signed } from '../format';
import { ProgressBar } from '../overview/ProgressBar';
import { DemoTag } from '../shared/DemoTag';
import { StatusTag } from '../shared/StatusTag';
import { shortLabel, topUnit, useScope } from '../state/scope';
import { projectFlagWords, projectStandingWords } from '../words';
import { categoryLabel, categoryOf, span } from './reading';
import { ThingName } from './ThingName';
import { t } from '../shared/i18n';

const nothing = <span className="none">—</span>;

export function ProjectLine({ project }: { readonly project: ProjectNow }) {
  const { plan } = useScope();
  const { id, name, unit, plannedStart, plannedEnd, firstPlannedEnd, standing, startedOn, completedOn } = project;
  const where = unit === topUnit(plan.units)?.code ? t('本级') : shortLabel(plan.units, unit);
  return (
    <tr data-thing={`projects/${id}`}>
      <ThingName thing={{ resource: 'projects', id }} name={name}>
        {[
          where,
          categoryLabel(categoryOf(project)),
          project.sector,
          project.package !== undefined && t('{{package}} 的子项', { package: project.package }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </ThingName>
      <td data-label={t('建设期')} className="period">
        {span(plannedStart, plannedEnd)}
        {firstPlannedEnd !== undefined && <small className="note">{t('原至 {{end}}', { end: firstPlannedEnd })}</small>}
      </td>
      <td data-label={t('状态')} className="state">
        {projectStandingWords[standing]}
        {project.demo && <DemoTag />}
        {(completedOn ?? startedOn) !== undefined && (
          <small className="muted">
            {completedOn === undefined ? t('开工') : t('竣工')} {completedOn ?? startedOn}
          </small>
        )}
      </td>
      <td data-label={t('形象进度')} className="number works">
        {project.percent === undefined ? (
          <span className="none">{t('未报')}</span>
        ) : (
          <strong>{percent(project.percent)}</strong>
        )}
        {standing !== 'cancelled' && (
          <ProgressBar progress={project.percent} scheduled={project.scheduled} light={project.light} />
        )}
        <small className="muted">{t('序时 {{scheduled}}', { scheduled: percent(project.scheduled) })}</small>
      </td>
      <td data-label={t('判断')}>
        <StatusTag {...project} />
        {project.lead !== undefined && standing !== 'completed' && (
          <small className={`number lead ${project.light}`}>{signed(project.lead)}</small>
        )}
      </td>
      <td data-label={t('累计投资')} className="number money">
        {project.invested === undefined ? nothing : figure(project.invested)}
        {project.investmentRate !== undefined && ` ${t('（{{rate}}）', { rate: percent(project.investmentRate) })}`}
        <small className="muted">{t('总投资 {{investment}}', { investment: figure(project.investment) })}</small>
      </td>
      <td data-label={t('提示')} className="hints">
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
        <small className="muted" title={anomalies.join(t('；'))}>
          {t('原文疑点 {{count}}', { count: anomalies.length })}
        </small>
      )}
    </>
  );
}
