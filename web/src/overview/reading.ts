import {
  isMeasured,
  type Cell,
  type FormulaInput,
  type Light,
  type Row,
  type Unit,
  type UnitIndicator,
} from '../api/types';
import { figure } from '../format';
import { shortLabel } from '../state/scope';
import { t } from '../shared/i18n';

export const cellOf = (row: Row, unit: string): Cell | undefined => row.cells.find((cell) => cell.unit === unit);

export const lights: readonly Light[] = ['green', 'yellow', 'red', 'grey'];

/** The inputs of a formula or rule, for example `04 低保标准 2022 = 11,280`. */
export const inputsText = (inputs: readonly FormulaInput[]): string =>
  inputs
    .map(
      ({ code, name, period, shown }) => `${code} ${name} ${period}${shown === undefined ? '' : ` = ${figure(shown)}`}`,
    )
    .join(t('；'));

interface Changed {
  readonly later?: { readonly shown?: string };
}

/** The later change of a value: `后来更正为 54.9`, `后来补报为 42.0` or `后来撤回`. */
export const laterText = ({ value, later }: Pick<Cell, 'value' | 'later'>): string | undefined =>
  laterTextOf({ shown: isMeasured(value) ? value.shown : undefined, later });

export function laterTextOf({ shown, later }: Changed & { readonly shown?: string }): string | undefined {
  if (!later) return undefined;
  if (later.shown === undefined) return t('后来撤回');
  // The displayed value is unchanged; only its inputs changed.
  if (shown === later.shown) return undefined;
  const now = figure(later.shown);
  return shown === undefined ? t('后来补报为 {{shown}}', { shown: now }) : t('后来更正为 {{shown}}', { shown: now });
}

export interface Cause {
  readonly key: string;
  readonly text: string;
}

/** Why a value changed later: its own reason, or the reasons of the units from which it is computed. */
export function laterCauses({ cell, laterParts = [] }: UnitIndicator, units: readonly Unit[]): Cause[] {
  if (!cell.later || laterText(cell) === undefined) return [];
  if (cell.later.reason !== undefined) return [{ key: cell.unit, text: cell.later.reason }];
  const parts = laterParts.map(({ unit, before, after, reason }) => {
    const from = before === undefined ? t('无') : figure(before);
    const to = after === undefined ? t('撤回') : figure(after);
    return { unit, text: `${shortLabel(units, unit)} ${from} → ${to}`, reason };
  });
  const explained = parts.filter(({ reason }) => reason !== undefined);
  const others = parts.filter(({ reason }) => reason === undefined);
  return [
    ...explained.map(({ unit, text, reason }) => ({ key: unit, text: `${text}${t('：')}${reason}` })),
    // Changes without a reason are combined into one line.
    ...(others.length > 0 ? [{ key: 'others', text: others.map(({ text }) => text).join(t('，')) }] : []),
  ];
}
