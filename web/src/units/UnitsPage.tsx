import { Skeleton } from 'antd';
import { UnitLink } from '../app/links';
import { useMatrix } from '../api/overview-calls';
import type { Matrix } from '../api/types';
import { percent, rounded } from '../format';
import { lights } from '../overview/reading';
import { PageHead } from '../shared/PageHead';
import { LightIcon } from '../shared/LightIcon';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { unitLabel, useScope } from '../state/scope';
import { lightWords } from '../words';

/** All units by their index. */
export function UnitsPage() {
  const { plan, period, moment, momentText } = useScope();
  const { data: matrix, error, refetch } = useMatrix({ plan: plan.plan, period, moment });
  return (
    <>
      <PageHead
        title={t('各单位')}
        note={t('{{period}} 期间 · 截至 {{moment}} 掌握的数据', { period, moment: momentText })}
      />
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : matrix ? (
        <UnitsTable units={matrix.units} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </>
  );
}

function UnitsTable({ units }: Pick<Matrix, 'units'>) {
  const isTop = ({ parent }: Matrix['units'][number]) => parent === undefined;
  const lines = units.toSorted(
    (a, b) => Number(isTop(b)) - Number(isTop(a)) || Number(b.index.value ?? -1) - Number(a.index.value ?? -1),
  );
  return (
    <table className="plain-table cards card" data-testid="units">
      <caption className="muted">{t('同级单位按指数排列；没有指数的排在最后')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('单位')}</th>
          <th scope="col" className="number">
            {t('综合指数')}
          </th>
          <th scope="col" className="number">
            {t('数据覆盖率')}
          </th>
          {lights.map((light) => (
            <th scope="col" key={light} className="number">
              <LightIcon light={light} size={12} /> {lightWords[light]}
            </th>
          ))}
          <th scope="col">{t('约束性指标一票否决')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ code, index, lights: counts }) => (
          <tr key={code} data-unit={code}>
            <th scope="row">
              <UnitLink unit={code}>{unitLabel(units, code)}</UnitLink>
            </th>
            <td data-label={t('综合指数')} className="number">
              <strong>{index.value === undefined ? '—' : rounded(index.value, 1)}</strong>
            </td>
            <td data-label={t('数据覆盖率')} className="number">
              {percent(index.coverage, 0)}
            </td>
            {lights.map((light) => (
              <td key={light} data-label={lightWords[light]} className="number">
                {counts[light] || <span className="none">0</span>}
              </td>
            ))}
            <td data-label={t('约束性指标一票否决')}>
              {index.vetoed.length > 0 ? (
                <b className="veto-word">{t('否决：{{codes}}', { codes: index.vetoed.join(t('、')) })}</b>
              ) : (
                <span className="none">—</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
