import type { Row } from '../api/types';
import { LightIcon } from '../shared/LightIcon';
import { lightWords } from '../words';
import { lights, tally } from './reading';
import { t } from '../shared/i18n';

const meanings = {
  green: t('符合预期及以上'),
  yellow: t('基本符合预期'),
  red: t('滞后、严重滞后'),
  grey: t('暂无数据、不可比、不适用'),
} as const;

interface Props {
  readonly rows: readonly Row[];
  readonly unit: string;
}

/** Number of indicators per light, in total and for binding ones. */
export function LightTally({ rows, unit }: Props) {
  const all = tally(rows, unit);
  const binding = tally(
    rows.filter(({ attribute }) => attribute === 'binding'),
    unit,
  );
  return (
    <div className="card light-tally" data-testid="lights">
      <h2>
        {t('指标亮灯')}
        <small>{t('共 {{total}} 项', { total: all.total })}</small>
      </h2>
      <div className="tally-bar" aria-hidden="true">
        {lights.map((light) => (
          <i key={light} className={light} style={{ flexGrow: all.byLight[light] }} />
        ))}
      </div>
      <ul>
        {lights.map((light) => (
          <li key={light}>
            <LightIcon light={light} size={16} />
            <span>
              {lightWords[light]}
              <small className="muted">{meanings[light]}</small>
            </span>
            <strong>{all.byLight[light]}</strong>
          </li>
        ))}
      </ul>
      <p className="muted">
        {t('其中约束性 {{total}} 项：{{lights}}', {
          total: binding.total,
          lights: lights
            .filter((light) => binding.byLight[light] > 0)
            .map((light) => `${lightWords[light]} ${binding.byLight[light]}`)
            .join(t('，')),
        })}
      </p>
    </div>
  );
}
