import type { AuditSample } from '../api/types';
import { t } from '../shared/i18n';
import { outcomeWords, stratumWords } from './sample-words';

/** What the checks of the drawn figures found, by stratum. */
export function SampleOutcomes({ outcomes }: Pick<AuditSample, 'outcomes'>) {
  if (outcomes.length === 0) return null;
  const kinds = Object.entries(outcomeWords) as [keyof typeof outcomeWords, string][];
  return (
    <section className="card sample-outcomes" data-testid="sample-outcomes">
      <h2>{t('核对结果')}</h2>
      <div className="table-frame">
        <table>
          <thead>
            <tr>
              <th>{t('层')}</th>
              <th className="number">{t('共有')}</th>
              <th className="number">{t('抽取')}</th>
              <th className="number">{t('已核对')}</th>
              {kinds.map(([kind, word]) => (
                <th key={kind} className="number">
                  {word}
                </th>
              ))}
              <th className="number">{t('差错率（95% 区间）')}</th>
            </tr>
          </thead>
          <tbody>
            {outcomes.map(({ stratum, of, drawn, checked, outcomes: counts, errors }) => (
              <tr key={stratum} data-stratum={stratum}>
                <td>{stratumWords[stratum]}</td>
                <td className="number">{of}</td>
                <td className="number">{drawn}</td>
                <td className="number">{checked}</td>
                {kinds.map(([kind]) => (
                  <td key={kind} className="number">
                    {counts[kind]}
                  </td>
                ))}
                <td className="number">
                  {errors ? t('{{share}}%（{{lower}}% 至 {{upper}}%）', { ...errors }) : t('还没有核对')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted">
        {t('差错率为已核对数据中须更正和无依据的占比，区间按 Wilson 法；各层抽取的比例不同，不合并计算')}
      </p>
    </section>
  );
}
