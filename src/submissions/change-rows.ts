import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import type { FolderFiles, FolderPart, Place, Spot } from '../slice/folder-part.js';
import { csvRows } from './csv-rows.js';
import type { Mistakes } from './mistakes.js';

export const changesFile = 'changes.csv';

/** The word for whatever has no row of its own. */
export const everything = '全部';

const needed = ['对象', '代码', '事由'];
const optional = ['依据', '文号', '批准机关', '批准日期', '可比', '自', '知悉日期'];
export const changeColumns = [...needed, ...optional];

/** Why one thing of a folder is changed, and on what grounds: a row of changes.csv. */
export interface ChangeRow {
  readonly word: string;
  readonly key: string;
  readonly place: Place;
  readonly cells: Readonly<Record<string, string>>;
  spot(column: string): Spot;
}

/** The rows of changes.csv. */
export function readChangeRows(files: FolderFiles, parts: readonly FolderPart[], mistakes: Mistakes): ChangeRow[] {
  const text = files[changesFile];
  if (text === undefined) return [];
  const words = [...new Set(parts.flatMap(({ changing = [] }) => changing.map(({ word }) => word))), everything];
  const { rows, lacking } = csvRows(changesFile, text, { needed, optional }, mistakes);
  const places = new Map<string, Place>();
  return rows.flatMap(({ place, cells }): ChangeRow[] => {
    const { 对象: word = '', 代码: key = '' } = cells;
    const spot = (column: string): Spot => ({
      ...place,
      field: column,
      cell: cells[column],
      reported: lacking.has(column),
    });
    if (!words.includes(word)) {
      const message = `对象须为 ${words.join('、')} 之一${orMeant(codeMeant(word, words))}`;
      mistakes.add(spot('对象'), 'folder.unknown-word', message);
      return [];
    }
    if (!cells['事由']) mistakes.add(spot('事由'), 'folder.cell-missing', '须写明事由：为什么改');
    if (cells['文号'] && !cells['依据']) {
      mistakes.add({ ...spot('依据'), cell: '' }, 'folder.cell-missing', '填了“文号”就须填“依据”：文件的名称');
    }
    const id = `${word} ${key}`;
    const before = places.get(id);
    if (before) {
      mistakes.add(spot('代码'), 'change.twice', `${id} 在第 ${before.row} 行已写过：每项变更只写一行`);
      return [];
    }
    places.set(id, place);
    return [{ word, key, place, cells, spot }];
  });
}
