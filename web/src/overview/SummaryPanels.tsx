import { IndicatorLink } from '../app/links';
import type { Summary } from '../api/types';
import { percent, rounded, signed } from '../format';
import { LightIcon } from '../shared/LightIcon';
import { StatusTag } from '../shared/StatusTag';
import { t } from '../shared/i18n';
import { shortLabel, useScope } from '../state/scope';
import { lightWords } from '../words';
import { IndexLine } from './IndexLine';
import { lights } from './reading';

/** Of the summary, or of a unit's own page. */
interface Props {
  readonly summary: Pick<Summary, 'index' | 'areas' | 'indicators'>;
}

/** The index of a unit with its line over the years, its coverage, the veto of binding indicators, and its rank. */
export function IndexPanel({ summary: { index, indicators } }: Props) {
  const { value, coverage, cap, scored, unscored, rank, below, line } = index;
  return (
    <div className="card index-panel" data-testid="index">
      <h2>{t('综合指数')}</h2>
      <p className="index-value">
        {value === undefined ? <span className="none">{t('无数据')}</span> : rounded(value, 1)}
        <small>{t('满分 {{cap}}', { cap })}</small>
      </p>
      <IndexLine line={line} cap={cap} />
      <p>
        {t('数据覆盖率')} <strong>{percent(coverage)}</strong>{' '}
        <span className="muted">
          {unscored.length > 0
            ? t('（{{count}} 项有分；无数据：{{codes}}）', {
                count: scored.length,
                codes: unscored.join(t('、')),
              })
            : t('（{{count}} 项有分）', { count: scored.length })}
        </span>
      </p>
      {value !== undefined && Number(coverage) < 50 && (
        <p className="thin-coverage">{t('覆盖不足一半，指数仅供参考')}</p>
      )}
      <Veto index={index} indicators={indicators} />
      {rank && (
        <p className="muted number">
          {t('在 {{of}} 个单位中列第 {{place}}；最高 {{name}} {{value}}', {
            of: rank.of,
            place: rank.place,
            name: rank.best.name,
            value: rounded(rank.best.value, 1),
          })}
        </p>
      )}
      {below && (
        <p className="muted number">
          {t('最高 {{best}} {{high}}，最低 {{worst}} {{low}}', {
            best: below.best.name,
            high: rounded(below.best.value, 1),
            worst: below.worst.name,
            low: rounded(below.worst.value, 1),
          })}
        </p>
      )}
    </div>
  );
}

function Veto({ index, indicators }: Pick<Summary, 'index' | 'indicators'>) {
  if (!index.bindingVeto) return <p className="muted">{t('本规划不设约束性指标一票否决')}</p>;
  if (index.vetoed.length > 0) {
    const names = index.vetoed.map((code) => indicators.find((each) => each.code === code)?.name ?? code);
    return (
      <p className="veto" role="note">
        <strong>{t('否决')}</strong>{' '}
        {t('约束性指标亮红灯：{{names}}。总体评价受此限制，其他指标不能弥补；指数照常计算', {
          names: names.join(t('、')),
        })}
      </p>
    );
  }
  const binding = indicators.filter(({ attribute }) => attribute === 'binding');
  const isUnjudged = binding.length > 0 && binding.every(({ assessment }) => assessment.light === 'grey');
  return (
    <p className="muted">
      {isUnjudged ? t('约束性指标均无法判断，暂不能确定是否否决') : t('无否决：没有约束性指标亮红灯')}
    </p>
  );
}

/** The indexes of the areas, all to one scale. */
export function AreaIndexes({ summary: { areas, index } }: Props) {
  return (
    <div className="card area-indexes" data-testid="areas">
      <h2>{t('分区指数')}</h2>
      <ul>
        {areas.map(({ area, name, value, coverage }) => (
          <li key={area}>
            <span className="area-name">{name}</span>
            <span className="area-value number">{value === undefined ? '—' : rounded(value, 1)}</span>
            <span className="bar" aria-hidden="true">
              {value !== undefined && <i style={{ width: `${(Number(value) / Number(index.cap)) * 100}%` }} />}
            </span>
            <small className="area-coverage muted">{t('覆盖 {{percent}}', { percent: percent(coverage, 0) })}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How many indicators have which light. */
export function LightTally({ counts }: { readonly counts: Omit<Summary['lights'], 'binding'> }) {
  return (
    <p className="light-tally" data-testid="lights">
      {lights.map((light) => (
        <span key={light}>
          <LightIcon light={light} /> {lightWords[light]} <b className="number">{counts[light]}</b>
        </span>
      ))}
      <small className="muted">{t('共 {{count}} 项', { count: counts.total })}</small>
    </p>
  );
}

/** What needs attention, and whose it is: first what has no data, then red, then yellow. */
export function AttentionPanel({ summary: { attention, indicators } }: { readonly summary: Summary }) {
  const { plan } = useScope();
  const isUnknown = indicators.length > 0 && indicators.every(({ value }) => value.shown === undefined);
  return (
    <div className="card attention" data-testid="attention">
      <h2>{t('需关注')}</h2>
      {isUnknown ? (
        <p>{t('本期没有数据，无从判断')}</p>
      ) : attention.length === 0 ? (
        <p className="muted">{t('没有红灯、黄灯指标，也没有缺数据的指标')}</p>
      ) : (
        <ul>
          {attention.map(({ code, name, attribute, status, light, lead, redBelow }) => (
            <li key={code}>
              <span>
                <IndicatorLink code={code}>
                  {code} {name}
                </IndicatorLink>
                {attribute === 'binding' && <b className="binding">{t('约束性')}</b>}
              </span>
              <StatusTag status={status} light={light} />
              <span className="muted">
                {[
                  ...(lead === undefined ? [] : [t('差额 {{lead}} 个百分点', { lead: signed(lead) })]),
                  ...(redBelow.length > 0
                    ? [
                        t('红灯单位 {{count}} 个：{{units}}', {
                          count: redBelow.length,
                          units: redBelow.map((unit) => shortLabel(plan.units, unit)).join(t('、')),
                        }),
                      ]
                    : []),
                ].join(t('；'))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
