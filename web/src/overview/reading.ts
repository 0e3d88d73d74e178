import { isMeasured, type Cell, type FormulaInput, type Light, type Overview, type Row } from '../api/types';
import { figure } from '../format';
import { shortLabel } from '../state/scope';
import { t } from '../shared/i18n';

export const cellOf = (row: Row, unit: string): Cell | undefined => row.cells.find((cell) => cell.unit === unit);

export const indexOf = (overview: Overview, unit: string) => overview.indexes.find((entry) => entry.unit === unit);

export const lights: readonly Light[] = ['green', 'yellow', 'red', 'grey'];

export interface Tally {
  readonly total: number;
  readonly byLight: Readonly<Record<Light, number>>;
}

export function tally(rows: readonly Row[], unit: string): Tally {
  const byLight: Record<Light, number> = { green: 0, yellow: 0, red: 0, grey: 0 };
  for (const row of rows) {
    const cell = cellOf(row, unit);
    if (cell) byLight[cell.assessment.light] += 1;
  }
  return { total: Object.values(byLight).reduce((sum, count) => sum + count, 0), byLight };
}

/** The periods for which any indicator has a target, in order; each is a table column. */
export function targetPeriods(rows: readonly Row[]): string[] {
  return [
    ...new Set(rows.flatMap(({ cells }) => cells.flatMap(({ targets }) => targets.map((target) => target.period)))),
  ].sort();
}

/** The inputs of a formula or rule, for example `04 低保标准 2022 = 11,280`. */
export const inputsText = (inputs: readonly FormulaInput[]): string =>
  inputs
    .map(
      ({ code, name, period, shown }) => `${code} ${name} ${period}${shown === undefined ? '' : ` = ${figure(shown)}`}`,
    )
    .join(t('；'));

/** The later change of a value: `后来更正为 54.9`, `后来补报为 42.0` or `后来撤回`. */
export function laterText({ value, later }: Cell): string | undefined {
  if (!later) return undefined;
  if (later.shown === undefined) return t('后来撤回');
  // The displayed value is unchanged; only its inputs changed.
  if (isMeasured(value) && value.shown === later.shown) return undefined;
  const shown = figure(later.shown);
  return isMeasured(value) ? t('后来更正为 {{shown}}', { shown }) : t('后来补报为 {{shown}}', { shown });
}

export interface Cause {
  readonly key: string;
  readonly text: string;
}

/** Why a value changed later: its own reason, or the reasons of the units from which it is computed. */
export function laterCauses(row: Row, cell: Cell, { units }: Overview): Cause[] {
  if (!cell.later || laterText(cell) === undefined) return [];
  if (cell.later.reason !== undefined) return [{ key: cell.unit, text: cell.later.reason }];
  const { value } = cell;
  const below = isMeasured(value) ? (value.parts ?? []) : [...(value.lacking ?? []), ...(value.partial?.parts ?? [])];
  const parts = below.flatMap((unit) => {
    const part = cellOf(row, unit);
    if (!part?.later) return [];
    const before = isMeasured(part.value) ? figure(part.value.shown) : t('无');
    const after = part.later.shown === undefined ? t('撤回') : figure(part.later.shown);
    return [{ unit, text: `${shortLabel(units, unit)} ${before} → ${after}`, reason: part.later.reason }];
  });
  const explained = parts.filter(({ reason }) => reason !== undefined);
  const others = parts.filter(({ reason }) => reason === undefined);
  return [
    ...explained.map(({ unit, text, reason }) => ({ key: unit, text: `${text}${t('：')}${reason}` })),
    // Changes without a reason are combined into one line.
    ...(others.length > 0 ? [{ key: 'others', text: others.map(({ text }) => text).join(t('，')) }] : []),
  ];
}
