import { Skeleton } from 'antd';
import { useFilter, useSearchChange } from '../app/links';
import { useList } from '../api/programme-calls';
import type { Check, FindingNow, Severity } from '../api/types';
import { DemoTag } from '../shared/DemoTag';
import { shortLabel, topUnit, unitBelowTop, unitLabel, useScope } from '../state/scope';
import { checkWords, findingStandingWords, severityWords } from '../words';
import { AcceptedWarnings } from './AcceptedWarnings';
import { Counts } from './Counts';
import { ListPage, ListProblem } from './ListPage';
import { Chips, choicesOf, ListTools, Pick, type Counted } from './ListTools';
import { Mark } from './Mark';
import { FindingLine } from './FindingLine';
import { RaiseFinding } from './RaiseFinding';
import { lightOfSeverity } from './reading';
import { SubjectLink } from './SubjectLink';
import { More, ThingTable } from './ThingTable';
import { t } from '../shared/i18n';
import { said } from '../shared/said';

/** Checks on the first page: the findings come below them. */
const checksAtFirst = 15;

const findingColumns = [
  { title: t('轻重') },
  { title: t('问题') },
  { title: t('对象') },
  { title: t('原文') },
  { title: t('处理') },
  { title: t('整改') },
  { title: t('最近答复') },
];
const checkColumns = [
  { title: t('轻重') },
  { title: t('核查') },
  { title: t('发现') },
  { title: t('对象') },
  { title: t('单位') },
];

const lineOfCheck = (check: Check) => <CheckLine key={check.id} check={check} />;

const lineOfFinding = (finding: FindingNow) => <FindingLine key={finding.id} finding={finding} />;

/** Findings raised by people, and checks of the engine. */
export function FindingsPage() {
  const { plan, unit, period, moment } = useScope();
  const [severity, setSeverity] = useFilter<Severity>('severity');
  const [standing, setStanding] = useFilter<FindingState>('standing');
  const [awaits, setAwaits] = useFilter<Awaits>('awaits');
  const [kind, setKind] = useFilter<Check['check']>('check');
  const [q, setSearch] = useFilter('q');
  const seen = { plan: plan.plan, period, moment };
  const own = { unit: unitBelowTop(unit), q };
  const findings = useList('findings', seen, { ...own, severity, awaits, state: standing });
  const checks = useList('checks', seen, { ...own, state: severity, check: kind }, checksAtFirst);
  const ofChecks = checks.data?.pages[0];
  const bySeverity = ofChecks?.counts.state;
  return (
    <ListPage title={t('问题与核查')} list={findings}>
      {({ all, counts, summary }) => (
        <>
          <Counts
            counts={[
              {
                ...{ name: t('提出的问题'), value: all - (counts.state?.withdrawn ?? 0), unit: t('个') },
                note: severitiesText(summary?.severities),
              },
              { name: t('待答复'), value: counts.state?.open ?? 0 },
              { name: t('已答复'), value: counts.state?.answered ?? 0 },
              ...(assignedIn(counts.state) > 0
                ? [
                    {
                      ...{ name: t('整改中'), value: assignedIn(counts.state) },
                      ...(counts.state?.overdue && {
                        note: t('其中逾期 {{count}}', { count: counts.state.overdue }),
                        grave: true,
                      }),
                    },
                  ]
                : []),
              { name: t('已办结'), value: counts.state?.closed ?? 0 },
              ...(counts.state?.withdrawn ? [{ name: t('已撤销'), value: counts.state.withdrawn }] : []),
              {
                ...{ name: t('系统核查发现'), value: ofChecks?.all ?? '—', unit: t('处') },
                ...{ note: severitiesText(bySeverity), grave: (bySeverity?.high ?? 0) > 0 },
              },
            ]}
          />
          {unit.parent !== undefined && <OwnOnly />}
          <ListTools search={q} onSearch={setSearch} placeholder={t('问题、对象、发现')}>
            <Chips
              label={t('按轻重筛选')}
              total={all + (ofChecks?.all ?? 0)}
              chosen={severity}
              choose={setSeverity}
              choices={choicesOf(severityWords, sumOf(counts.severity, bySeverity)).map((choice) => ({
                ...choice,
                light: lightOfSeverity[choice.value],
              }))}
            />
            <Pick
              label={t('处理')}
              chosen={standing}
              choose={setStanding}
              choices={choicesOf(stateWords, counts.state)}
            />
            {assignedIn(counts.state) > 0 && (
              <Pick
                label={t('待谁办理')}
                chosen={awaits}
                choose={setAwaits}
                choices={choicesOf(awaitsWords, counts.awaits)}
              />
            )}
            <Pick
              label={t('核查')}
              chosen={kind}
              choose={setKind}
              choices={choicesOf(checkWords, ofChecks?.counts.check)}
            />
          </ListTools>
          <h2>
            {t('系统核查')}
            <small className="muted">{t('打开本页时按所选期间、截至日算出；原因消除即不再出现')}</small>
          </h2>
          {ofChecks ? (
            <ThingTable
              className="checks"
              caption={t('系统核查')}
              columns={checkColumns}
              pages={checks.data?.pages ?? []}
              line={lineOfCheck}
              empty={ofChecks.all === 0 ? t('没有发现问题') : t('没有符合条件的')}
            >
              <More list={checks} />
            </ThingTable>
          ) : checks.error ? (
            <ListProblem list={checks} />
          ) : (
            <Skeleton active paragraph={{ rows: 4 }} title={false} />
          )}
          <h2>
            {t('提出的问题')} <RaiseFinding />
          </h2>
          <ThingTable
            className="findings"
            caption={t('提出的问题')}
            columns={findingColumns}
            pages={findings.data?.pages ?? []}
            line={lineOfFinding}
            empty={all === 0 ? t('没有提出的问题') : t('没有符合条件的问题')}
          >
            <More list={findings} />
          </ThingTable>
          <AcceptedWarnings />
        </>
      )}
    </ListPage>
  );
}

