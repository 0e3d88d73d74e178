import { isMeasured } from '../assessment/measured.js';
import type { Cell } from '../assessment/cell.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import type { LongPart, LongPoint, LongSeries } from '../overview/long-series.js';
import type { Overview } from '../overview/overview.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import type { Observation } from './observation.js';
import { measures, whole } from './observation.js';
import type { PackageTable, TableField } from './package-table.js';

/** What the tables of a data package are made of: documents as of a moment, and the overview of a period at it. */
export interface PackageContent {
  readonly plan: PlanDocument;
  readonly indicators: readonly IndicatorDocument[];
  readonly observations: readonly Observation[];
  readonly overview: Overview;
  /** Of the top unit. */
  readonly longSeries: readonly LongSeries[];
}

type Options = Pick<TableField<never>, 'constraints'>;
const required: Options = { constraints: { required: true } };
const oneOf = (values: readonly string[]): Options => ({ constraints: { required: true, enum: values } });

const field =
  <Type extends TableField<never>['type']>(type: Type) =>
  <Row>(name: string, description: string, of: TableField<Row>['of'], options: Options = {}): TableField<Row> => ({
    ...{ name, type, description },
    ...options,
    of,
  });
const text = field('string');
const number = field('number');
const integer = field('integer');
const flag = field('boolean');

const toUnit = { resource: 'units', field: 'code' };
const toIndicator = { resource: 'indicators', field: 'code' };

/** All tables, those first to which others refer. */
export function packageTables(content: PackageContent): PackageTable<never>[] {
  const tables = [
    areas(content),
    units(content),
    indicators(content),
    observationTable(content, 'figures', '填报数值', ({ measure }) => measure !== 'TARGET'),
    observationTable(content, 'targets', '目标', ({ measure }) => measure === 'TARGET'),
    projects(content),
    policies(content),
    tasks(content),
    promises(content),
    verdicts(content),
    index(content),
    ...(content.longSeries.length > 0 ? [continuations(content), longSeriesTable(content)] : []),
  ];
  return tables as unknown as PackageTable<never>[];
}

const areas = ({ plan }: PackageContent): PackageTable<PlanDocument['areas'][number]> => ({
  name: 'areas',
  title: '领域',
  fields: [text('code', 'Code', ({ code }) => code, required), text('name', 'Name', ({ name }) => name, required)],
  primaryKey: ['code'],
  rows: plan.areas,
});

const units = ({ plan }: PackageContent): PackageTable<PlanDocument['units'][number]> => ({
  name: 'units',
  title: '单位',
  fields: [
    text('code', 'Code', ({ code }) => code, required),
    text('name', 'Name at the moment', ({ name }) => name, required),
    text('level', 'Level', ({ level }) => level, required),
    text('parent', 'The unit above', ({ parent }) => parent),
    text('from', 'First day', ({ from }) => from),
    text('until', 'First day on which it is no more', ({ until }) => until),
  ],
  primaryKey: ['code'],
  references: { parent: { resource: 'units', field: 'code' } },
  rows: plan.units,
});

const indicators = ({ indicators: rows }: PackageContent): PackageTable<IndicatorDocument> => {
  const of = (indicator: IndicatorDocument) => currentDefinition(indicator).definition;
  const measuring = (indicator: IndicatorDocument) => of(indicator).measurement;
  return {
    name: 'indicators',
    title: '指标与口径',
    fields: [
      text('code', 'Code', ({ code }) => code, required),
      text('name', 'Name', ({ name }) => name, required),
      text('role', 'main: in the index; promise: judged; context: background', ({ role }) => role, required),
      text('area', 'Area', ({ area }) => area),
      text('attribute', 'binding (约束性) or expected (预期性)', ({ attribute }) => attribute, required),
      text('kind', 'How progress is measured', ({ kind }) => kind, required),
      text('direction', 'Which way is better', ({ direction }) => direction, required),
      text('frequency', 'CL_FREQ: A, S, Q or M', ({ frequency }) => frequency, required),
      text('definition', 'Definition (口径)', (each) => of(each).text, required),
      integer('definition_version', 'Version of the definition', (each) => currentDefinition(each).version, required),
      text('unit_of_measure', 'Unit of measure', (each) => of(each).unitOfMeasure),
      integer('decimals', 'Decimal places', ({ decimals }) => decimals, required),
      text('measurement', 'direct, ratio or formula', (each) => measuring(each).type, required),
      text('formula', 'Formula', (each) => (measuring(each) as { readonly formula?: string }).formula),
      text('aggregation', 'How the value of a whole is made', (each) => of(each).aggregation, required),
      number('weight', 'Weight in the index', ({ weight }) => weight, required),
      text('retired_from', 'First period without the indicator', ({ retiredFrom }) => retiredFrom),
      flag('demo', 'Demonstration data (示例数据)', ({ demo }) => demo, required),
    ],
    primaryKey: ['code'],
    references: { area: { resource: 'areas', field: 'code' } },
    rows,
  };
};

