import { useSubmissions } from '../api/submission-calls';
import type { Submission } from '../api/types';
import { day, moment } from '../format';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useScope } from '../state/scope';
import { ThingTable } from './ThingTable';
import { t } from '../shared/i18n';
import { saidOf } from '../shared/said';

const columns = [{ title: t('警告') }, { title: t('所见') }, { title: t('位置') }, { title: t('接受') }];

type Accepted = Submission['received']['warnings'][number] & {
  readonly submission: string;
  readonly by: string;
  readonly at: string;
};

/** What loading a folder warned of, and somebody accepted. No content of the plan, so shown beside its findings. */
export function AcceptedWarnings() {
  const { plan, moment: seen } = useScope();
  const submissions = useSubmissions(plan.plan);
  if (submissions.error) return <ProblemAlert error={submissions.error} />;
  const accepted = acceptedBy(submissions.data ?? [], plan.timeZone, seen.asOf);
  if (accepted.length === 0) return null;
  return (
    <>
      <h2>
        {t('装载时接受的警告')}
        <small className="muted">{t('装载文件夹时系统提示的疑点，核对后接受的')}</small>
      </h2>
      <ThingTable
        className="accepted-warnings"
        caption={t('装载时接受的警告')}
        columns={columns}
        pages={pagesOf(accepted)}
        line={lineOfWarning}
        empty=""
      />
    </>
  );
}

const pageSize = 50;
const pagesOf = (accepted: readonly Accepted[]) =>
  Array.from({ length: Math.ceil(accepted.length / pageSize) }, (_, at) => ({
    items: accepted.slice(at * pageSize, (at + 1) * pageSize),
  }));

/** As of a day: what was accepted by its end. */
function acceptedBy(submissions: readonly Submission[], zone: string, asOf: string | undefined): Accepted[] {
  return submissions.flatMap(({ id: submission, accepted, received }) =>
    accepted === undefined || (asOf !== undefined && day(accepted.at, zone) > asOf.slice(0, 10))
      ? []
      : received.warnings.map((warning) => ({ ...warning, ...accepted, submission })),
  );
}

const lineOfWarning = (warning: Accepted) => (
  <WarningLine key={`${warning.submission} ${warning.id}`} warning={warning} />
);

function WarningLine({ warning }: { readonly warning: Accepted }) {
  const { timeZone } = useScope().plan;
  const { id, places, by, at } = warning;
  return (
    <tr data-warning={id}>
      <th scope="row">{id}</th>
      <td data-label={t('所见')} className="hints">
        {saidOf(warning)}
      </td>
      <td data-label={t('位置')} className="lines">
        {places.slice(0, 2).map((place) => (
          <div key={placeText(place)}>{placeText(place)}</div>
        ))}
      </td>
      <td data-label={t('接受')}>
        {by}
        <small className="muted"> {moment(at, timeZone)}</small>
      </td>
    </tr>
  );
}

const placeText = ({ file, row, field, standing }: Accepted['places'][number]): string =>
  [
    file,
    row === undefined ? undefined : t('第 {{row}} 行', { row }),
    field,
    standing === undefined ? undefined : t('已装载的{{standing}}', { standing }),
  ]
    .filter((part) => part !== undefined)
    .join(' ');
