import { grouped } from '../kernel/grouped.js';
import type { AskedCommand, Oddity } from '../slice/plausibility.js';

/** Rows of a table that are the same in every cell: the later ones add nothing. */
export function repeatedRows(
  file: string,
  rows: readonly { readonly row: number; readonly cells: Readonly<Record<string, string>> }[],
): Oddity[] {
  const same = grouped(rows, ({ cells }) => JSON.stringify(Object.values(cells)));
  return [...same.values()].flatMap(([first, ...others]) => {
    const [second] = others;
    if (!first || !second) return [];
    return {
      code: 'folder.row-twice',
      subject: `${file}/${second.row}`,
      message: `${file} 第 ${[first, ...others].map(({ row }) => row).join('、')} 行完全相同：多出的行不起作用，请删去，或改为本来要写的内容`,
      sides: [second, first].map(({ row }) => ({ file, row })),
    };
  });
}

/** Items of a YAML list that ask for the same. Rows of tables are compared before they are commands. */
export function repeatedItems(commands: readonly AskedCommand[]): Oddity[] {
  const items = commands.filter(({ place }) => place.file.endsWith('.yaml'));
  return [...grouped(items, ({ sender }) => sender.commandId).values()].flatMap(([first, second]) => {
    if (!first || !second) return [];
    const rows = [first, second].map(({ place }) => `${place.file} 第 ${place.row} 行`);
    return {
      code: 'folder.row-twice',
      subject: `${second.place.file}/${second.place.row}`,
      message: `${rows.join('与')}的内容完全相同：后一处不起作用，请删去，或改为本来要写的内容`,
      sides: [{ asked: second }, { asked: first }],
    };
  });
}
