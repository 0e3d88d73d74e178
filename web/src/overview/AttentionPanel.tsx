import { IndicatorLink } from '../app/links';
import { isMeasured, type Cell, type Overview, type Row } from '../api/types';
import { signed } from '../format';
import { StatusTag } from '../shared/StatusTag';
import { judgedUnits, shortName, unitName } from '../state/scope';
import { cellOf } from './reading';
import { t } from '../shared/i18n';

interface Props {
  readonly overview: Overview;
  readonly unit: string;
}

interface Concern {
  readonly row: Row;
  readonly cell: Cell;
  /** Names of the units below whose light is red. */
  readonly red: readonly string[];
}

/** Red and yellow indicators with lead and responsible units. */
export function AttentionPanel({ overview, unit }: Props) {
  const concerns = concernsOf(overview, unit);
  return (
    <div className="card attention" data-testid="attention">
      <h2>{t('需关注')}</h2>
      {concerns.length === 0 ? (
        <p className="muted">{noneText(overview, unit)}</p>
      ) : (
        <ul>
          {concerns.map(({ row, cell, red }) => (
            <li key={row.code}>
              <span>
                <IndicatorLink code={row.code}>
                  {row.code} {row.name}
                </IndicatorLink>
                {row.attribute === 'binding' && <b className="binding">{t('约束性')}</b>}
              </span>
              <StatusTag {...cell.assessment} />
              <span className="muted">
                {[
                  ...(cell.assessment.lead === undefined ? [] : [leadText(cell.assessment.lead)]),
                  ...(red.length > 0
                    ? [t('红灯 {{count}} 个：{{units}}', { count: red.length, units: red.join(t('、')) })]
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

/** What no concern means: without anything judged it means nothing. */
function noneText({ indicators }: Overview, unit: string): string {
  const cells = indicators.flatMap((row) => cellOf(row, unit) ?? []);
  const unjudged = cells.filter(({ assessment }) => assessment.light === 'grey').length;
  if (unjudged < cells.length) {
    return unjudged === 0
      ? t('没有红灯、黄灯指标')
      : t('能判断的 {{judged}} 项中没有红灯、黄灯；{{unjudged}} 项无法判断', {
          judged: cells.length - unjudged,
          unjudged,
        });
  }
  return cells.some(({ value }) => isMeasured(value)) ? t('没有能够判断的指标') : t('本期没有数据，无从判断');
}

/** For example `落后 12.7 个百分点`. */
const leadText = (lead: string) =>
  lead.startsWith('-')
    ? t('落后 {{points}} 个百分点', { points: signed(lead).replace('−', '') })
    : t('超前 {{points}} 个百分点', { points: signed(lead).replace('+', '') });

const severity = { red: 0, yellow: 1, grey: 2, green: 3 } as const;

function concernsOf({ indicators, units }: Overview, unit: string): Concern[] {
  const below = judgedUnits(units).filter(({ parent }) => parent === unit);
  return indicators
    .flatMap((row) => {
      const cell = cellOf(row, unit);
      if (!cell) return [];
      const red = below
        .filter(({ code }) => cellOf(row, code)?.assessment.light === 'red')
        .map(({ code }) => shortName(unitName(units, code)));
      const concerns = cell.assessment.light === 'red' || cell.assessment.light === 'yellow';
      const hidden = cell.assessment.light === 'grey' && red.length > 0;
      return concerns || hidden ? [{ row, cell, red }] : [];
    })
    .sort(
      (a, b) =>
        severity[a.cell.assessment.light] - severity[b.cell.assessment.light] ||
        Number(b.row.attribute === 'binding') - Number(a.row.attribute === 'binding') ||
        Number(a.cell.assessment.lead ?? 0) - Number(b.cell.assessment.lead ?? 0),
    );
}
