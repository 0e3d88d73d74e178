import {
  fieldsOf,
  filled,
  keyFields,
  type FolderPart,
  type FolderReader,
  type PlacedCommand,
  type Spot,
  type TableRow,
} from '../slice/folder-part.js';
import { readUnitChanges, unitChangesChanging } from './unit-changes.folder.js';
import {
  AmendApproval,
  AmendArea,
  AmendPlan,
  AmendUnit,
  ApprovePlan,
  ClosePlan,
  DefineArea,
  DraftPlan,
  EnrolUnit,
  RetireArea,
  SetDeadlines,
  SetEvaluationRules,
  SetReportingRules,
} from './plan.commands.js';
import { SetPublication } from './publication.commands.js';
import { EndUnit } from './unit-change.commands.js';

export const planFolder: FolderPart = {
  files: ['unit-changes.csv', 'rules.yaml', 'previous-plan.csv', 'glossary.csv'],
  planFiles: ['previous-plan.csv', 'glossary.csv'],
  brings: [
    ['unit-changes.csv', 'unit'],
    ['rules.yaml', 'rules'],
  ],
  planKeys: {
    ...{ territory: undefined, timeZone: undefined, startYear: undefined, endYear: undefined, baseline: undefined },
    ...{
      language: undefined,
      translations: undefined,
      fiscalYear: undefined,
      midterm: undefined,
      money: undefined,
      assumptions: undefined,
    },
    ...{ actionPlans: 'action-plan', areas: 'area', units: 'unit' },
    ...{ deadlines: undefined, publication: undefined, approval: undefined, reporting: undefined, closed: undefined },
  },
  changing: [
    { type: DraftPlan, word: '规划', keyOf: keyFields(), amend: { type: AmendPlan } },
    { type: ApprovePlan, word: '规划批准', keyOf: keyFields(), amend: { type: AmendApproval } },
    { type: ClosePlan, word: '规划结束', keyOf: keyFields(), last: true },
    {
      type: DefineArea,
      word: '标杆区',
      keyOf: keyFields('code'),
      amend: { type: AmendArea },
      end: { type: RetireArea, inputOf: ({ code }) => ({ code }) },
    },
    {
      type: EnrolUnit,
      word: '单位',
      keyOf: keyFields('code'),
      amend: { type: AmendUnit },
      // A unit that was founded by mistake never existed: it ends on its first day.
      end: { type: EndUnit, columns: { 自: 'on' }, inputOf: ({ code, from }) => ({ code, on: from }) },
    },
    {
      type: SetEvaluationRules,
      word: '规则',
      keyOf: keyFields(),
      amend: { type: SetEvaluationRules, unexplained: true },
    },
    {
      type: SetReportingRules,
      word: '填报规则',
      keyOf: keyFields(),
      amend: { type: SetReportingRules, unexplained: true },
    },
    { type: SetDeadlines, word: '报送期限', keyOf: keyFields(), amend: { type: SetDeadlines } },
    {
      type: SetPublication,
      word: '公开范围',
      keyOf: keyFields(),
      amend: { type: SetPublication, unexplained: true },
    },
    ...unitChangesChanging,
  ],
  read(folder) {
    const isPlan = folder.files.includes('plan.yaml');
    const plan = isPlan ? readPlan(folder) : [];
    const more = () => [
      ...readDeadlines(folder),
      ...readApproval(folder),
      ...readReporting(folder),
      ...readPublication(folder),
    ];
    const further = [...readRules(folder), ...(isPlan ? more() : [])];
    return [
      ...plan,
      ...further.reduce(withKnownInTime, readUnitChanges(folder)),
      ...(isPlan ? readClosing(folder) : []),
    ];
  },
};

/** All of these are about one plan: a row comes before those that became known later. */
function withKnownInTime(rows: readonly PlacedCommand[], row: PlacedCommand): readonly PlacedCommand[] {
  const at = rows.findIndex((other) => dayKnown(other) > dayKnown(row));
  return at < 0 ? [...rows, row] : rows.toSpliced(at, 0, row);
}

/** Without a day, a row is known from now on, which is after all days. */
const dayKnown = ({ command: { knownAt } }: PlacedCommand): string => knownAt?.slice(0, '2024-10-01'.length) ?? 'now';

function readPlan(folder: FolderReader): PlacedCommand[] {
  const { main, title } = folder;
  const { language, translations, territory, timeZone, money, assumptions, actionPlans } = main.content;
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
  const draft = { title, language, translations, territory, timeZone, ...years, money, assumptions, actionPlans };
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

function readDeadlines(folder: FolderReader): readonly PlacedCommand[] {
  const { deadlines } = folder.main.content;
  if (deadlines === undefined) return [];
  return folder.fromYaml(SetDeadlines, fieldsOf(deadlines), { yaml: folder.main, path: ['deadlines'] });
}

function readApproval(folder: FolderReader): readonly PlacedCommand[] {
  const { approval } = folder.main.content;
  if (approval === undefined) return [];
  return folder.fromYaml(ApprovePlan, fieldsOf(approval), { yaml: folder.main, path: ['approval'] });
}

function readReporting(folder: FolderReader): readonly PlacedCommand[] {
  const { reporting } = folder.main.content;
  if (reporting === undefined) return [];
  return folder.fromYaml(SetReportingRules, fieldsOf(reporting), { yaml: folder.main, path: ['reporting'] });
}

function readPublication(folder: FolderReader): readonly PlacedCommand[] {
  const { publication } = folder.main.content;
  if (publication === undefined) return [];
  return folder.fromYaml(SetPublication, fieldsOf(publication), { yaml: folder.main, path: ['publication'] });
}

/** The day since when the plan is known to be over. */
function readClosing(folder: FolderReader): readonly PlacedCommand[] {
  const { closed } = folder.main.content;
  return closed === undefined
    ? []
    : folder.fromYaml(ClosePlan, { knownAt: closed }, { yaml: folder.main, path: ['closed'] });
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
