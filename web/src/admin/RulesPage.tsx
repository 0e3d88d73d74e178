import { Descriptions } from 'antd';
import { useQualityRules } from '../api/admin-calls';
import { useIndicators } from '../api/queries';
import type { PlanDocument, QualityRules, TrailEntry } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import type { FieldSchema } from '../shared/command/commands';
import { enumWords } from '../shared/command/enum-words';
import { DataTable } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { mayAnywhere, useSession } from '../state/session';
import { AppraisalRulesSection } from './AppraisalRulesSection';
import { evaluationRulesFields } from './evaluation-rules';
import { PlanPage } from './PlanPage';
import { planPlace } from './plan-choices';
import { PublicationSection } from './PublicationSection';
import { SettingsTrail } from './SettingsTrail';

/** By what a plan is judged, how its figures are approved and seen, what is marked in them, how units are appraised, and what is public. */
export function RulesPage() {
  return (
    <PlanPage title={t('规则')} note={t('新规则自设定之时起用；已有的评估存档保留其当时的规则')}>
      {(plan) => (
        <>
          <EvaluationRules plan={plan} />
          <ReportingRules plan={plan} />
          <Quality plan={plan} />
          <AppraisalRulesSection plan={plan} />
          <PublicationSection plan={plan} />
        </>
      )}
    </PlanPage>
  );
}

const ruleEvents = new Set(['EvaluationRulesSet']);
const reportingEvents = new Set(['ReportingRulesSet']);

function EvaluationRules({ plan }: { readonly plan: PlanDocument }) {
  const mayDefine = mayAnywhere(useSession(), ['plans.define'], plan.plan);
  const { version, rules } = plan.rules;
  return (
    <section className="card rules-section" aria-labelledby="evaluation-rules">
      <h2 id="evaluation-rules">
        {t('评估规则')}
        <span className="muted">{version === 0 ? t('系统默认') : t('第 {{version}} 版', { version })}</span>
      </h2>
      <p>{rules.source}</p>
      <div className="rule-groups">
        {Object.entries(evaluationRulesFields.properties ?? {}).map(
          ([name, of]) => of.properties && <RuleGroup key={name} of={of} values={valuesIn(rules, name)} />,
        )}
      </div>
      {mayDefine && (
        <CommandButton
          command="setEvaluationRules"
          text={t('设定评估规则')}
          place={planPlace(plan)}
          schemas={{ rules: evaluationRulesFields }}
          initial={{ rules }}
          alsoRequired={['reason']}
        />
      )}
      <SettingsTrail
        plan={plan}
        resource="plans"
        types={ruleEvents}
        title={t('评估规则的各版')}
        say={({ data }) => textIn(data, 'rules.source')}
      />
    </section>
  );
}

type Values = Readonly<Record<string, unknown>>;
const valuesIn = (rules: object, name: string): Values => ((rules as Values)[name] ?? {}) as Values;

