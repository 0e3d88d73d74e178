import { Button } from 'antd';
import { storedSheetsAddress, useSheetsVerification } from '../api/appraisal-calls';
import type { SheetsVerification } from '../api/types';
import { ProblemAlert } from '../shared/ProblemAlert';
import { t } from '../shared/i18n';
import { useScope } from '../state/scope';

/** The sheets of all units as they were stored: their hash, the file that has it, and whether they can be reproduced. */
export function StoredSheets({ contentHash }: { readonly contentHash: string }) {
  const { plan } = useScope();
  const verification = useSheetsVerification(plan.plan, contentHash);
  return (
    <span className="stored-sheets">
      <small className="muted" title={contentHash}>
        SHA-256 {contentHash.slice(0, 12)}…
      </small>{' '}
      <a href={storedSheetsAddress(plan.plan, contentHash)} download>
        {t('下载原文')}
      </a>{' '}
      <Button size="small" loading={verification.isPending} onClick={() => verification.mutate()}>
        {t('核验')}
      </Button>
      {verification.data && <Outcome verification={verification.data} />}
      {verification.error && <ProblemAlert error={verification.error} />}
    </span>
  );
}

const storedWords = { intact: t('存档完好'), missing: t('存档缺失'), damaged: t('存档损坏') } as const;

function Outcome({ verification }: { readonly verification: SheetsVerification }) {
  const { reproduced, stored, recomputedHash, difference } = verification;
  return (
    <span className={reproduced && stored === 'intact' ? 'verified' : 'not-verified'} role="status">
      {reproduced
        ? t('✓ 已重现：按当时所知重算，哈希一致')
        : t('✗ 不能重现：重算得 {{hash}}…', { hash: recomputedHash.slice(0, 16) })}
      {difference !== undefined && t('，第一处不同在 {{place}}', { place: difference })}
      {t('；')}
      {storedWords[stored]}
    </span>
  );
}
