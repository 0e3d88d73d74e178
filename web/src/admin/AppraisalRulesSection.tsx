import { useAppraisalRules } from '../api/admin-calls';
import type { AppraisalRules, PlanDocument, TrailEntry } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { DataTable } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { mayAnywhere, useSession } from '../state/session';
import { countWords } from '../words';
import { planPlace } from './plan-choices';
import { SettingsTrail } from './SettingsTrail';

type Loss = AppraisalRules['items'][number]['losses'][number];

/** By what rules the 考核 sheets are made: the plan's own, or the defaults. */
export function AppraisalRulesSection({ plan }: { readonly plan: PlanDocument }) {
  const mayDefine = mayAnywhere(useSession(), ['plans.define'], plan.plan);
  const found = useAppraisalRules(plan.plan);
  if (found.error) return <ProblemAlert error={found.error} retry={() => void found.refetch()} />;
  const { version = 0, source = '', objectionDays = 0, items = [] } = found.data ?? {};
  return (
    <section className="card rules-section" aria-labelledby="appraisal-rules">
      <h2 id="appraisal-rules">
        {t('考核规则')}
        <span className="muted">{version === 0 ? t('系统默认') : t('第 {{version}} 版', { version })}</span>
      </h2>
      <p>{source}</p>
      <DataTable
        caption={t('考核规则')}
        rows={items}
        rowKey={({ code }) => code}
        total={t('项目 {{count}} 个；公示后 {{days}} 天内可申诉', { count: items.length, days: objectionDays })}
        empty={t('没有考核项目')}
        isLoading={found.isPending}
        columns={[
          { key: 'code', title: t('代码'), cell: ({ code }) => <code>{code}</code> },
          { key: 'name', title: t('考核项目'), cell: ({ name }) => name },
          { key: 'weight', title: t('满分'), isNumber: true, cell: ({ weight }) => weight },
          { key: 'base', title: t('基数'), cell: ({ base }) => countWords[base] },
          { key: 'losses', title: t('扣分（系数）'), cell: ({ losses }) => losses.map(lossText).join(t('，')) },
          {
            key: 'cap',
            title: t('封顶'),
            cell: ({ cap }) =>
              cap ? t('有{{what}}即至多得满分的 {{share}}', { what: countWords[cap.count], share: cap.share }) : '—',
          },
        ]}
      />
      {mayDefine && (
        <CommandButton
          command="setAppraisalRules"
          text={t('设定考核规则')}
          place={planPlace(plan)}
          initial={{ ...(version > 0 && { source }), objectionDays, items }}
          alsoRequired={['reason']}
        >
          <p className="muted">{t('整份重述：表中已是现有规则；此前公示和定稿的考核表保留其当时的规则')}</p>
        </CommandButton>
      )}
      {version > 0 && (
        <SettingsTrail plan={plan} resource="appraisal-rules" title={t('考核规则的各版')} say={versionIn} />
      )}
    </section>
  );
}

/** `逾期上报的数据 0.5`; with steps `逾期天数 满 1 计 0.2、满 10 计 0.5` */
const lossText = ({ count, factor, steps = [] }: Loss): string =>
  factor === undefined
    ? `${countWords[count]} ${steps.map((step) => t('满 {{from}} 计 {{factor}}', step)).join(t('、'))}`
    : `${countWords[count]} ${factor}`;

function versionIn({ data }: TrailEntry): string {
  const { version, rules } = data as { readonly version?: number; readonly rules?: { readonly source?: string } };
  return t('第 {{version}} 版：{{source}}', { version: version ?? 0, source: rules?.source ?? '' });
}
