import type { Overview } from '../api/types';
import { percent, rounded } from '../format';
import { indexOf } from './reading';
import { t } from '../shared/i18n';

interface Props {
  readonly overview: Overview;
  readonly unit: string;
}

export function AreaIndexes({ overview, unit }: Props) {
  const byArea = indexOf(overview, unit)?.byArea ?? [];
  return (
    <div className="card area-indexes" data-testid="areas">
      <h2>{t('分区指数')}</h2>
      <ul>
        {overview.areas.map(({ code, name }) => {
          const index = byArea.find(({ area }) => area === code)?.index;
          return (
            <li key={code}>
              <span className="area-name">{name}</span>
              <span className="area-value">
                {index?.value === undefined ? <span className="none">{t('无数据')}</span> : rounded(index.value, 1)}
              </span>
              <span className="bar" aria-hidden="true">
                <i style={{ width: `${Math.min(100, Number(index?.value ?? 0))}%` }} />
              </span>
              <span className="muted area-coverage">
                {t('覆盖 {{coverage}}', { coverage: percent(index?.coverage ?? '0', 0) })}
                {index && index.vetoed.length > 0 && (
                  <b className="veto-word"> {t('否决：{{codes}}', { codes: index.vetoed.join(t('、')) })}</b>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
