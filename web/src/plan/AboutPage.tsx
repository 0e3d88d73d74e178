import { Skeleton } from 'antd';
import { useNotes } from '../api/overview-calls';
import { Notes } from '../overview/Notes';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useScope } from '../state/scope';

/** The rules by which the plan is judged, its glossary and its assumptions. */
export function AboutPage() {
  const { plan, period, unit, moment, momentText } = useScope();
  const { data: notes, error, refetch } = useNotes({ plan: plan.plan, period, unit: unit.code, moment });
  return (
    <>
      <PageHead
        title={t('规划与规则说明')}
        note={t('评估规则按截至 {{moment}} 掌握的版本；名词与假定取自规划的今日版本', { moment: momentText })}
      />
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : notes ? (
        <Notes notes={notes} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </>
  );
}
