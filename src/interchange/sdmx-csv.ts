import { stringify } from 'csv-stringify/sync';
import type { PlanDocument } from '../plans/plan.projection.js';
import type { ObservationRow } from './observation-changes.js';
import { reportingYearStart, sdmxPeriod } from './sdmx-period.js';

/** The media type of an SDMX-CSV 2.0 data message. */
export const sdmxCsvType = 'application/vnd.sdmx.data+csv; version=2.0.0';

/** The dataflow of a plan: agency, id and version. */
export const dataflowOf = (plan: string): string => `TONGJIAN:${plan}(1.0.0)`;

/** The columns that say what a row is about; SDMX-CSV has the structure first, then the action, then the dimensions. */
export const dimensionColumns = ['INDICATOR', 'REF_AREA', 'TIME_PERIOD', 'MEASURE', 'BREAKDOWN'] as const;

type Plan = Pick<PlanDocument, 'plan' | 'fiscalYear'>;
type Cell = (row: ObservationRow, plan: Plan) => string | number | undefined;

/** The columns of every message, in their order: components of the dataflow, attributes last. */
const columns: Readonly<Record<string, Cell>> = {
  STRUCTURE: () => 'dataflow',
  STRUCTURE_ID: (_, { plan }) => dataflowOf(plan),
  ACTION: ({ action }) => action,
  INDICATOR: ({ observation }) => observation.indicator,
  REF_AREA: ({ observation }) => observation.area,
  TIME_PERIOD: ({ observation }, plan) => sdmxPeriod(observation.period, plan),
  MEASURE: ({ observation }) => observation.measure,
  BREAKDOWN: ({ observation }) => observation.breakdown,
  OBS_VALUE: ({ observation }) => observation.value,
  OBS_STATUS: ({ observation }) => observation.status,
  UNIT_MEASURE: ({ observation }) => observation.unitOfMeasure,
  DECIMALS: ({ observation }) => observation.decimals,
  MISSING_REASON: ({ observation }) => observation.missing,
  TARGET_TEXT: ({ observation }) => observation.target,
  COMPUTED: ({ observation }) => observation.computed,
  DEFINITION_VERSION: ({ observation }) => observation.definitionVersion,
  REPORTING_YEAR_START_DAY: (_, plan) => reportingYearStart(plan),
  DEMO: ({ observation }) => (observation.demo ? 'Y' : 'N'),
};

/** Custom columns of an export with its history: known time, UTC. */
const validity: Readonly<Record<string, Cell>> = {
  VALID_FROM: ({ validFrom }) => validFrom,
  VALID_TO: ({ validTo }) => validTo,
};

/** A row with the action D has its key only: the whole observation is deleted. */
const keyColumns = new Set<string>(['STRUCTURE', 'STRUCTURE_ID', 'ACTION', ...dimensionColumns]);

/** Rows that are written at once. */
const chunk = 2_000;

/** The text of an SDMX-CSV message, part by part: a header row, then a row for each observation, by RFC 4180. */
export function* sdmxCsv(plan: Plan, rows: readonly ObservationRow[], withHistory: boolean): Generator<string> {
  const cells = Object.entries(withHistory ? { ...columns, ...validity } : columns);
  const lines = (records: readonly unknown[][]) => stringify([...records], { record_delimiter: '\r\n' });
  yield lines([cells.map(([name]) => name)]);
  for (let at = 0; at < rows.length; at += chunk) {
    yield lines(
      rows
        .slice(at, at + chunk)
        .map((row) =>
          cells.map(([name, cell]) =>
            row.action !== 'D' || keyColumns.has(name) || name in validity ? cell(row, plan) : undefined,
          ),
        ),
    );
  }
}
