import { parse } from 'csv-parse/sync';
import type { ObservationRow } from './observation-changes.js';
import type { Observation } from './observation.js';
import { sdmxCsv } from './sdmx-csv.js';

const observation: Observation = {
  ...{ indicator: '02', area: '331102', period: '2022', measure: 'VALUE', breakdown: '_T', value: '55.20' },
  ...{ status: 'A', unitOfMeasure: '张/"千"人, 床', decimals: 1, definitionVersion: 1, demo: false },
};
const rows: readonly ObservationRow[] = [
  { action: 'I', observation },
  { action: 'D', observation: { ...observation, period: '2023' }, validFrom: '2024-01-01T00:00:00.000Z' },
];
const textOf = (withHistory: boolean) => [...sdmxCsv({ plan: 'small' }, rows, withHistory)].join('');
const [head, ...records] = parse(textOf(true)) as [string[], ...string[][]];
const cell = (column: string, row: number) => records[row]![head.indexOf(column)];

/** The rules of the SDMX-CSV 2.0 field guide, each with whether the message keeps it. */
it.each<[string, boolean]>([
  [
    'the header row is there, and every record has as many fields',
    records.every(({ length }) => length === head.length),
  ],
  ['lines end as RFC 4180 has it', /^[^\r\n]+\r\n/.test(textOf(false)) && textOf(false).endsWith('\r\n')],
  ['there is no byte order mark before the first column', textOf(false).startsWith('STRUCTURE,')],
  ['structure type, structure and action come first', head.slice(0, 3).join() === 'STRUCTURE,STRUCTURE_ID,ACTION'],
  ['then dimensions, the measure, the attributes', head.indexOf('BREAKDOWN') < head.indexOf('OBS_VALUE')],
  ['custom columns come last', head.slice(-2).join() === 'VALID_FROM,VALID_TO'],
  ['every header is a term of its own', new Set(head).size === head.length],
  ['the structure is of a known type', ['dataflow', 'datastructure', 'dataprovision'].includes(cell('STRUCTURE', 0)!)],
  ['the structure is AGENCY:ID(VERSION)', /^[A-Za-z][\w-]*:[\w@$-]+\(\d+\.\d+\.\d+\)$/.test(cell('STRUCTURE_ID', 0)!)],
  ['the action is one character of the list', ['I', 'A', 'R', 'D', 'M'].includes(cell('ACTION', 0)!)],
  ['a value that has quotes and commas is read as it is', cell('UNIT_MEASURE', 0) === observation.unitOfMeasure],
  ['the digits are as they are', cell('OBS_VALUE', 0) === '55.20'],
  ['a deletion has its whole key', cell('TIME_PERIOD', 1) === '2023' && cell('MEASURE', 1) === 'VALUE'],
  ['a deletion of the whole observation has no value', cell('OBS_VALUE', 1) === '' && cell('OBS_STATUS', 1) === ''],
])('%s', (_, isKept) => expect(isKept).toBe(true));
