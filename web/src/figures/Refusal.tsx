import { Alert, Button } from 'antd';
import { ProblemError } from '../api/client';
import type { ReviewItem } from '../api/types';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { keyOf, nameOf } from './review-words';

interface Props {
  readonly error: Error;
  /** Those that were to be dealt with, in the order of the request. */
  readonly figures: readonly ReviewItem[];
  /** Chooses those that were not refused. */
  readonly onLeave: (left: readonly ReviewItem[]) => void;
}

/** Why a review was refused, figure by figure. */
export function Refusal({ error, figures, onLeave }: Props) {
  const problems = error instanceof ProblemError ? (error.problem.problems ?? []) : [];
  const refused = problems.flatMap(({ field, message, code }) => {
    const figure = figures[Number(/^figures\.(\d+)$/.exec(field ?? '')?.[1] ?? NaN)];
    return figure ? [{ figure, message, code }] : [];
  });
  if (refused.length === 0) return <ProblemAlert error={error} />;
  const keys = new Set(refused.map(({ figure }) => keyOf(figure)));
  const left = figures.filter((each) => !keys.has(keyOf(each)));
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="review-refused"
      title={error.message}
      description={
        <ul className="problem-list">
          {refused.map(({ figure, message, code }) => (
            <li key={keyOf(figure)}>
              <b>{nameOf(figure)}</b> {withoutName(message, figure)} <code className="problem-code">{code}</code>
            </li>
          ))}
        </ul>
      }
      action={
        left.length > 0 && (
          <Button size="small" onClick={() => onLeave(left)}>
            {t('只选其余 {{count}} 条', { count: left.length })}
          </Button>
        )
      }
    />
  );
}

/** What a message says after the figure that it begins with, and a colon. */
function withoutName(message: string, { code, unit, period }: ReviewItem): string {
  const name = `${code} ${unit} ${period}`;
  return message.startsWith(name) ? message.slice(name.length + 1) : message;
}
