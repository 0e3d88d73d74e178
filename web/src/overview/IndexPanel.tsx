import { useOverview } from '../api/queries';
import type { CompositeIndex, Overview } from '../api/types';
import { percent, rounded } from '../format';
import { judgedUnits, shortName, unitLabel, useScope } from '../state/scope';
import { cellOf, indexOf, unscored } from './reading';
import { t } from '../shared/i18n';

interface Props {
  readonly overview: Overview;
  readonly unit: string;
}

/** The index of a unit with its coverage and the veto of binding indicators. */
export function IndexPanel({ overview, unit }: Props) {
  const { plan } = useScope();
  const index = indexOf(overview, unit)?.index;
  if (!index) return null;
  const lacking = unscored(overview.indicators, unit, index);
  return (
    <div className="card index-panel" data-testid="index">
      <h2>
        {t('综合指数')}
        <small>{unitLabel(plan.units, unit)}</small>
      </h2>
      <p className="index-value">
        {index.value === undefined ? <span className="none">{t('无数据')}</span> : rounded(index.value, 1)}
        <small>{t('满分 {{cap}}', { cap: overview.rules.rules.index.cap })}</small>
      </p>
      <p>
        {t('数据覆盖率')} <strong>{percent(index.coverage)}</strong>
        <span className="muted">
          {lacking.length > 0
            ? t('（{{count}} 项有分；无数据：{{codes}}）', {
                count: index.contributions.length,
                codes: lacking.map(({ code }) => code).join(t('、')),
              })
            : t('（{{count}} 项有分）', { count: index.contributions.length })}
        </span>
      </p>
      {index.value !== undefined && Number(index.coverage) < 50 && (
        <p className="thin-coverage">{t('数据覆盖率不足一半，指数仅供参考')}</p>
      )}
      <Veto index={index} overview={overview} unit={unit} />
      <Rank overview={overview} unit={unit} />
      <TodayIndex overview={overview} unit={unit} />
    </div>
  );
}

interface VetoProps {
  readonly index: CompositeIndex;
  readonly overview: Overview;
  readonly unit: string;
}

function Veto({ index, overview, unit }: VetoProps) {
  if (!overview.rules.rules.index.bindingVeto) return <p className="muted">{t('本规划不设约束性指标一票否决')}</p>;
  if (index.vetoed.length === 0) {
    const binding = overview.indicators.filter(({ attribute }) => attribute === 'binding');
    const judged = binding.filter((row) => cellOf(row, unit)?.assessment.light !== 'grey').length;
    return (
      <p className="muted">
        {binding.length > 0 && judged === 0
          ? t('约束性指标均无法判断，暂不能确定是否否决')
          : t('无否决：没有约束性指标亮红灯')}
      </p>
    );
  }
  const names = index.vetoed.map((code) => overview.indicators.find((row) => row.code === code)?.name ?? code);
  return (
    <p className="veto" role="note">
      <strong>{t('否决')}</strong>{' '}
      {t('约束性指标亮红灯：{{names}}。总体评价受此限制，其他指标不能弥补；指数照常计算', {
        names: names.join(t('、')),
      })}
    </p>
  );
}

/** For the city: highest and lowest unit. For another unit: its rank. */
function Rank({ overview, unit }: Props) {
  const units = judgedUnits(overview.units);
  const parent = units.find(({ code }) => code === unit)?.parent;
  const ranked = units
    .filter((entry) => entry.parent !== undefined && entry.parent === (parent ?? unit))
    .flatMap(({ code, name }) => {
      const value = indexOf(overview, code)?.index.value;
      return value === undefined ? [] : [{ code, value, text: `${shortName(name)} ${rounded(value, 1)}` }];
    })
    .sort((a, b) => Number(b.value) - Number(a.value));
  const [first, last] = [ranked[0], ranked.at(-1)];
  if (!first || !last || first === last) return null;
  const place = ranked.findIndex(({ code }) => code === unit);
  return (
    <p className="muted number">
      {parent === undefined
        ? t('最高 {{highest}}，最低 {{lowest}}', { highest: first.text, lowest: last.text })
        : place >= 0 &&
          t('在 {{total}} 个单位中列第 {{place}}；最高 {{highest}}', {
            total: ranked.length,
            place: place + 1,
            highest: first.text,
          })}
    </p>
  );
}

/** The index as known today, if an earlier moment is selected. */
function TodayIndex({ overview, unit }: Props) {
  const { plan, moment } = useScope();
  const past = moment.asOf !== undefined || moment.atPosition !== undefined;
  const today = useOverview(plan.plan, overview.period, {});
  const index = past && today.data?.period === overview.period ? indexOf(today.data, unit)?.index : undefined;
  if (!index?.value) return null;
  return (
    <p className="today-index">
      {t('按今日掌握的数据：')}
      <strong>{rounded(index.value, 1)}</strong>
      <span className="muted">{t('（覆盖 {{coverage}}）', { coverage: percent(index.coverage) })}</span>
    </p>
  );
}
