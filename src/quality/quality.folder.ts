import { keyFields, filledCells, type FolderPart, type Spot } from '../slice/folder-part.js';
import { SetQualityRules } from './quality.commands.js';
import { parameters } from './quality-rules.js';

const file = 'quality-rules.csv';
const needed = ['id', 'kind'];
const optional = ['indicator', ...parameters, 'note', 'required'];

/** All rows of the table are one command: the list of the rules. */
export const qualityFolder: FolderPart = {
  files: [file],
  brings: [[file, 'quality-rules']],
  changing: [{ type: SetQualityRules, word: '数据质量规则', keyOf: keyFields(), amend: { type: SetQualityRules } }],
  read(folder) {
    if (!folder.files.includes(file)) return [];
    const rows = folder.rows(file, needed, optional);
    const elsewhere = (field: string): Spot | undefined => {
      const [list, at, column = ''] = field.split('.');
      if (list !== 'rules') return undefined;
      const row = rows[Number(at)];
      if (!row) return { file };
      return { ...row.place, field: column, ...(column in row.cells && { cell: row.cells[column] }) };
    };
    const rules = rows.map(({ cells }) => filledCells(cells));
    return folder.fromYaml(SetQualityRules, { rules }, { yaml: folder.main, path: [], elsewhere });
  },
};