const observationTable = (
  { observations }: PackageContent,
  name: string,
  title: string,
  isIn: (each: Observation) => boolean,
): PackageTable<Observation> => ({
  name,
  title,
  fields: [
    text('indicator', 'Indicator', ({ indicator }) => indicator, required),
    text('unit', 'Unit', ({ area }) => area, required),
    text('period', 'Period', ({ period }) => period, required),
    text('measure', 'What the number is', ({ measure }) => measure, oneOf(measures)),
    text('breakdown', 'Breakdown and part; _T for the whole', ({ breakdown }) => breakdown, required),
    number('value', 'Digits as entered; empty if there is none', ({ value }) => value),
    text('status', 'CL_OBS_STATUS', ({ status }) => status, oneOf(['A', 'P', 'E', 'M', 'L', 'O'])),
    text('unit_of_measure', 'Unit of measure', ({ unitOfMeasure }) => unitOfMeasure),
    text('missing_reason', 'Why there is no value', ({ missing }) => missing),
    text('target_text', 'A target that is no single number', ({ target }) => target),
    text('computed', 'From what the value is computed', ({ computed }) => computed),
    integer('definition_version', 'Definition under which it was entered', (each) => each.definitionVersion, required),
    flag('demo', 'Demonstration data (示例数据)', ({ demo }) => demo, required),
  ],
  primaryKey: ['indicator', 'unit', 'period', 'measure', 'breakdown'],
  references: { indicator: toIndicator, unit: toUnit },
  rows: observations.filter(isIn),
});

const projects = ({ overview }: PackageContent): PackageTable<Overview['programme']['projects']['list'][number]> => ({
  name: 'projects',
  title: '项目',
  fields: [
    text('id', 'Id', ({ id }) => id, required),
    text('name', 'Name', ({ name }) => name, required),
    text('unit', 'Unit', ({ unit }) => unit, required),
    text('planned_start', 'Planned start', ({ plannedStart }) => plannedStart, required),
    text('planned_end', 'Planned end', ({ plannedEnd }) => plannedEnd, required),
    text('standing', 'Standing', ({ standing }) => standing, required),
    number('investment', 'Total investment, in the unit of money of the plan', ({ investment }) => investment),
    number('invested', 'Invested so far', ({ invested }) => invested),
    number('percent', 'Physical progress, percent', ({ percent }) => percent),
    text('status', 'Verdict', ({ status }) => status, required),
    flag('demo', 'Demonstration data (示例数据)', ({ demo }) => demo, required),
  ],
  primaryKey: ['id'],
  references: { unit: toUnit },
  rows: overview.programme.projects.list,
});

const policies = ({ overview }: PackageContent): PackageTable<Overview['programme']['policies']['list'][number]> => ({
  name: 'policies',
  title: '政策',
  fields: [
    text('id', 'Id', ({ id }) => id, required),
    text('name', 'Name', ({ name }) => name, required),
    text('owner', 'Who makes it', ({ owner }) => owner),
    text('standing', 'Standing', ({ standing }) => standing, required),
    text('timeliness', 'Whether it was issued in time', ({ timeliness }) => timeliness, required),
    text('due', 'Period by whose end it is due', ({ due }) => due),
    text('issued_on', 'Day of issue', ({ issuedOn }) => issuedOn),
    text('document_number', 'Document number (文号)', ({ documentNumber }) => documentNumber),
    flag('demo', 'Demonstration data (示例数据)', ({ demo }) => demo, required),
  ],
  primaryKey: ['id'],
  rows: overview.programme.policies.list,
});

const tasks = ({ overview }: PackageContent): PackageTable<Overview['programme']['tasks']['list'][number]> => ({
  name: 'tasks',
  title: '任务',
  fields: [
    text('id', 'Id', ({ id }) => id, required),
    text('title', 'Title', ({ title }) => title, required),
    text('owner', 'Who does it', ({ owner }) => owner),
    text('due', 'Period by whose end it is due', ({ due }) => due),
    text('standing', 'Standing', ({ standing }) => standing, required),
    flag('overdue', 'Whether it is overdue', ({ overdue }) => overdue, required),
    number('percent', 'Progress, percent', ({ percent }) => percent),
    flag('demo', 'Demonstration data (示例数据)', ({ demo }) => demo, required),
  ],
  primaryKey: ['id'],
  rows: overview.programme.tasks.list,
});

const promises = ({ overview }: PackageContent): PackageTable<Overview['programme']['promises']['list'][number]> => ({
  name: 'promises',
  title: '规划任务目标',
  fields: [
    text('id', 'Id', ({ id }) => id, required),
    text('statement', 'Statement of the plan', ({ statement }) => statement, required),
    text('indicator', 'Indicator that decides it', ({ indicator }) => indicator),
    text('task', 'Task that decides it', ({ task }) => task),
    text('period', 'Period by whose end it is due', ({ period }) => period),
    text('state', 'Verdict', ({ state }) => state, required),
    number('value', 'The value by which it is judged', ({ shown }) => shown),
    flag('demo', 'Demonstration data (示例数据)', ({ demo }) => demo, required),
  ],
  primaryKey: ['id'],
  references: { indicator: toIndicator, task: { resource: 'tasks', field: 'id' } },
  rows: overview.programme.promises.list,
});

