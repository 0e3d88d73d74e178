import { useFilter } from '../app/links';
import type { ListPages } from '../api/programme-calls';
import type { PolicyNow } from '../api/types';
import { DemoTag } from '../shared/DemoTag';
import { useScope, unitLabel } from '../state/scope';
import { policyIntentWords, policyLevelWords, policyStandingWords, policyTimelinessWords } from '../words';
import { Counts } from './Counts';
import { ListPage } from './ListPage';
import { Chips, choicesOf, ListTools, Pick } from './ListTools';
import { Mark } from './Mark';
import { lightOfTimeliness, span } from './reading';
import { ThingName } from './ThingName';
import { More, ThingTable } from './ThingTable';
import { useOwnOrWhole } from './use-own-or-whole';
import { WholeNote } from './WholeNote';
import { t } from '../shared/i18n';

const columns = [
  { title: t('政策') },
  { title: t('计划时间') },
  { title: t('进展') },
  { title: t('文号') },
  { title: t('是否按期') },
  { title: t('说明') },
];

/** What the plan only cites is not in the list. */
const { cited: _, ...standingWords } = policyStandingWords;

const lineOfPolicy = (policy: PolicyNow) => <PolicyLine key={policy.id} policy={policy} />;

export function PoliciesPage() {
  const { plan, unit } = useScope();
  const [timeliness, setTimeliness] = useFilter<PolicyNow['timeliness']>('timeliness');
  const [standing, setStanding] = useFilter<keyof typeof standingWords>('standing');
  const [intent, setIntent] = useFilter<PolicyNow['intent']>('intent');
  const [q, setSearch] = useFilter('q');
  const { list, isWhole } = useOwnOrWhole('policies', { state: timeliness, standing, intent, q });
  return (
    <ListPage title={t('政策改革')} list={list}>
      {({ all, counts, summary }) => (
        <>
          {summary && <PolicyCounts summary={summary} />}
          <WholeNote of={unitLabel(plan.units, unit.code)} what={t('政策改革')} none={isWhole && all > 0} />
          <ListTools search={q} onSearch={setSearch} placeholder={t('政策、编号、文号')}>
            <Chips
              label={t('按是否按期筛选政策')}
              total={all}
              chosen={timeliness}
              choose={setTimeliness}
              choices={choicesOf(policyTimelinessWords, counts.state).map((choice) => ({
                ...choice,
                light: lightOfTimeliness[choice.value],
              }))}
            />
            <Pick
              label={t('进展')}
              chosen={standing}
              choose={setStanding}
              choices={choicesOf(standingWords, counts.standing)}
            />
            <Pick
              label={t('性质')}
              chosen={intent}
              choose={setIntent}
              choices={choicesOf(policyIntentWords, counts.intent)}
            />
          </ListTools>
          <ThingTable
            className="policies"
            caption={t('政策改革')}
            columns={columns}
            pages={list.data?.pages ?? []}
            line={lineOfPolicy}
            empty={all === 0 ? t('没有登记的政策') : t('没有符合条件的政策')}
          >
            <More list={list} isFollowing />
          </ThingTable>
          {summary && summary.cited.length > 0 && <CitedList cited={summary.cited} />}
        </>
      )}
    </ListPage>
  );
}

type PolicySummary = NonNullable<ListPages['policies']['summary']>;

function PolicyCounts({ summary: { counts, cited } }: { readonly summary: PolicySummary }) {
  return (
    <Counts
      counts={[
        { name: t('计划制定、修订'), value: counts.planned, unit: t('件') },
        { name: t('已印发'), value: counts.issued, unit: t('件') },
        {
          name: t('按期'),
          value: counts['on-time'] + counts.early,
          note: counts.early > 0 ? t('提前 {{early}}', { early: counts.early }) : undefined,
        },
        { name: t('逾期印发'), value: counts.late },
        { name: t('逾期未出'), value: counts.overdue, grave: counts.overdue > 0 },
        { name: t('未到期'), value: counts.pending },
        { name: t('推迟过'), value: counts.postponed },
        { name: t('不再制定'), value: counts.dropped },
        { name: t('规划引用的'), value: cited.length, unit: t('件') },
      ]}
    />
  );
}

function PolicyLine({ policy }: { readonly policy: PolicyNow }) {
  const { id, name, type, intent, from, due, firstDue, standing, timeliness, versions, demo } = policy;
  const on = policy.issuedOn ?? policy.draftedOn;
  const last = versions.at(-1);
  return (
    <tr data-thing={`policies/${id}`}>
      <ThingName thing={{ resource: 'policies', id }} name={name}>
        {[type, policyIntentWords[intent]].filter(Boolean).join(' · ')}
      </ThingName>
      <td data-label={t('计划时间')} className="period">
        {span(from, firstDue ?? due) ?? <span className="none">{t('未定')}</span>}
        {firstDue !== undefined && <small className="note">{t('推迟至 {{due}}', { due: due ?? '' })}</small>}
      </td>
      <td data-label={t('进展')} className="state">
        {policyStandingWords[standing]}
        {demo && <DemoTag />}
        {on !== undefined && (
          <small className="muted">
            {policy.issuedOn === undefined ? t('起草') : t('印发')} {on}
          </small>
        )}
      </td>
      <td data-label={t('文号')}>
        {last?.documentNumber ?? <span className="none">—</span>}
        {last?.revises !== undefined && (
          <small className="muted">{t('修订 {{revises}}', { revises: last.revises })}</small>
        )}
        {versions.length > 1 && <small className="note">{t('第 {{version}} 版', { version: versions.length })}</small>}
      </td>
      <td data-label={t('是否按期')}>
        <Mark light={lightOfTimeliness[timeliness]}>{policyTimelinessWords[timeliness]}</Mark>
      </td>
      <td data-label={t('说明')} className="hints">
        <small className="note">{policy.because ?? policy.postponedBecause}</small>
        {policy.note !== undefined && <small className="muted">{policy.note}</small>}
      </td>
    </tr>
  );
}

/** Existing policies that the plan cites; their progress is not tracked. */
function CitedList({ cited }: { readonly cited: PolicySummary['cited'] }) {
  return (
    <details className="breakdown">
      <summary>{t('规划引用的已有政策（{{count}} 件，不跟踪进展）', { count: cited.length })}</summary>
      <ul className="cited">
        {cited.map(({ id, name, level, role, line, note }) => (
          <li key={id}>
            <span className="code">{id}</span>
            {name}{' '}
            <small className="muted">
              {[level && policyLevelWords[level], role, line !== undefined && t('第 {{line}} 行', { line }), note]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
}