/** Says that only what is of the unit is listed, and leads to the whole. */
function OwnOnly() {
  const { plan, unit } = useScope();
  const change = useSearchChange();
  return (
    <p className="muted other-count">
      {t('只列{{unit}}的问题和核查；不分单位的未列。', { unit: unitLabel(plan.units, unit.code) })}{' '}
      <button type="button" className="link" onClick={() => change({ unit: undefined })}>
        {t('看{{unit}}', { unit: unitLabel(plan.units, topUnit(plan.units)?.code ?? '') })}
      </button>
    </p>
  );
}

type FindingState = FindingNow['standing'] | 'overdue';
const stateWords: Readonly<Record<FindingState, string>> = { ...findingStandingWords, overdue: t('逾期') };

type Awaits = 'owner' | 'reviewer' | 'lead';
const awaitsWords: Readonly<Record<Awaits, string>> = {
  owner: t('整改单位'),
  reviewer: t('待验收'),
  lead: t('待办结'),
};

/** How many were assigned and are not closed. */
const assignedIn = (counted: Counted): number =>
  ['assigned', 'reported', 'sent-back', 'accepted'].reduce((sum, state) => sum + (counted?.[state] ?? 0), 0);

const severities = Object.keys(severityWords) as Severity[];

const sumOf = (a: Counted, b: Counted): Counted =>
  Object.fromEntries(severities.map((each) => [each, (a?.[each] ?? 0) + (b?.[each] ?? 0)]));

/** For example `严重 6 · 较重 2 · 一般 1`. */
const severitiesText = (counted: Counted): string =>
  severities.flatMap((each) => (counted?.[each] ? [`${severityWords[each]} ${counted[each]}`] : [])).join(' · ');

function CheckLine({ check }: { readonly check: Check }) {
  const { plan } = useScope();
  return (
    <tr data-check={`${check.check} ${check.subject}`}>
      <td data-label={t('轻重')}>
        <Mark light={lightOfSeverity[check.severity]}>{severityWords[check.severity]}</Mark>
      </td>
      <th scope="row">{checkWords[check.check]}</th>
      <td data-label={t('发现')} className="hints">
        {said(check.text)}
        {check.demo && <DemoTag />}
      </td>
      <td data-label={t('对象')}>
        <SubjectLink subject={check} name={check.subjectName} />
      </td>
      <td data-label={t('单位')}>
        {check.unit === undefined ? <span className="none">—</span> : shortLabel(plan.units, check.unit)}
      </td>
    </tr>
  );
}
