import { Skeleton, Timeline } from 'antd';
import { usePersonHistory } from '../api/people-calls';
import type { PersonStep, RoleName } from '../api/types';
import { moment } from '../format';
import { t } from '../shared/i18n';
import { ownTimeZone } from '../shared/own-time-zone';
import { ProblemAlert } from '../shared/ProblemAlert';
import { roleWords } from '../role-words';
import { useScopes, type Scopes } from './places';

/** What was done about a person: the latest first, each with who, when, why and on which document. */
export function PersonHistory({ person }: { readonly person: string }) {
  const scopes = useScopes();
  const { data, error, refetch } = usePersonHistory(person);
  if (error) return <ProblemAlert error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 3 }} title={false} />;
  return (
    <Timeline
      className="history"
      items={data.toReversed().map((step, at) => ({
        key: at,
        content: (
          <>
            <b>{t(step.label)}</b> {aboutOf(step, scopes, data)}
            <small className="muted">
              {moment(step.at, ownTimeZone)} · {step.by.name}
            </small>
            {step.reason !== undefined && <p>{t('事由：{{reason}}', { reason: step.reason })}</p>}
            {step.evidence && (
              <p>{t('依据：{{list}}', { list: step.evidence.map(({ title }) => title).join(t('、')) })}</p>
            )}
          </>
        ),
      }))}
    />
  );
}

/** What a step was about: `填报员 · 莲都区`. */
function aboutOf({ data }: PersonStep, scopes: Scopes, steps: readonly PersonStep[]): string {
  const content = data as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof content[name] === 'string' ? content[name] : undefined);
  const grant = text('grant');
  const granted = steps.find((step) => step.type === 'RoleGranted' && has(step, 'grant', grant));
  const role = text('role') ?? (granted ? String((granted.data as Record<string, unknown>).role) : undefined);
  const issued = steps.find((step) => step.type === 'TokenIssued' && has(step, 'token', text('token')));
  const title = text('title') ?? (issued ? String((issued.data as Record<string, unknown>).title) : undefined);
  return [
    role !== undefined && (roleWords[role as RoleName] ?? role),
    text('plan') !== undefined && scopes.planTitle(text('plan')),
    text('unit') !== undefined && scopes.unitName(text('unit')),
    title,
  ]
    .filter((part) => typeof part === 'string')
    .join(' · ');
}

const has = ({ data }: PersonStep, name: string, value: string | undefined) =>
  value !== undefined && (data as Readonly<Record<string, unknown>>)[name] === value;
