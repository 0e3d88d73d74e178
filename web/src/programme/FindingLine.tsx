import type { FindingNow } from '../api/types';
import { DemoTag } from '../shared/DemoTag';
import { useScope } from '../state/scope';
import { findingStandingWords, severityWords, subjectWords } from '../words';
import { Mark } from './Mark';
import { bureauOf, lightOfFinding } from './reading';
import { SubjectLink } from './SubjectLink';
import { ThingName } from './ThingName';
import { t } from '../shared/i18n';

export function FindingLine({ finding }: { readonly finding: FindingNow }) {
  const { id, title, severity, standing, lines, answers, steps, closed, subjectType, because, demo } = finding;
  const said = closed ?? steps?.findLast(({ text }) => text !== undefined) ?? answers.at(-1);
  return (
    <tr data-thing={`findings/${id}`}>
      <td data-label={t('轻重')}>
        <Mark light={lightOfFinding(finding)}>{severityWords[severity]}</Mark>
      </td>
      <ThingName thing={{ resource: 'findings', id }} name={title} />
      <td data-label={t('对象')}>
        {subjectType === 'plan' ? subjectWords.plan : <SubjectLink subject={finding} name={finding.subjectName} />}
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
      <td data-label={t('整改')}>
        <OwnerAndDue finding={finding} />
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

/** Who is to rectify a finding, and by when. */
function OwnerAndDue({ finding: { owner, dueOn, overdueDays } }: { readonly finding: FindingNow }) {
  const { plan } = useScope();
  if (owner === undefined) return <span className="none">—</span>;
  return (
    <>
      {bureauOf(plan.units, owner)}
      <small className={overdueDays === undefined ? 'muted' : 'grave'}>
        {overdueDays === undefined ? dueOn : t('{{due}}，逾期 {{days}} 天', { due: dueOn ?? '', days: overdueDays })}
      </small>
    </>
  );
}
