import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { reportAddress, useVerification } from '../api/evaluation-calls';
import type { Evaluation, SnapshotEntry, Verification } from '../api/types';
import { moment, percent, rounded } from '../format';
import { ProblemAlert } from '../shared/ProblemAlert';
import { t } from '../shared/i18n';
import { PublicSiteButton } from '../documents/PublicSiteButton';
import { WordReportButton } from '../documents/WordReportButton';
import { usePlanHere } from '../state/scope';

interface Props {
  readonly evaluation: Evaluation;
  readonly entry: SnapshotEntry;
}

export function SnapshotLine({ evaluation, entry }: Props) {
  const plan = usePlanHere();
  const { number, asOf, contentHash, summary, rulesVersion, by, knownAt, position } = entry;
  const verification = useVerification(plan.plan, evaluation.id, number);
  return (
    <tr data-snapshot={`${evaluation.id}/${number}`}>
      <th scope="row">
        <Link
          to="/p/$plan/evaluations/$id/snapshots/$number"
          params={{ plan: plan.plan, id: evaluation.id, number: String(number) }}
        >
          {t('存档 {{number}}', { number })}
        </Link>
        <small className="muted">{t('系统记录序号 {{at}}', { at: position })}</small>
      </th>
      <td data-label={t('截至')} className="number">
        {moment(asOf, plan.timeZone)}
      </td>
      <td data-label={t('指数')} className="number">
        {summary.index === undefined ? '—' : rounded(summary.index, 1)}
      </td>
      <td data-label={t('数据覆盖率')} className="number">
        {percent(summary.coverage, 0)}
      </td>
      <td data-label={t('规则')}>{t('第 {{rulesVersion}} 版', { rulesVersion })}</td>
      <td data-label={t('经办')}>
        {by}
        <small className="muted">{moment(knownAt, plan.timeZone)}</small>
      </td>
      <td data-label={t('内容哈希')} className="hash">
        <code title={contentHash}>{contentHash}</code>
        {verification.data && <Outcome verification={verification.data} />}
        {verification.error && <ProblemAlert error={verification.error} />}
      </td>
      <td data-label={t('操作')} className="actions">
        <Button size="small" loading={verification.isPending} onClick={() => verification.mutate()}>
          {t('核验')}
        </Button>
        <Link
          to="/p/$plan/compare"
          params={{ plan: plan.plan }}
          search={{ left: `${evaluation.id}/${number}`, right: 'now' }}
        >
          {t('与今日比较')}
        </Link>
        <Link
          to="/p/$plan/evaluations/$id/snapshots/$number/known-since"
          params={{ plan: plan.plan, id: evaluation.id, number: String(number) }}
        >
          {t('后来掌握')}
        </Link>
        <Link
          to="/p/$plan/evaluations/$id/snapshots/$number/sample"
          params={{ plan: plan.plan, id: evaluation.id, number: String(number) }}
        >
          {t('抽查样本')}
        </Link>
        <Button
          size="small"
          type="link"
          href={reportAddress(plan.plan, evaluation.id, number)}
          target="_blank"
          rel="noopener"
        >
          {t('报告')}
        </Button>
        <WordReportButton id={evaluation.id} number={String(number)} />
        <PublicSiteButton id={evaluation.id} number={String(number)} isPublished={evaluation.published === number} />
      </td>
    </tr>
  );
}

const storedWords = { intact: t('存档完好'), missing: t('存档缺失'), damaged: t('存档损坏') } as const;

function Outcome({ verification }: { readonly verification: Verification }) {
  const { reproduced, stored, recomputedHash, events } = verification;
  const sound = reproduced && stored === 'intact';
  return (
    <span className={sound ? 'verified' : 'not-verified'} role="status">
      {reproduced
        ? t('✓ 已重现：由 {{count}} 个事件重算，哈希一致', { count: events })
        : t('✗ 不能重现：重算得 {{hash}}…', { hash: recomputedHash.slice(0, 16) })}
      {t('；')}
      {storedWords[stored]}
    </span>
  );
}
