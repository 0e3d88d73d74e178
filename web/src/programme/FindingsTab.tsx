import { useFilter, useSearchChange } from '../app/links';
import type { Check, FindingNow, Programme, Severity } from '../api/types';
import { DemoTag } from '../shared/DemoTag';
import { shortLabel, topUnit, unitLabel, useScope } from '../state/scope';
import { checkWords, findingStandingWords, severityWords, subjectWords } from '../words';
import { AcceptedWarnings } from './AcceptedWarnings';
import { Counts } from './Counts';
import { Chips, choicesOf, ListTools, Pick } from './ListTools';
import { Mark } from './Mark';
import { bySeverity, countBy, includesText, lightOfFinding, lightOfSeverity } from './reading';
import { SubjectLink } from './SubjectLink';
import { ThingName } from './ThingName';
import { ThingTable } from './ThingTable';
import { raisedAt, subjectName } from './things';
import { t } from '../shared/i18n';

const findingColumns = [
  { title: t('轻重') },
  { title: t('问题') },
  { title: t('对象') },
  { title: t('原文') },
  { title: t('处理') },
  { title: t('最近答复') },
];
const checkColumns = [
  { title: t('轻重') },
  { title: t('核查') },
  { title: t('发现') },
  { title: t('对象') },
  { title: t('单位') },
];

/** Findings raised by people, and checks of the engine. */
export function FindingsTab({ programme }: { readonly programme: Programme }) {
  const { plan, unit } = useScope();
  const [severity, setSeverity] = useFilter<Severity>('severity');
  const [standing, setStanding] = useFilter<FindingNow['standing']>('standing');
  const [kind, setKind] = useFilter<Check['check']>('check');
  const [search = '', setSearch] = useFilter('q');
  const change = useSearchChange();
  const ofAll = unit.parent === undefined;
  const { findings, checks } = raisedAt(programme, unit);
  const shown = findings
    .filter(
      (finding) =>
        (severity === undefined || finding.severity === severity) &&
        (standing === undefined || finding.standing === standing) &&
        includesText(search, finding.id, finding.title, finding.subject, finding.detail),
    )
    .toSorted((a, b) => Number(isWithdrawn(a)) - Number(isWithdrawn(b)) || bySeverity(a, b));
  const shownChecks = checks
    .filter(
      (check) =>
        (severity === undefined || check.severity === severity) &&
        (kind === undefined || check.check === kind) &&
        includesText(search, check.subject, check.text, checkWords[check.check]),
    )
    .toSorted(bySeverity);
  const ofStanding = (of: FindingNow['standing']) => countBy(findings, (finding) => finding.standing === of);
  const valid = findings.filter((finding) => !isWithdrawn(finding));
  const withdrawn = ofStanding('withdrawn');
  const both = [...findings, ...checks];
  return (
    <>
      <Counts
        counts={[
          { name: t('提出的问题'), value: valid.length, unit: t('个'), note: bySeverities(valid) },
          { name: t('待答复'), value: ofStanding('open') },
          { name: t('已答复'), value: ofStanding('answered') },
          { name: t('已办结'), value: ofStanding('closed') },
          ...(withdrawn > 0 ? [{ name: t('已撤销'), value: withdrawn }] : []),
          {
            ...{ name: t('系统核查发现'), value: checks.length, unit: t('处'), note: bySeverities(checks) },
            grave: checks.some((check) => check.severity === 'high'),
          },
        ]}
      />
      {!ofAll && (
        <p className="muted other-count">
          {t('只列{{unit}}的问题和核查；不分单位的未列。', { unit: unitLabel(plan.units, unit.code) })}{' '}
          <button type="button" className="link" onClick={() => change({ unit: undefined })}>
            {t('看{{unit}}', { unit: unitLabel(plan.units, topUnit(plan.units)?.code ?? '') })}
          </button>
        </p>
      )}
      <ListTools search={search} onSearch={setSearch} placeholder={t('问题、对象、发现')}>
        <Chips
          label={t('按轻重筛选')}
          total={both.length}
          chosen={severity}
          choose={setSeverity}
          choices={choicesOf(severityWords, (value) => countBy(both, (each) => each.severity === value)).map(
            (choice) => ({ ...choice, light: lightOfSeverity[choice.value] }),
          )}
        />
        <Pick
          label={t('处理')}
          chosen={standing}
          choose={setStanding}
          choices={choicesOf(findingStandingWords, ofStanding)}
        />
        <Pick
          label={t('核查')}
          chosen={kind}
          choose={setKind}
          choices={choicesOf(checkWords, (value) => countBy(checks, ({ check }) => check === value))}
        />
      </ListTools>
      <h2>
        {t('系统核查')}
        <small className="muted">{t('打开本页时按所选期间、截至日算出；原因消除即不再出现')}</small>
      </h2>
      <ThingTable
        className="checks"
        caption={t('系统核查')}
        columns={checkColumns}
        things={shownChecks}
        line={(check) => (
          <CheckLine key={`${check.check} ${check.subject} ${check.unit ?? ''}`} check={check} programme={programme} />
        )}
        empty={checks.length === 0 ? t('没有发现问题') : t('没有符合条件的')}
      />
      <h2>{t('提出的问题')}</h2>
      <ThingTable
        className="findings"
        caption={t('提出的问题')}
        columns={findingColumns}
        things={shown}
        line={(finding) => <FindingLine key={finding.id} finding={finding} programme={programme} />}
        empty={findings.length === 0 ? t('没有提出的问题') : t('没有符合条件的问题')}
      />
      <AcceptedWarnings />
    </>
  );
}

