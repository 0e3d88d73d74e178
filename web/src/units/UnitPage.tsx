import { Link, Navigate, useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { ThingLink, UnitLink, usePlanCode } from '../app/links';
import { useUnitOverview } from '../api/overview-calls';
import type { Light, UnitOverview } from '../api/types';
import { DemoBanner } from '../header/DemoBanner';
import { AreaIndexes, IndexPanel, LightTally } from '../overview/SummaryPanels';
import { DigestTable } from '../overview/DigestTable';
import { Mark } from '../programme/Mark';
import { lightOfFinding, lightOfSeverity } from '../programme/reading';
import { AddressNotice } from '../shared/AddressNotice';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { FollowButton } from '../follows/FollowButton';
import { ProblemAlert } from '../shared/ProblemAlert';
import { judgedUnits, topUnit, unitLabel, useScope } from '../state/scope';
import { checkWords, findingStandingWords, projectStandingWords, severityWords } from '../words';

const unchanged = new Map<string, string>();

/** One unit (责任清单): index and rank, indicators, projects, what was found about it, and how punctually it reports. */
export function UnitPage() {
  const { code } = useParams({ from: '/p/$plan/reading/units/$code' });
  const { plan, period, unit: chosen } = useScope();
  if (!judgedUnits(plan.units).some((each) => each.code === code)) {
    return (
      <AddressNotice
        isPage
        text={t('{{period}} 期间规划没有单位 {{code}}', { period, code })}
        waysOut={[{ text: t('看各单位'), href: `/p/${plan.plan}/units` }]}
      />
    );
  }
  // The unit of the frame is the unit of the page, so that it goes along to what is opened from here.
  if (chosen.code !== code) {
    const unit = code === topUnit(plan.units)?.code ? undefined : code;
    return (
      <Navigate
        to="/p/$plan/units/$code"
        params={{ plan: plan.plan, code }}
        search={(before) => ({ ...before, unit })}
        replace
      />
    );
  }
  return <Unit key={code} code={code} />;
}

function Unit({ code }: { readonly code: string }) {
  const { plan, period, moment, momentText } = useScope();
  const shown = useUnitOverview({ plan: plan.plan, period, unit: code, moment });
  const { data: found, error } = shown;
  return (
    <article data-testid="unit-page" data-settled={!shown.isFetching}>
      <PageHead
        code={code}
        title={unitLabel(plan.units, code)}
        crumbs={[
          { title: t('各单位'), href: `/p/${plan.plan}/units` },
          ...(found?.above ?? [])
            .toReversed()
            .map((above) => ({ title: above.name, href: `/p/${plan.plan}/units/${above.code}` })),
        ]}
        note={t('{{period}} 期间 · 截至 {{moment}} 掌握的数据', { period, moment: momentText })}
      >
        {found && <LightTally counts={found.lights} />}
        <FollowButton kind="unit" id={code} />
        <Link to="/p/$plan/what-if" params={{ plan: plan.plan }} search={{ unit: code }} className="unprinted">
          {t('假设推演')}
        </Link>
      </PageHead>
      {error ? (
        <ProblemAlert error={error} retry={() => void shown.refetch()} />
      ) : found ? (
        <>
          {found.demo && <DemoBanner />}
          <section className="screen" aria-label={t('指数与指标')}>
            <div className="screen-side">
              <IndexPanel summary={found} />
              <AreaIndexes summary={found} />
            </div>
            <DigestTable indicators={found.indicators} period={found.period} changed={unchanged} />
          </section>
          <div className="two-columns">
            <Projects found={found} />
            <Findings found={found} />
            <Rectifications found={found} />
            <Punctuality found={found} />
          </div>
          {found.below.length > 0 && (
            <p>
              {t('下级单位')}
              {t('：')}
              {found.below.map((below) => (
                <span key={below.code}>
                  {' '}
                  <UnitLink unit={below.code}>{below.name}</UnitLink>
                </span>
              ))}
            </p>
          )}
        </>
      ) : (
        <Skeleton active paragraph={{ rows: 12 }} />
      )}
    </article>
  );
}

interface Props {
  readonly found: UnitOverview;
}

function Projects({ found: { projects } }: Props) {
  const plan = usePlanCode();
  const { sums, list } = projects;
  return (
    <section className="card" aria-labelledby="unit-projects">
      <h2 id="unit-projects">
        <Link to="/p/$plan/projects" params={{ plan }}>
          {t('重大项目')}
        </Link>{' '}
        <small className="muted">
          {t('{{count}} 个，开工 {{started}}，竣工 {{completed}}', {
            count: sums.count,
            started: sums.started,
            completed: sums.completed,
          })}
        </small>
      </h2>
      {list.length === 0 ? (
        <p className="muted">{t('没有登记的项目')}</p>
      ) : (
        <ul className="plain-list">
          {list.map(({ id, name, light, standing }) => (
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
  );
}

function Findings({ found: { findings, checks } }: Props) {
  const plan = usePlanCode();
  return (
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
          {checks.map(({ id, check, severity, text }) => (
            <li key={id}>
              <Mark light={lightOfSeverity[severity]}>{severityWords[severity]}</Mark> <b>{checkWords[check]}</b> {text}
            </li>
          ))}
          {findings.map(({ id, title, severity, standing, dueOn, overdueDays }) => (
            <li key={id}>
              <Mark light={lightOfFinding({ severity, standing })}>{severityWords[severity]}</Mark>{' '}
              <ThingLink thing={{ resource: 'findings', id }}>
                {id} {title}
              </ThingLink>{' '}
              <small className={overdueDays === undefined ? 'muted' : 'grave'}>
                {[
                  findingStandingWords[standing],
                  dueOn !== undefined && t('期限 {{dueOn}}', { dueOn }),
                  overdueDays !== undefined && t('逾期 {{days}} 天', { days: overdueDays }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

type RectificationState = UnitOverview['rectifications'][number]['state'];

const rectificationWords: Readonly<Record<RectificationState, string>> = {
  finished: t('已完成'),
  open: t('未动'),
  overdue: t('逾期'),
  'under-way': t('整改中'),
};

const rectificationLights: Readonly<Record<RectificationState, Light>> = {
  finished: 'green',
  open: 'grey',
  overdue: 'red',
  'under-way': 'yellow',
};

function Rectifications({ found: { rectifications } }: Props) {
  return (
    <section className="card" aria-labelledby="unit-rectifications">
      <h2 id="unit-rectifications">{t('整改')}</h2>
      {rectifications.length === 0 ? (
        <p className="muted">{t('没有交办的整改')}</p>
      ) : (
        <ul className="plain-list">
          {rectifications.map(({ evaluation, number, text, state, dueOn }) => (
            <li key={`${evaluation} ${number}`}>
              <Mark light={rectificationLights[state]}>{rectificationWords[state]}</Mark> {text}
              <small className="muted">
                {' '}
                {dueOn === undefined ? evaluation : t('{{evaluation}} · 限 {{day}}', { evaluation, day: dueOn })}
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Punctuality({ found: { punctuality } }: Props) {
  const { periods, onTime, late, missing, overdue, owed } = punctuality;
  return (
    <section className="card" aria-labelledby="unit-punctuality">
      <h2 id="unit-punctuality">{t('报送及时性')}</h2>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('报告期')}</th>
            <th scope="col" className="number">
              {t('按时')}
            </th>
            <th scope="col" className="number">
              {t('迟报')}
            </th>
            <th scope="col" className="number">
              {t('缺报')}
            </th>
            <th scope="col" className="number">
              {t('逾期未报')}
            </th>
            <th scope="col" className="number">
              {t('未到期')}
            </th>
          </tr>
        </thead>
        <tbody>
          {periods.map((each) => (
            <tr key={each.period}>
              <th scope="row">{each.period}</th>
              <Counts counts={each} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('合计')}</th>
            <Counts counts={{ onTime, late, missing, overdue, owed }} />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Counts({ counts }: { readonly counts: Record<'onTime' | 'late' | 'missing' | 'overdue' | 'owed', number> }) {
  return (
    <>
      <td className="number">{counts.onTime}</td>
      <td className="number">{counts.late}</td>
      <td className="number">{counts.missing}</td>
      <td className={counts.overdue > 0 ? 'number grave' : 'number'}>{counts.overdue}</td>
      <td className="number">{counts.owed}</td>
    </>
  );
}
