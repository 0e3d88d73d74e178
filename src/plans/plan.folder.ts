import {
  fieldsOf,
  filled,
  type FolderPart,
  type FolderReader,
  type PlacedCommand,
  type Spot,
  type TableRow,
} from '../slice/folder-part.js';
import { readUnitChanges } from './unit-changes.folder.js';
import { DefineArea, DraftPlan, EnrolUnit, SetEvaluationRules } from './plan.commands.js';

export const planFolder: FolderPart = {
  files: ['unit-changes.csv', 'rules.yaml', 'previous-plan.csv', 'glossary.csv'],
  planFiles: ['previous-plan.csv', 'glossary.csv'],
  brings: [
    ['unit-changes.csv', 'unit'],
    ['rules.yaml', 'rules'],
  ],
  planKeys: {
    ...{ territory: undefined, timeZone: undefined, startYear: undefined, endYear: undefined, baseline: undefined },
    ...{ fiscalYear: undefined, midterm: undefined, money: undefined, assumptions: undefined },
    ...{ actionPlans: 'action-plan', areas: 'area', units: 'unit' },
  },
  read: (folder) => [
    ...(folder.files.includes('plan.yaml') ? readPlan(folder) : []),
    ...readUnitChanges(folder),
    ...readRules(folder),
  ],
};

function readPlan(folder: FolderReader): PlacedCommand[] {
  const { main, title } = folder;
  const { territory, timeZone, money, assumptions, actionPlans } = main.content;
  const { startYear, endYear, fiscalYear, baseline, midterm } = main.content;
  const results = folder.rows('previous-plan.csv', ['row', 'sub_row', 'name', 'unit', 'value', 'line', 'note']);
  const terms = folder.rows('glossary.csv', ['number', 'term', 'gist', 'line']);
  const previousResults = results.map(({ line, cells }) => ({
    row: cells.sub_row && cells.sub_row !== '0' ? `${cells.row}.${cells.sub_row}` : cells.row,
    name: cells.name,
    unit: cells.unit,
    value: cells.value,
    line,
    note: filled(cells.note),
  }));
  const glossary = terms.map(({ line, cells }) => ({ term: cells.term, gist: cells.gist, line }));
  const years = { startYear, endYear, fiscalYear, baseline, midterm };
  const draft = { title, territory, timeZone, ...years, money, assumptions, actionPlans };
  const each = (type: typeof DefineArea | typeof EnrolUnit, kind: string, key: string) =>
    folder.list(main, kind, key).flatMap(({ fields, path }) => folder.fromYaml(type, fields, { yaml: main, path }));
  const tables = { previousResults: results, glossary: terms };
  return [
    ...folder.fromYaml(
      DraftPlan,
      { ...draft, previousResults, glossary },
      { yaml: main, path: [], line: 1, elsewhere: (field) => inTable(tables, field) },
    ),
    ...each(DefineArea, 'area', 'areas'),
    ...each(EnrolUnit, 'unit', 'units'),
  ];
}

/** Where a field of the plan stands that comes from one of its tables, such as `glossary.3.term`. */
function inTable(tables: Readonly<Record<string, readonly TableRow[]>>, field: string): Spot | undefined {
  const [table = '', at, column = ''] = field.split('.');
  const row = tables[table]?.[Number(at)];
  return row && { ...row.place, field: column, ...(column in row.cells && { cell: row.cells[column] }) };
}

function readRules(folder: FolderReader): readonly PlacedCommand[] {
  const yaml = folder.yaml('rules.yaml');
  if (!yaml) return [];
  // The day since when the rules are known is no rule. Changed rules give it themselves: they are not as old as the plan.
  const { knownAt, ...rules } = fieldsOf(yaml.content);
  const input = { rules, ...(knownAt !== undefined && { knownAt }) };
  return folder.fromYaml(SetEvaluationRules, input, { yaml, path: [] });
}