interface VerdictRow extends Cell {
  readonly indicator: string;
  readonly period: string;
}

const verdicts = ({ overview }: PackageContent): PackageTable<VerdictRow> => ({
  name: 'verdicts',
  title: '评价',
  fields: [
    text('indicator', 'Indicator', ({ indicator }) => indicator, required),
    text('unit', 'Unit', ({ unit }) => unit, required),
    text('period', 'Period', ({ period }) => period, required),
    number('value', 'Value for display', ({ value }) => (isMeasured(value) ? value.shown : undefined)),
    text('status', 'Verdict', ({ assessment }) => assessment.status, required),
    text('light', 'Light', ({ assessment }) => assessment.light, required),
    number('score', 'Score, 0 to 100', ({ assessment }) => assessment.score),
    number('progress', 'Progress, percent', ({ assessment }) => assessment.progress),
    number('completion_rate', 'Against the final target, percent', ({ assessment }) => assessment.completionRate),
    flag('demo', 'Demonstration data (示例数据)', ({ value, base }) => value.demo || base.demo, required),
  ],
  primaryKey: ['indicator', 'unit', 'period'],
  references: { indicator: toIndicator, unit: toUnit },
  rows: overview.indicators.flatMap(({ code, period, cells }) =>
    cells.map((cell) => ({ ...cell, indicator: code, period })),
  ),
});

interface IndexRow {
  readonly unit: string;
  readonly area: string;
  readonly index: Overview['indexes'][number]['index'];
}

const index = ({ overview }: PackageContent): PackageTable<IndexRow> => ({
  name: 'index',
  title: '指数',
  fields: [
    text('unit', 'Unit', ({ unit }) => unit, required),
    text('area', 'Area; _T for the whole', ({ area }) => area, required),
    number('value', 'Index', ({ index: { value } }) => value),
    number('coverage', 'Share of the weights with a score, percent', ({ index: { coverage } }) => coverage, required),
    text('vetoed', 'Binding indicators that are red', ({ index: { vetoed } }) => vetoed.join(' ')),
  ],
  primaryKey: ['unit', 'area'],
  references: { unit: toUnit },
  rows: overview.indexes.flatMap(({ unit, index: value, byArea }) => [
    { unit, area: whole, index: value },
    ...byArea.map((each) => ({ unit, ...each })),
  ]),
});

type Continuing = IndicatorDocument & Required<Pick<IndicatorDocument, 'continues'>>;

const continuations = ({ indicators: all }: PackageContent): PackageTable<Continuing> => ({
  name: 'continuations',
  title: '规划衔接',
  fields: [
    text('indicator', 'Indicator', ({ code }) => code, required),
    text('former_plan', 'The earlier plan', ({ continues }) => continues.plan, required),
    text('former_indicator', 'Its indicator', ({ continues }) => continues.indicator, required),
    text('definition', 'same or other', ({ continues }) => continues.definition, oneOf(['same', 'other'])),
    number('factor', 'A former value times this is a present one', ({ continues }) => continues.factor),
    text('basis', 'Why the factor, or why the definitions differ', ({ continues }) => continues.basis),
  ],
  primaryKey: ['indicator'],
  references: { indicator: toIndicator },
  rows: all.filter((each): each is Continuing => each.continues !== undefined),
});

interface LongRow {
  readonly series: LongSeries;
  readonly part: LongPart;
  readonly point: LongPoint;
}

const longSeriesTable = ({ longSeries }: PackageContent): PackageTable<LongRow> => ({
  name: 'long-series',
  title: '跨规划序列',
  fields: [
    text('indicator', 'Indicator of this plan', ({ series }) => series.code, required),
    text('unit', 'Unit', ({ series }) => series.unit, required),
    text('plan', 'The plan that has the value', ({ part }) => part.plan, required),
    text('plan_indicator', 'The indicator of that plan', ({ part }) => part.code, required),
    text('period', 'Period', ({ point }) => point.period, required),
    flag('base', 'Whether it is the base of that plan', ({ point }) => point.isBase === true, required),
    number('value', 'For display, as that plan has it', ({ point }) => point.shown),
    text('unit_of_measure', 'Of the value', ({ part }) => part.unitOfMeasure),
    flag('comparable', 'Whether it compares with this plan', ({ part }) => part.factor !== undefined, required),
    number('rebased', 'The value times the factor, where there is one', ({ point }) => point.rebased),
    flag('demo', 'Demonstration data (示例数据)', ({ point }) => point.demo, required),
  ],
  primaryKey: ['indicator', 'unit', 'plan', 'period'],
  references: { indicator: toIndicator, unit: toUnit },
  rows: longSeries.flatMap((series) =>
    series.parts.flatMap((part) => part.points.map((point) => ({ series, part, point }))),
  ),
});