function RuleGroup({ of, values }: { readonly of: FieldSchema; readonly values: Values }) {
  return (
    <div>
      <h3>{of.description}</h3>
      <dl className="rule-values">
        {Object.entries(of.properties ?? {}).map(([name, { description }]) => (
          <div key={name}>
            <dt>{description}</dt>
            <dd className="number">{shown(values[name])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const shown = (value: unknown): string =>
  value === true ? t('是') : value === false ? t('否') : typeof value === 'string' ? value : '—';

/** The text at a path of an event's content. */
function textIn(data: TrailEntry['data'], path: string): string | undefined {
  const found = path.split('.').reduce<unknown>((at, part) => (at as Values | undefined)?.[part], data);
  return typeof found === 'string' ? found : undefined;
}

function ReportingRules({ plan }: { readonly plan: PlanDocument }) {
  const mayDefine = mayAnywhere(useSession(), ['plans.define'], plan.plan);
  const { approval = [], unapproved = 'marked', visibility = 'plan' } = plan.reporting ?? {};
  return (
    <section className="card rules-section" aria-labelledby="reporting-rules">
      <h2 id="reporting-rules">
        {t('填报规则')}
        {!plan.reporting && <span className="muted">{t('系统默认')}</span>}
      </h2>
      <Descriptions
        size="small"
        column={1}
        items={[
          {
            key: 'approval',
            label: t('审核层级'),
            children:
              approval.length === 0
                ? t('不审核：上报后直接使用')
                : approval.map((level) => enumWords.level?.[level] ?? level).join(' → '),
          },
          { key: 'unapproved', label: t('未审核的数据'), children: enumWords.unapproved?.[unapproved] },
          { key: 'visibility', label: t('已审核数据的可见范围'), children: enumWords.visibility?.[visibility] },
        ]}
      />
      {mayDefine && (
        <CommandButton
          command="setReportingRules"
          text={t('设定填报规则')}
          place={planPlace(plan)}
          initial={{ approval, unapproved, visibility }}
          alsoRequired={['reason']}
        >
          <p className="muted">{t('审核层级由下而上依次选择；改变层级后，尚未审核完的数据按新层级继续')}</p>
        </CommandButton>
      )}
      <SettingsTrail plan={plan} resource="plans" types={reportingEvents} title={t('填报规则的各版')} />
    </section>
  );
}

function Quality({ plan }: { readonly plan: PlanDocument }) {
  const mayDefine = mayAnywhere(useSession(), ['plans.define'], plan.plan);
  const rules = useQualityRules(plan.plan);
  const indicators = useIndicators(plan.plan).data ?? [];
  const names = new Map(indicators.map(({ code, name }) => [code, name]));
  if (rules.error) return <ProblemAlert error={rules.error} retry={() => void rules.refetch()} />;
  const { version = 0, rules: list = [] } = rules.data ?? {};
  return (
    <section className="card rules-section" aria-labelledby="quality-rules">
      <h2 id="quality-rules">
        {t('数据质量规则')}
        <span className="muted">{version === 0 ? t('系统默认') : t('第 {{version}} 版', { version })}</span>
      </h2>
      <DataTable
        caption={t('数据质量规则')}
        rows={list}
        rowKey={({ id }) => id}
        total={t('规则 {{count}} 条', { count: list.length })}
        empty={t('没有规则：上报的数据不作标记')}
        isLoading={rules.isPending}
        columns={[
          { key: 'id', title: t('代码'), cell: ({ id }) => <code>{id}</code> },
          { key: 'kind', title: t('种类'), cell: ({ kind }) => enumWords.kind?.[kind] ?? kind },
          {
            key: 'indicator',
            title: t('指标'),
            cell: ({ indicator }) =>
              indicator === undefined ? t('可适用的全部指标') : `${indicator} ${names.get(indicator) ?? ''}`,
          },
          { key: 'limits', title: t('界限'), cell: limitsOf },
          { key: 'required', title: t('要求'), cell: ({ required }) => (required ? t('须说明') : t('只作标记')) },
          { key: 'note', title: t('说明'), cell: ({ note }) => note ?? '—' },
        ]}
      />
      {mayDefine && (
        <CommandButton
          command="setQualityRules"
          text={t('设定数据质量规则')}
          place={planPlace(plan, indicators)}
          initial={{ rules: list }}
          alsoRequired={['reason']}
        >
          <p className="muted">{t('整份重述：表中已是现有规则，去掉的即不再使用')}</p>
        </CommandButton>
      )}
      {version > 0 && (
        <SettingsTrail plan={plan} resource="quality-rules" title={t('数据质量规则的各版')} say={versionIn} />
      )}
    </section>
  );
}

function versionIn({ data }: TrailEntry): string {
  const { version, rules } = data as { readonly version?: number; readonly rules?: readonly unknown[] };
  return t('第 {{version}} 版，{{count}} 条', { version: version ?? 0, count: rules?.length ?? 0 });
}

/** `不低于 0，不高于 100` */
const limitsOf = (rule: QualityRules['rules'][number]): string =>
  [
    rule.minimum !== undefined && t('不低于 {{value}}', { value: rule.minimum }),
    rule.maximum !== undefined && t('不高于 {{value}}', { value: rule.maximum }),
    rule.percent !== undefined && t('变动不超过 {{value}}%', { value: rule.percent }),
    rule.points !== undefined && t('变动不超过 {{value}}', { value: rule.points }),
    rule.days !== undefined && t('期末后 {{value}} 天内', { value: rule.days }),
    rule.margin !== undefined && t('{{value}}% 以内', { value: rule.margin }),
    rule.formula,
  ]
    .filter((part) => typeof part === 'string')
    .join(t('，')) || '—';
