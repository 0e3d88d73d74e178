import { RaiseFinding } from '../findings/finding.commands.js';
import { CitePolicy, PlanPolicy } from '../policies/policy.commands.js';
import { RegisterProject } from '../projects/project.commands.js';
import { RecordPromise } from '../promises/promise.commands.js';
import type { CommandClass } from '../slice/slice.js';
import { AssignTask } from '../tasks/task.commands.js';
import { filled } from './plan-folder.js';

type Cells = Readonly<Record<string, string>>;

/** A table of the plan besides its indicators: a row becomes a command, and a column is a field of it. */
export interface ProgrammeTable {
  readonly file: string;
  readonly columns: readonly string[];
  commandOf(cells: Cells): { readonly type: CommandClass; readonly input: object };
}

/** `yes` or nothing; anything else is left for the field's own check to refuse. */
const flag = (cell = '') => (cell === 'yes' ? true : filled(cell));
const number = (cell = '') => (/^\d{1,9}$/.test(cell) ? Number(cell) : filled(cell));
const list = (cell = '', separator: string) => cell.split(separator).filter(Boolean);

/** Every filled cell under its column's name, but for those left out. */
function fieldsOf(cells: Cells, ...leftOut: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(cells).filter(([name, cell]) => cell !== '' && !leftOut.includes(name)));
}

const projects: ProgrammeTable = {
  file: 'projects.csv',
  columns: [
    ...['id', 'unit', 'name', 'class', 'category', 'sector', 'plannedStart', 'plannedEnd', 'investment', 'builder'],
    ...['builderPending', 'package', 'printedPeriod', 'printedInvestment', 'reading', 'anomalies', 'line'],
  ],
  commandOf(cells) {
    const { printedPeriod = '', printedInvestment = '', builderPending, anomalies } = cells;
    return {
      type: RegisterProject,
      input: {
        ...fieldsOf(cells, 'printedPeriod', 'printedInvestment', 'line'),
        builderPending: flag(builderPending),
        printed: fieldsOf({ period: printedPeriod, investment: printedInvestment }),
        anomalies: list(anomalies, '；'),
      },
    };
  },
};

const policies: ProgrammeTable = {
  file: 'policies.csv',
  columns: [
    ...['id', 'name', 'policyType', 'intent', 'level', 'owner', 'from', 'to', 'number', 'printedDate', 'remark'],
    ...['role', 'note', 'line'],
  ],
  commandOf(cells) {
    // What the plan only rests on is cited; the same table names it, as the plan's own annexes and text do.
    const { intent, number: annexNumber } = cells;
    if (intent === 'cited') return { type: CitePolicy, input: fieldsOf(cells, 'intent', 'line') };
    return { type: PlanPolicy, input: { ...fieldsOf(cells, 'line'), number: number(annexNumber) } };
  },
};

const tasks: ProgrammeTable = {
  file: 'tasks.csv',
  columns: ['id', 'title', 'actionPlan', 'kind', 'owner', 'due', 'section', 'note', 'line'],
  commandOf: (cells) => ({ type: AssignTask, input: fieldsOf(cells, 'line') }),
};

const promises: ProgrammeTable = {
  file: 'promises.csv',
  columns: [
    ...['id', 'statement', 'section', 'indicator', 'task', 'period', 'comparator', 'value', 'unitOfMeasure'],
    ...['commitment', 'repeats', 'note', 'line'],
  ],
  commandOf: (cells) => ({
    type: RecordPromise,
    input: { ...fieldsOf(cells, 'line'), repeats: flag(cells.repeats) },
  }),
};

const findings: ProgrammeTable = {
  file: 'findings.csv',
  columns: ['id', 'severity', 'subjectType', 'subject', 'title', 'detail', 'lines'],
  commandOf: (cells) => ({
    type: RaiseFinding,
    input: { ...fieldsOf(cells), lines: list(cells.lines, ' ').map((line) => number(line)) },
  }),
};

/** In the order in which they rest on each other: promises on tasks, findings on all. */
export const programmeTables: readonly ProgrammeTable[] = [tasks, policies, projects, promises, findings];
