import type { FormFigure } from '../api/types';
import { t } from '../shared/i18n';
import { readNumber } from './read-number';
import { columnNames, rowHead } from './table-words';

export const numberColumns = ['value', 'numerator', 'denominator'] as const;
export type NumberColumn = (typeof numberColumns)[number];
/** In the order of the workbook, so that a block copied from there fits. */
export const columns = [...numberColumns, 'because', 'note'] as const;
export type Column = (typeof columns)[number];

export const missingReasons = [
  { value: 'not-due', label: t('未到报送期') },
  { value: 'not-collected', label: t('未统计') },
  { value: 'not-applicable', label: t('不适用') },
  { value: 'under-verification', label: t('待核实') },
] as const;

/** A row of the form: a figure, or a part of its breakdown. */
export interface GridRow {
  /** `02`, or `02/sex.f`. */
  readonly key: string;
  readonly figure: FormFigure;
  readonly part?: { readonly id: string; readonly breakdown: string; readonly part: string; readonly name: string };
  readonly columns: readonly Column[];
}

export type Cells = Readonly<Partial<Record<Column, string>>>;

/** What was typed, by row; and the revision of each figure that it rests on. */
export interface Entries {
  readonly cells: Readonly<Record<string, Cells>>;
  readonly bases: Readonly<Record<string, number | 'none'>>;
}

export const noEntries: Entries = { cells: {}, bases: {} };

/** Whether a value can be entered, without correcting one that stands. */
export const isOpen = ({ figure }: FormFigure): boolean =>
  figure === undefined || !['reported', 'approved'].includes(figure.standing);

export function gridOf(figures: readonly FormFigure[]): GridRow[] {
  return figures.flatMap((figure): GridRow[] => {
    const { code, definition } = figure;
    const numbers: readonly Column[] =
      definition.measurement.type === 'ratio' ? ['numerator', 'denominator'] : ['value'];
    const parts = (definition.breakdowns ?? []).flatMap(({ code: breakdown, name, parts: each }) =>
      each.map((part) => ({
        key: `${code}/${breakdown}.${part.code}`,
        figure,
        part: { id: `${breakdown}.${part.code}`, breakdown, part: part.code, name: `${name}${t('：')}${part.name}` },
        columns: numbers,
      })),
    );
    return [{ key: code, figure, columns: [...numbers, 'because', 'note'] }, ...parts];
  });
}

/** What a cell has before anything is typed: of a returned figure its numbers, of a missing one the reason. */
export function initialOf({ figure: { figure }, part }: GridRow, column: Column): string {
  if (column === 'note') return '';
  if (column === 'because') return (figure?.standing === 'missing' && figure.because) || '';
  const reported = figure?.standing === 'returned' ? figure.latest?.reported : undefined;
  const numbers: Readonly<Record<string, unknown>> | undefined = part
    ? reported?.parts?.find((each) => each.breakdown === part.breakdown && each.part === part.part)
    : reported;
  const text = numbers?.[column];
  return typeof text === 'string' ? text : '';
}

export const cellOf = ({ cells }: Entries, row: GridRow, column: Column): string =>
  cells[row.key]?.[column] ?? initialOf(row, column);

/** The codes of the figures of which anything was typed that was not there. */
export function touchedIn(entries: Entries, rows: readonly GridRow[]): ReadonlySet<string> {
  const touched = rows.filter((row) =>
    row.columns.some((column) => cellOf(entries, row, column) !== initialOf(row, column)),
  );
  return new Set(touched.map(({ figure }) => figure.code));
}

export const unitOfCell = ({ figure: { definition } }: GridRow, column: NumberColumn): string => {
  const { measurement, unitOfMeasure } = definition;
  return measurement.type === 'ratio' && column !== 'value' ? measurement[column].unit : unitOfMeasure;
};

/** The numbers of a figure as commands take them, what is wrong with cells, and whether any is still to be typed. */
export interface FigureRead {
  readonly body?: Readonly<Record<string, unknown>>;
  readonly flaws: Readonly<Record<string, string>>;
  /** The rows of the parts in `body`, in its order. */
  readonly parts: readonly GridRow[];
}

export const cellKey = (row: Pick<GridRow, 'key'>, column: Column): string => `${row.key}|${column}`;

export function figureRead(entries: Entries, rows: readonly GridRow[]): FigureRead {
  const flaws: Record<string, string> = {};
  let isWhole = true;
  const numbersOf = (row: GridRow): Record<string, string> | undefined => {
    const wanted = row.columns.filter((column) => column !== 'because' && column !== 'note');
    const texts = wanted.map((column) => [column, cellOf(entries, row, column)] as const);
    if (texts.every(([, text]) => text.trim() === '')) return undefined;
    const read: Record<string, string> = {};
    for (const [column, text] of texts) {
      if (text.trim() === '') {
        isWhole = false;
        continue;
      }
      const found = readNumber(text, unitOfCell(row, column));
      if ('flaw' in found) flaws[cellKey(row, column)] = found.flaw;
      else read[column] = found.number;
    }
    return read;
  };
  const [whole, ...parts] = rows;
  const numbers = whole && numbersOf(whole);
  const filled = parts.flatMap((row) => {
    const of = numbersOf(row);
    return of ? [{ row, of }] : [];
  });
  if (!numbers || !isWhole || Object.keys(flaws).length > 0) return { flaws, parts: [] };
  const body = {
    ...numbers,
    ...(filled.length > 0 && {
      parts: filled.map(({ row: { part }, of }) => ({ breakdown: part!.breakdown, part: part!.part, ...of })),
    }),
  };
  return { body, flaws, parts: filled.map(({ row }) => row) };
}

export interface SentRow {
  readonly row: GridRow;
  readonly values: Readonly<Record<string, string>>;
}

/** The rows of a report, out of what was typed for these figures. */
export function rowsToSend(
  entries: Entries,
  rows: readonly GridRow[],
  codes: ReadonlySet<string>,
  { unit, period }: { readonly unit: string; readonly period: string },
): SentRow[] {
  return rows
    .filter(({ figure }) => codes.has(figure.code))
    .flatMap((row): SentRow[] => {
      const { figure, part } = row;
      const texts = row.columns.flatMap((column) => {
        const text = cellOf(entries, row, column).trim();
        return text === '' ? [] : [[columnNames[column], text] as const];
      });
      // A part that nobody filled in says nothing.
      if (part && texts.length === 0) return [];
      const base = entries.bases[figure.code] ?? figure.figure?.revision ?? 'none';
      const key = ['figure', figure.code, unit, period, ...(part ? [part.id] : [])].join('/');
      const about = rowHead(key, base);
      return [{ row, values: { ...about, ...Object.fromEntries(texts) } }];
    });
}
