import { by } from '../kernel/order.js';
import type { CommandClass } from '../slice/command.js';
import {
  filled,
  keyFields,
  listCell,
  type Changing,
  type Fields,
  type FolderReader,
  type PlacedCommand,
  type TableRow,
} from '../slice/folder-part.js';
import { EnrolUnit } from './plan.commands.js';
import { EndUnit, MergeUnits, MoveUnit, RenameUnit, SplitUnit, WithdrawUnitChange } from './unit-change.commands.js';

interface UnitChangeRow {
  readonly type: CommandClass;
  readonly columns: Readonly<Record<string, string>>;
}

const translations = '译名';
const naming = { 单位: 'code', 名称: 'name', [translations]: 'translations' };

/** What a row of unit-changes.csv does, by its word: the command, and its fields by column. */
const unitChanges: Readonly<Record<string, UnitChangeRow>> = {
  设立: {
    type: EnrolUnit,
    columns: { ...naming, 层级: 'level', 上级: 'parent', 责任部门: 'bureau' },
  },
  更名: { type: RenameUnit, columns: naming },
  改隶: { type: MoveUnit, columns: { 单位: 'code', 上级: 'parent' } },
  合并: { type: MergeUnits, columns: { 单位: 'units', 变为: 'into' } },
  拆分: { type: SplitUnit, columns: { 单位: 'code', 变为: 'into' } },
  撤销: { type: EndUnit, columns: { 单位: 'code' } },
};
const needed = [
  ...['生效日期', '变更', '单位', '名称', '层级', '上级', '责任部门', '变为'],
  ...['知悉日期', '事由', '依据', '文号'],
];
const columnNames = [...needed, translations];
/** Columns of every row, besides the day since when it holds, since when it is known, and why. */
const shared = ['变更', '依据', '文号'];

const withdrawn = (change: WithdrawUnitChange['change']) => ({
  type: WithdrawUnitChange,
  // What was entered by mistake stands in the way of what is right.
  first: true as const,
  inputOf: ({ code, units, on }: Fields) => ({ code: code ?? (units as readonly string[])[0], on, change }),
});

/** A row that is gone, or has another day or other units, withdraws what it entered; only a name or a parent is restated. */
export const unitChangesChanging: readonly Changing[] = [
  {
    type: RenameUnit,
    word: '更名',
    keyOf: keyFields('code', 'on'),
    amend: { type: RenameUnit },
    end: withdrawn('name'),
  },
  { type: MoveUnit, word: '改隶', keyOf: keyFields('code', 'on'), amend: { type: MoveUnit }, end: withdrawn('parent') },
  { type: MergeUnits, word: '合并', keyOf: keyFields('units', 'into', 'on'), end: withdrawn('territory') },
  { type: SplitUnit, word: '拆分', keyOf: keyFields('code', 'into', 'on'), end: withdrawn('territory') },
  { type: EndUnit, word: '撤销', keyOf: keyFields('code', 'on'), end: withdrawn('territory') },
];

const levels: Readonly<Record<string, string>> = {
  ...{ 国家: 'national', 省: 'province', 市: 'city', 县: 'county', 乡镇: 'town', 参照: 'reference' },
};

/** The rows of unit-changes.csv in the order of their days: of one day foundings first, then in the order of the file. */
export function readUnitChanges(folder: FolderReader): readonly PlacedCommand[] {
  const rows = folder.rows('unit-changes.csv', needed, [translations]);
  const place = ({ cells }: TableRow) => `${cells['生效日期'] ?? ''} ${cells['变更'] === '设立' ? 0 : 1}`;
  return rows.toSorted(by(place)).flatMap((row) => unitChange(folder, row));
}

function unitChange(folder: FolderReader, row: TableRow): readonly PlacedCommand[] {
  const { place, cells } = row;
  const word = cells['变更'];
  // The column is missing, which is reported.
  if (word === undefined) return [];
  const change = Object.hasOwn(unitChanges, word) ? unitChanges[word] : undefined;
  if (!change) {
    const message = `变更须为 ${Object.keys(unitChanges).join('、')} 之一`;
    folder.mistake({ ...place, field: '变更', cell: word }, 'folder.unknown-word', message);
    return [];
  }
  const { type, columns } = change;
  const day = type === EnrolUnit ? 'from' : 'on';
  const own = { ...columns, 生效日期: day, 知悉日期: 'knownAt', 事由: 'reason' };
  for (const column of columnNames.filter((each) => !(each in own) && !shared.includes(each))) {
    const cell = filled(cells[column]);
    if (cell === undefined) continue;
    const message = `“${word}”的行不填“${column}”：请删去或改用别的变更`;
    folder.mistake({ ...place, field: column, cell }, 'folder.cell-unused', message);
  }
  const isList = (field: string) => field === 'units' || (type === SplitUnit && field === 'into');
  const title = filled(cells['依据']);
  if (title === undefined && cells['文号']) {
    folder.mistake({ ...place, field: '依据', cell: '' }, 'folder.cell-missing', '填了“文号”就须填“依据”');
  }
  const fields: Fields = Object.fromEntries(
    Object.entries(own).map(([column, field]): [string, unknown] => {
      const cell = cells[column];
      // In whatever order units are named, the change is the same.
      if (isList(field)) return [field, listCell(cell, ';').toSorted()];
      return [field, (cellOf[field] ?? filled)(cell)];
    }),
  );
  const input = { ...fields, ...(title && { evidence: [{ title, documentNumber: filled(cells['文号']) }] }) };
  const names = {
    ...Object.fromEntries(Object.entries(own).map(([column, field]) => [field, column])),
    ...{ 'evidence.0.title': '依据', 'evidence.0.documentNumber': '文号' },
  };
  return folder.fromRow(type, input, row, names);
}

/** The level that a word stands for; other text is kept, for the field's own check to refuse. */
const levelOf = (cell = '') => (Object.hasOwn(levels, cell) ? levels[cell] : filled(cell));

/** The names that `en=Liandu;pt=Liandu` stands for; other text is kept, for the field's own check to refuse. */
function translationsIn(cell = ''): unknown {
  const entries = listCell(cell, ';').map((item) => item.split('=').map((part) => part.trim()));
  const isRight = entries.every((entry) => entry.length === 2 && entry.every((part) => part !== ''));
  return isRight && entries.length > 0 ? Object.fromEntries(entries) : filled(cell);
}

const cellOf: Readonly<Record<string, (cell?: string) => unknown>> = { level: levelOf, translations: translationsIn };
