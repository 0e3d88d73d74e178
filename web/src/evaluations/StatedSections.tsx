import { useJudgement } from '../api/evaluation-calls';
import type { Evaluation } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { t } from '../shared/i18n';
import { unitName, usePlanHere } from '../state/scope';
import { useMay } from '../state/session';
import { adjustmentWords, severityWords } from '../words';
import { FollowUp } from './FollowUp';
import { StatedList } from './StatedList';

interface Props {
  readonly evaluation: Evaluation;
  readonly isOpen: boolean;
}

/** Satisfaction, findings, lessons, recommendations and advice on adjusting the plan. */
export function StatedSections({ evaluation, isOpen }: Props) {
  const plan = usePlanHere();
  const judgement = useJudgement(plan.plan, evaluation.id);
  const mayFind = useMay('evaluations.find', plan.plan) && isOpen;
  const mayRecommend = useMay('evaluations.recommend', plan.plan) && isOpen;
  const { id, findings, recommendations, lessons, adjustments } = evaluation;
  const form = { path: { id }, place: { plan: plan.plan, units: plan.units } };
  return (
    <>
      <StatedList
        name={t('公众满意度')}
        note={t('按调查公布的数字登记，不计入指数')}
        id={id}
        mayWithdraw={mayFind}
        kind="survey"
        entries={(judgement.data?.surveys ?? []).map(
          ({ question, on, population, method, n, share, margin, ...entry }) => ({
            ...entry,
            text: t('{{question}} 满意率 {{share}}%，误差 ±{{margin}} 个百分点', { question, share, margin }),
            note: t('{{on}} · {{population}} · {{method}} · 样本 {{n}}', { on, population, method, n }),
          }),
        )}
      >
        {mayFind && (
          <CommandButton
            {...form}
            command="recordSurvey"
            text={t('登记满意度调查')}
            fields={['question', 'on', 'population', 'method', 'n', 'share', 'deff', 'evidence']}
          />
        )}
      </StatedList>
      <StatedList
        name={t('问题及原因')}
        id={id}
        entries={findings.map(({ severity, subject, ...entry }) => ({
          ...entry,
          note: t('{{severity}} · {{subject}}', { severity: severityWords[severity], subject }),
          action: <FollowUp evaluation={evaluation} finding={{ severity, subject, text: entry.text }} />,
        }))}
      >
        {mayFind && (
          <CommandButton
            {...form}
            command="recordFinding"
            text={t('记录问题')}
            fields={['severity', 'subject', 'text', 'evidence']}
          />
        )}
      </StatedList>
      <StatedList
        name={t('经验做法')}
        id={id}
        mayWithdraw={mayFind}
        kind="lesson"
        entries={lessons.map(({ unit, ...entry }) => ({
          ...entry,
          ...(unit !== undefined && { note: unitName(plan.units, unit) }),
        }))}
      >
        {mayFind && (
          <CommandButton
            {...form}
            command="recordLesson"
            text={t('记录经验做法')}
            fields={['text', 'unit', 'evidence']}
          />
        )}
      </StatedList>
      <StatedList
        name={t('对策建议')}
        id={id}
        entries={recommendations.map(({ unit, dueOn, ...entry }) => ({
          ...entry,
          note: [unit === undefined ? undefined : unitName(plan.units, unit), dueOn].filter(Boolean).join(' · '),
        }))}
      >
        {mayRecommend && (
          <CommandButton
            {...form}
            command="makeRecommendation"
            text={t('提出建议')}
            fields={['text', 'unit', 'dueOn', 'evidence']}
          />
        )}
      </StatedList>
      <StatedList
        name={t('规划调整意见')}
        id={id}
        mayWithdraw={mayFind}
        kind="adjustment"
        entries={adjustments.map(({ adjustment, ...entry }) => ({ ...entry, note: adjustmentWords[adjustment] }))}
      >
        {mayRecommend && (
          <CommandButton
            {...form}
            command="adviseAdjustment"
            text={t('提出调整意见')}
            fields={['adjustment', 'text', 'evidence']}
          />
        )}
      </StatedList>
    </>
  );
}
