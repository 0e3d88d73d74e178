import { by } from '../kernel/order.js';
import { filled, type DatedAction } from '../slice/folder-part.js';
import type { CsvRow } from './csv-rows.js';
import type { Mistakes } from './mistakes.js';

/** A row, and the rows that are items of a list of its command. */
export interface GatheredRow {
  readonly row: CsvRow;
  readonly items: readonly CsvRow[];
}

interface Gathering {
  /** The columns of which rows that belong together have the same cells. */
  readonly shared: readonly string[];
  readonly actions: Readonly<Record<string, DatedAction>>;
  readonly mistakes: Mistakes;
}

/**
 * Puts each row that is an item with the row to which it belongs, the first with the same shared cells that is none. An
 * item without such a row, and one that is there already, are mistakes. The items are in the order of their codes, wherever
 * they stand: the same rows in another order are the same command.
 */
export function gatheredRows(rows: readonly CsvRow[], gathering: Gathering): readonly GatheredRow[] {
  const { actions, shared, mistakes } = gathering;
  const itemsIn = ({ cells: { 动作: word = '' } }: CsvRow) =>
    Object.hasOwn(actions, word) ? actions[word]!.items : undefined;
  const itemsOf = (row: CsvRow) => {
    const { cells } = row;
    const kind = itemsIn(row);
    const cell = kind && filled(cells[kind.column]);
    return cell !== undefined && cell !== kind?.none ? kind : undefined;
  };
  const key = ({ cells }: CsvRow) => JSON.stringify(shared.map((column) => cells[column]));
  const gathered = rows.filter((row) => !itemsOf(row)).map((row) => ({ row, items: [] as CsvRow[] }));
  const wholes = new Map(gathered.toReversed().map((each) => [key(each.row), each]));
  for (const row of rows) {
    const kind = itemsOf(row);
    if (!kind) continue;
    const whole = wholes.get(key(row));
    if (isItemOf(whole, row, kind, gathering)) whole.items.push(row);
    else if (!whole) {
      const message = `没有这一组的总数：须有一行，其${shared.join('、')}与本行相同，而“${kind.column}”为空`;
      mistakes.add(spotIn(row, kind.column), 'folder.part-without-whole', message);
    }
  }
  return gathered.map(({ row, items }) => {
    const kind = itemsIn(row);
    return { row, items: kind ? items.toSorted(by(({ cells }) => cells[kind.column] ?? '')) : items };
  });
}

/** Besides what is its own, an item leaves cells empty or repeats those of its whole. */
function isItemOf<Whole extends GatheredRow>(
  whole: Whole | undefined,
  row: CsvRow,
  { column, fields }: NonNullable<DatedAction['items']>,
  { mistakes }: Gathering,
): whole is Whole {
  if (!whole) return false;
  const same = whole.items.find(({ cells }) => cells[column] === row.cells[column]);
  if (same) {
    const message = `这一组在第 ${same.place.row} 行已经填过：每组只填一行`;
    mistakes.add(spotIn(row, column), 'folder.part-twice', message);
    return false;
  }
  for (const [name, cell] of Object.entries(row.cells)) {
    if (cell === '' || name === column || name in fields || cell === whole.row.cells[name]) continue;
    const message = `分组的“${name}”与其总数（第 ${whole.row.place.row} 行）不同：请留空，或与总数那一行相同`;
    mistakes.add(spotIn(row, name), 'folder.part-unlike-whole', message);
  }
  return true;
}

const spotIn = ({ place, cells }: CsvRow, column: string) => ({ ...place, field: column, cell: cells[column] });
