import { cellsOf, csvOptions, numberColumn, textColumn, timeColumn, type Column } from '../http/csv.js';
import { numberOf, numbersIn } from '../audit/trail-numbers.js';
import type { Part } from '../figures/figure.events.js';
import { enteredText } from '../figures/reported.js';
import type { CloudEvent } from '../interchange/cloud-event.js';
import type { Metadata } from '../kernel/event.js';
import type { JsonObject, JsonValue } from '../kernel/json.js';
import { parseStreamName } from '../kernel/stream-name.js';

/** What a row is made of: an event as the server exports it. */
export type ExportedEvent = Pick<
  CloudEvent,
  'position' | 'id' | 'type' | 'subject' | 'revision' | 'time' | 'knownat' | 'authid' | 'data' | 'metadata'
>;

const metadataOf = ({ metadata }: ExportedEvent) => JSON.parse(metadata) as Metadata;

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** The numbers that an event reports or sets, as entered. */
function numbersOf({ type, data }: ExportedEvent): Numbers {
  const reported = data.reported ?? data.to;
  if (!isObject(reported)) return { number: numbersIn(type, data).to };
  const { value, numerator, denominator, parts = [] } = reported;
  return {
    ...{ number: numberOf(value), numerator: numberOf(numerator), denominator: numberOf(denominator) },
    parts: (parts as readonly Part[]).map((part) => `${part.breakdown}.${part.part}=${enteredText(part)}`).join('；'),
  };
}

interface Numbers {
  readonly number?: string;
  readonly numerator?: string;
  readonly denominator?: string;
  readonly parts?: string;
}

const columns: readonly Column<ExportedEvent>[] = [
  numberColumn('位置', ({ position }) => position),
  timeColumn('掌握时间', ({ knownat }) => knownat),
  timeColumn('录入时间', ({ time }) => time),
  textColumn('事件', ({ type }) => type),
  textColumn('流', ({ subject }) => subject),
  numberColumn('修订号', ({ revision }) => revision),
  textColumn('经办人编号', ({ authid }) => authid),
  textColumn('经办人', (event) => metadataOf(event).actor.name),
  textColumn('单位', (event) => metadataOf(event).actor.unit),
  textColumn('事由', (event) => metadataOf(event).reason),
  textColumn('示例数据', (event) => (metadataOf(event).demo ? '示例数据' : '')),
  numberColumn('数值', (event) => numbersOf(event).number),
  numberColumn('分子', (event) => numbersOf(event).numerator),
  numberColumn('分母', (event) => numbersOf(event).denominator),
  textColumn('分组', (event) => numbersOf(event).parts),
  textColumn('内容', ({ data }) => JSON.stringify(data)),
  textColumn('事件编号', ({ id }) => id),
];

export const eventCsvOptions = csvOptions(columns);

/** Writes events as rows. Each plan's time zone is known from its first event, which comes before all others. */
export function eventRows(): (event: ExportedEvent) => string[] {
  const zones = new Map<string, string>();
  return (event) => {
    const { plan } = parseStreamName(event.subject);
    if (event.type === 'PlanDrafted' && typeof event.data.timeZone === 'string') zones.set(plan, event.data.timeZone);
    return cellsOf(columns, event, zones.get(plan) ?? 'UTC');
  };
}
