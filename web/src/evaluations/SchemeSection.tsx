import type { Evaluation } from '../api/types';
import { Facts } from '../programme/Facts';
import { t } from '../shared/i18n';
import { useSession } from '../state/session';
import { evaluationWords, standingWords } from '../words';

/** What the evaluation is for, by what standard and method it is made, and who takes part. */
export function SchemeSection({ evaluation }: { readonly evaluation: Evaluation }) {
  const { person } = useSession();
  const { kind, period, purpose, basis, standard, method, window, asOf, evaluator, lead, participants } = evaluation;
  const { scales = [], by } = evaluation;
  return (
    <section className="card" aria-labelledby="scheme" data-testid="scheme">
      <h2 id="scheme">{t('评估方案')}</h2>
      <Facts
        facts={[
          { name: t('类型'), value: evaluationWords[kind] },
          { name: t('期间'), value: period },
          { name: t('数据截止日期'), value: asOf },
          { name: t('评估目的'), value: purpose },
          { name: t('评估依据'), value: basis },
          { name: t('评估标准'), value: standard },
          { name: t('评估方法'), value: method },
          { name: t('评估时间'), value: window },
          { name: t('评估单位'), value: evaluator },
          { name: t('评估负责人'), value: lead === person ? t('我本人') : lead },
          {
            name: t('参加者'),
            value: participants
              ?.map(({ standing, name }) => t('{{standing}}：{{name}}', { standing: standingWords[standing], name }))
              .join(t('；')),
          },
          { name: t('自定等级'), value: scales.map(({ label }) => label).join(t('、')) || undefined },
          { name: t('建立'), value: by },
        ]}
      />
    </section>
  );
}
