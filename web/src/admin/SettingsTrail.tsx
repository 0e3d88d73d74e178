import { Skeleton, Timeline } from 'antd';
import { useState } from 'react';
import { Button } from 'antd';
import { useSettingsTrail, type SettingsOf } from '../api/admin-calls';
import type { PlanDocument, TrailEntry } from '../api/types';
import { moment } from '../format';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { said } from '../shared/said';

interface Props {
  readonly plan: PlanDocument;
  readonly resource: SettingsOf;
  /** The types of events to list; all, if absent. */
  readonly types?: ReadonlySet<string>;
  readonly title: string;
  /** What of an event's content is worth a line. */
  readonly say?: (entry: TrailEntry) => string | undefined;
}

const first = 10;

/** What was decided about the plan itself: the latest first, each with who, when, why and on which document. */
export function SettingsTrail({ plan, resource, types, title, say }: Props) {
  const { data, error, refetch } = useSettingsTrail(plan.plan, resource);
  const [isWhole, setWhole] = useState(false);
  const entries = (data ?? []).filter(({ type }) => types === undefined || types.has(type));
  const shown = isWhole ? entries : entries.slice(0, first);
  return (
    <section aria-label={title}>
      <h2 className="admin-subhead">{title}</h2>
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active paragraph={{ rows: 3 }} title={false} />
      ) : entries.length === 0 ? (
        <p className="muted">{t('还没有变更')}</p>
      ) : (
        <>
          <Timeline
            className="history"
            items={shown.map((entry) => ({ key: entry.eventId, content: <Entry {...{ entry, plan, say }} /> }))}
          />
          {entries.length > shown.length && (
            <Button size="small" onClick={() => setWhole(true)}>
              {t('全部 {{count}} 条', { count: entries.length })}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

function Entry({ entry, plan, say }: Pick<Props, 'plan' | 'say'> & { readonly entry: TrailEntry }) {
  const { label, from, to, knownAt, backfilled, actor, reason, evidence, position } = entry;
  const told = say?.(entry) ?? changeOf(from, to);
  return (
    <>
      <b>{t(label)}</b> {told}
      <small className="muted">
        {moment(knownAt, plan.timeZone)}
        {backfilled && t('（补录）')} · {actor.name} · {t('系统记录序号 {{position}}', { position })}
      </small>
      {reason !== undefined && <p>{t('事由：{{reason}}', { reason })}</p>}
      {evidence && <p>{t('依据：{{list}}', { list: evidence.map((each) => each.title).join(t('、')) })}</p>}
    </>
  );
}

const changeOf = (from: string | undefined, to: string | undefined) =>
  [from, to].flatMap((side) => (side === undefined ? [] : said(side))).join(' → ');
