import { grouped } from '../kernel/grouped.js';
import type { Place } from '../slice/folder-part.js';
import type { AskedCommand, Oddity } from '../slice/plausibility.js';

/** Rows of a table that are the same in every cell: the later ones add nothing. */
export function repeatedRows(
  file: string,
  rows: readonly { readonly place: Place; readonly cells: Readonly<Record<string, string>> }[],
): Oddity[] {
  const same = grouped(rows, ({ cells }) => JSON.stringify(Object.values(cells)));
  return [...same.values()].flatMap(([first, ...others]) => {
    const [second] = others;
    if (!first || !second) return [];
    return {
      code: 'folder.row-twice',
      subject: `${file}/${second.place.row}`,
      message: `${file} 第 ${[first, ...others].map(({ place }) => place.row).join('、')} 行完全相同：多出的行不起作用，请删去，或改为本来要写的内容`,
      sides: [second.place, first.place],
    };
  });
}

/** Items of a YAML list that ask for the same. Rows of tables are compared before they are commands. */
export function repeatedItems(commands: readonly AskedCommand[]): Oddity[] {
  const items = commands.filter(({ locate }) => locate(undefined).file.endsWith('.yaml'));
  return [...grouped(items, ({ sender }) => sender.commandId).values()].flatMap(([first, second]) => {
    if (!first || !second) return [];
    const places = [first, second].map(({ locate }) => locate(undefined));
    const rows = places.map(({ file, row }) => `${file} 第 ${row} 行`);
    return {
      code: 'folder.row-twice',
      subject: `${places[1]!.file}/${places[1]!.row}`,
      message: `${rows.join('与')}的内容完全相同：后一处不起作用，请删去，或改为本来要写的内容`,
      sides: [{ asked: second }, { asked: first }],
    };
  });
}
