import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { Appraisal } from '../api/types';
import { day } from '../format';
import { CommandButton } from '../shared/command/CommandButton';
import { DemoTag } from '../shared/DemoTag';
import { t } from '../shared/i18n';
import { useIsToday, useScope } from '../state/scope';
import { useMay } from '../state/session';
import { said } from '../shared/said';
import { StoredSheets } from './StoredSheets';

/** Whose rules the sheets are made by, and whether they are put forth or frozen; the lead puts them forth. */
export function AppraisalStanding({ appraisal }: { readonly appraisal: Appraisal }) {
  const { plan, period } = useScope();
  const isToday = useIsToday();
  const mayPutForth = useMay('appraisal.put-forth', plan.plan) && isToday && !appraisal.frozen;
  const { rules, demo } = appraisal;
  return (
    <>
      <Alert
        showIcon
        type="info"
        className="appraisal-source"
        data-testid="appraisal-source"
        title={
          <>
            {rules.version === 0
              ? t('通鉴的默认规则：{{source}}', { source: said(rules.source) })
              : t('规划的考核规则第 {{version}} 版：{{source}}', {
                  version: rules.version,
                  source: said(rules.source),
                })}
            {t('（不适用的项目不计入满分）')} {demo && <DemoTag />}
          </>
        }
      />
      <p className="appraisal-standing" data-testid="appraisal-standing" data-state={stateOf(appraisal)}>
        <Standing appraisal={appraisal} />{' '}
        {mayPutForth && (
          <CommandButton
            command="putForthAppraisal"
            text={appraisal.putForth ? t('重新公示') : t('公示考核表')}
            path={{ period }}
            place={{ plan: plan.plan, units: plan.units }}
            fields={['reason', 'evidence']}
          >
            <p className="muted">
              {t('各单位的考核表按现在掌握的数据存档公示；此后 {{days}} 天内，各单位可对扣分提出申诉', {
                days: rules.objectionDays,
              })}
            </p>
          </CommandButton>
        )}
      </p>
    </>
  );
}

const stateOf = ({ frozen, putForth }: Appraisal): 'draft' | 'put-forth' | 'frozen' =>
  frozen ? 'frozen' : putForth ? 'put-forth' : 'draft';

function Standing({ appraisal: { frozen, putForth, isWhole } }: { readonly appraisal: Appraisal }) {
  const { plan } = useScope();
  if (frozen) {
    const { evaluation, title, knownAt, contentHash } = frozen;
    return (
      <>
        <b>{t('已定稿')}</b>{' '}
        {t('{{day}} 随年度评估发布，此后的更正和规则变化不再改动：', { day: day(knownAt, plan.timeZone) })}
        <Link to="/p/$plan/evaluations/$id" params={{ plan: plan.plan, id: evaluation }}>
          {title}
        </Link>{' '}
        {isWhole && <StoredSheets contentHash={contentHash} />}
      </>
    );
  }
  if (!putForth) {
    return (
      <>
        <b>{t('未公示')}</b> {t('得分随数据变化；公示后各单位可申诉，年度评估发布时定稿')}
      </>
    );
  }
  const { round, knownAt, until, isOpen, contentHash } = putForth;
  return (
    <>
      <b>{isOpen ? t('公示中') : t('公示期满')}</b>{' '}
      {t('第 {{round}} 次公示于 {{day}}，申诉截至 {{until}}；以下按现在掌握的数据和已采纳的申诉计算', {
        ...{ round, until },
        day: day(knownAt, plan.timeZone),
      })}{' '}
      {isWhole && <StoredSheets contentHash={contentHash} />}
    </>
  );
}