const isWithdrawn = ({ standing }: FindingNow): boolean => standing === 'withdrawn';

/** For example `严重 6 · 较重 2 · 一般 1`. */
function bySeverities(list: readonly { readonly severity: Severity }[]): string {
  return (Object.keys(severityWords) as Severity[])
    .map((severity) => ({ severity, count: countBy(list, (each) => each.severity === severity) }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${severityWords[severity]} ${count}`)
    .join(' · ');
}

function CheckLine({ check, programme }: { readonly check: Check; readonly programme: Programme }) {
  const { plan } = useScope();
  return (
    <tr data-check={`${check.check} ${check.subject}`}>
      <td data-label={t('轻重')}>
        <Mark light={lightOfSeverity[check.severity]}>{severityWords[check.severity]}</Mark>
      </td>
      <th scope="row">{checkWords[check.check]}</th>
      <td data-label={t('发现')} className="hints">
        {check.text}
        {check.demo && <DemoTag />}
      </td>
      <td data-label={t('对象')}>
        <SubjectLink subject={check} name={subjectName(programme, check)} />
      </td>
      <td data-label={t('单位')}>
        {check.unit === undefined ? <span className="none">—</span> : shortLabel(plan.units, check.unit)}
      </td>
    </tr>
  );
}

function FindingLine({ finding, programme }: { readonly finding: FindingNow; readonly programme: Programme }) {
  const { id, title, severity, standing, lines, answers, closed, subjectType, because, demo } = finding;
  const said = closed ?? answers.at(-1);
  return (
    <tr data-thing={`findings/${id}`}>
      <td data-label={t('轻重')}>
        <Mark light={lightOfFinding(finding)}>{severityWords[severity]}</Mark>
      </td>
      <ThingName thing={{ resource: 'findings', id }} name={title} />
      <td data-label={t('对象')}>
        {subjectType === 'plan' ? (
          subjectWords.plan
        ) : (
          <SubjectLink subject={finding} name={subjectName(programme, finding)} />
        )}
      </td>
      <td data-label={t('原文')} className="lines">
        {lines.length > 0 ? t('第 {{lines}} 行', { lines: lines.join(t('、')) }) : <span className="none">—</span>}
      </td>
      <td data-label={t('处理')} className="state">
        {standing === 'closed' ? (
          <Mark light="green">{findingStandingWords.closed}</Mark>
        ) : (
          findingStandingWords[standing]
        )}
        {because !== undefined && <small className="muted">{because}</small>}
      </td>
      <td data-label={t('最近答复')} className="hints">
        {said === undefined ? <span className="none">—</span> : said.text}
        {said !== undefined && demo && <DemoTag />}
        {said !== undefined && (
          <small className="muted">
            {said.on} · {said.by}
          </small>
        )}
      </td>
    </tr>
  );
}
