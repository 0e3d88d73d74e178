import { Link, Navigate, useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { ThingLink, usePlanCode } from '../app/links';
import { useOverview } from '../api/queries';
import type { Overview, Unit } from '../api/types';
import { AreaIndexes } from '../overview/AreaIndexes';
import { AttentionPanel } from '../overview/AttentionPanel';
import { IndexPanel } from '../overview/IndexPanel';
import { IndicatorTable } from '../overview/IndicatorTable';
import { LightTally } from '../overview/LightTally';
import { countBy, lightOfSeverity } from '../programme/reading';
import { Mark } from '../programme/Mark';
import { raisedAt } from '../programme/things';
import { AddressNotice } from '../shared/AddressNotice';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { judgedUnits, topUnit, unitLabel, useScope } from '../state/scope';
import { checkWords, findingStandingWords, projectStandingWords, severityWords } from '../words';

/** One unit: index and rank, its indicators, its projects, and what was found about it. */
export function UnitPage() {
  const { code } = useParams({ from: '/p/$plan/reading/units/$code' });
  const { plan, period, unit: chosen, moment, momentText } = useScope();
  const { data: overview, error, refetch } = useOverview(plan.plan, period, moment);
  const unit = judgedUnits(plan.units).find((each) => each.code === code);
  if (!unit) {
    return (
      <AddressNotice
        text={t('{{period}} 期间规划没有单位 {{code}}', { period, code })}
        waysOut={[{ text: t('看各单位'), href: `/p/${plan.plan}/units` }]}
      />
    );
  }
  // The unit of the frame goes along to the pages that are opened from here.
  if (chosen.code !== code && code !== topUnit(plan.units)?.code) {
    return (
      <Navigate
        to="/p/$plan/units/$code"
        params={{ plan: plan.plan, code }}
        search={(before) => ({ ...before, unit: code })}
        replace
      />
    );
  }
  if (error) return <ProblemAlert error={error} retry={() => void refetch()} />;
  if (!overview) return <Skeleton active paragraph={{ rows: 12 }} />;
  return (
    <article data-testid="unit-page">
      <PageHead
        code={code}
        title={unitLabel(plan.units, code)}
        crumbs={[{ title: t('各单位'), href: `/p/${plan.plan}/units` }]}
        note={t('{{period}} 期间 · 截至 {{moment}} 掌握的数据', { period, moment: momentText })}
      />
      <section className="top" aria-label={t('总览')}>
        <IndexPanel overview={overview} unit={code} />
        <AreaIndexes overview={overview} unit={code} />
        <LightTally rows={overview.indicators} unit={code} />
        <AttentionPanel overview={overview} unit={code} />
      </section>
      <IndicatorTable overview={overview} unit={code} />
      <UnitProgramme overview={overview} unit={unit} />
    </article>
  );
}

function UnitProgramme({ overview: { programme }, unit }: { readonly overview: Overview; readonly unit: Unit }) {
  const plan = usePlanCode();
  const projects = programme.projects.list.filter((project) => project.unit === unit.code);
  const { findings, checks } = raisedAt(programme, unit);
  const listed = projects.filter(({ light, standing }) => light !== 'green' || standing === 'suspended');
  return (
    <div className="two-columns">
      <section className="card" aria-labelledby="unit-projects">
        <h2 id="unit-projects">
          <Link to="/p/$plan/projects" params={{ plan }}>
            {t('重大项目')}
          </Link>{' '}
          <small className="muted">
            {t('{{count}} 个，竣工 {{done}} 个', {
              count: projects.length,
              done: countBy(projects, ({ standing }) => standing === 'completed'),
            })}
          </small>
        </h2>
        {listed.length === 0 ? (
          <p className="muted">{projects.length === 0 ? t('没有登记的项目') : t('没有需要关注的项目')}</p>
        ) : (
          <ul className="plain-list">
            {listed.map(({ id, name, light, standing }) => (
              <li key={id}>
                <Mark light={light}>{projectStandingWords[standing]}</Mark>{' '}
                <ThingLink thing={{ resource: 'projects', id }}>
                  {id} {name}
                </ThingLink>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="card" aria-labelledby="unit-findings">
        <h2 id="unit-findings">
          <Link to="/p/$plan/findings" params={{ plan }}>
            {t('问题与核查')}
          </Link>{' '}
          <small className="muted">
            {t('问题 {{findings}} 个，系统核查发现 {{checks}} 处', {
              findings: findings.length,
              checks: checks.length,
            })}
          </small>
        </h2>
        {findings.length + checks.length === 0 ? (
          <p className="muted">{t('没有发现问题')}</p>
        ) : (
          <ul className="plain-list">
            {checks.map(({ check, severity, text, subject }) => (
              <li key={`${check} ${subject}`}>
                <Mark light={lightOfSeverity[severity]}>{severityWords[severity]}</Mark> <b>{checkWords[check]}</b>{' '}
                {text}
              </li>
            ))}
            {findings.map(({ id, title, standing }) => (
              <li key={id}>
                <ThingLink thing={{ resource: 'findings', id }}>
                  {id} {title}
                </ThingLink>{' '}
                <small className="muted">{findingStandingWords[standing]}</small>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
