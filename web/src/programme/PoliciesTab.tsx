import { useFilter } from '../app/links';
import type { CitedPolicy, PolicyNow, Programme } from '../api/types';
import { DemoTag } from '../shared/DemoTag';
import { useScope, unitLabel } from '../state/scope';
import { policyIntentWords, policyLevelWords, policyStandingWords, policyTimelinessWords } from '../words';
import { Counts } from './Counts';
import { Chips, choicesOf, ListTools, Pick } from './ListTools';
import { Mark } from './Mark';
import { byConcern, countBy, includesText, lightOfTimeliness, ofUnit, span } from './reading';
import { ThingName } from './ThingName';
import { ThingTable } from './ThingTable';
import { WholeNote } from './WholeNote';

const columns = [
  { title: '政策' },
  { title: '计划时间' },
  { title: '进展' },
  { title: '文号' },
  { title: '是否按期' },
  { title: '说明' },
];

export function PoliciesTab({ policies }: { readonly policies: Programme['policies'] }) {
  const { plan, unit } = useScope();
  const [timeliness, setTimeliness] = useFilter<PolicyNow['timeliness']>('timeliness');
  const [standing, setStanding] = useFilter<PolicyNow['standing']>('standing');
  const [intent, setIntent] = useFilter<PolicyNow['intent']>('intent');
  const [search = '', setSearch] = useFilter('q');
  const { list, counts, cited } = policies;
  const own = ofUnit(list, ({ owner }) => owner, unit);
  const known = own.length > 0 ? own : list;
  const shown = known
    .filter(
      (policy) =>
        (timeliness === undefined || policy.timeliness === timeliness) &&
        (standing === undefined || policy.standing === standing) &&
        (intent === undefined || policy.intent === intent) &&
        includesText(search, policy.id, policy.name, policy.type, policy.documentNumber),
    )
    .toSorted(byConcern((policy) => (policy.timeliness === 'overdue' ? 0 : policy.timeliness === 'late' ? 1 : 2)));
  return (
    <>
      <Counts
        counts={[
          { name: '计划制定、修订', value: counts.planned, unit: '件' },
          { name: '已印发', value: counts.issued, unit: '件' },
          {
            name: '按期',
            value: counts['on-time'] + counts.early,
            note: counts.early > 0 ? `提前 ${counts.early}` : undefined,
          },
          { name: '逾期印发', value: counts.late },
          { name: '逾期未出', value: counts.overdue, grave: counts.overdue > 0 },
          { name: '未到期', value: counts.pending },
          { name: '推迟过', value: counts.postponed },
          { name: '不再制定', value: counts.dropped },
          { name: '规划引用的', value: cited.length, unit: '件' },
        ]}
      />
      <WholeNote of={unitLabel(plan.units, unit.code)} what="政策" none={list.length > 0 && own.length === 0} />
      <ListTools search={search} onSearch={setSearch} placeholder="政策、编号、文号">
        <Chips
          label="按是否按期筛选政策"
          total={known.length}
          chosen={timeliness}
          choose={setTimeliness}
          choices={choicesOf(policyTimelinessWords, (value) =>
            countBy(known, (policy) => policy.timeliness === value),
          ).map((choice) => ({ ...choice, light: lightOfTimeliness[choice.value] }))}
        />
        <Pick
          label="进展"
          chosen={standing}
          choose={setStanding}
          choices={choicesOf(policyStandingWords, (value) => countBy(known, (policy) => policy.standing === value))}
        />
        <Pick
          label="性质"
          chosen={intent}
          choose={setIntent}
          choices={choicesOf(policyIntentWords, (value) => countBy(known, (policy) => policy.intent === value))}
        />
      </ListTools>
      <ThingTable
        className="policies"
        caption="政策改革"
        columns={columns}
        things={shown}
        line={(policy) => <PolicyLine key={policy.id} policy={policy} />}
        empty={list.length === 0 ? '没有登记的政策' : '没有符合条件的政策'}
      />
      {cited.length > 0 && <CitedList cited={cited} />}
    </>
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
      <td data-label="计划时间" className="period">
        {span(from, firstDue ?? due) ?? <span className="none">未定</span>}
        {firstDue !== undefined && <small className="note">推迟至 {due}</small>}
      </td>
      <td data-label="进展" className="state">
        {policyStandingWords[standing]}
        {demo && <DemoTag />}
        {on !== undefined && (
          <small className="muted">
            {policy.issuedOn === undefined ? '起草' : '印发'} {on}
          </small>
        )}
      </td>
      <td data-label="文号">
        {last?.documentNumber ?? <span className="none">—</span>}
        {last?.revises !== undefined && <small className="muted">修订 {last.revises}</small>}
        {versions.length > 1 && <small className="note">第 {versions.length} 版</small>}
      </td>
      <td data-label="是否按期">
        <Mark light={lightOfTimeliness[timeliness]}>{policyTimelinessWords[timeliness]}</Mark>
      </td>
      <td data-label="说明" className="hints">
        <small className="note">{policy.because ?? policy.postponedBecause}</small>
        {policy.note !== undefined && <small className="muted">{policy.note}</small>}
      </td>
    </tr>
  );
}

/** Existing policies that the plan cites; their progress is not tracked. */
function CitedList({ cited }: { readonly cited: readonly CitedPolicy[] }) {
  return (
    <details className="breakdown">
      <summary>规划引用的已有政策（{cited.length} 件，不跟踪进展）</summary>
      <ul className="cited">
        {cited.map(({ id, name, level, role, line, note }) => (
          <li key={id}>
            <span className="code">{id}</span>
            {name}{' '}
            <small className="muted">
              {[level && policyLevelWords[level], role, line !== undefined && `第 ${line} 行`, note]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
}
