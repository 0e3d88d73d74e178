import type { Overview } from '../../src/overview/overview.js';
import { isMeasured, type Finding } from '../../src/assessment/measured.js';
import type { RecordedEvent } from '../../src/kernel/event.js';
import { cityUnit, counties } from './plan.js';
import { assertThat, shown } from './violation.js';

type Components = readonly [numerator: number, denominator: number];
type Reported = { value: string } | { numerator: string; denominator: string };

/** The value in use of one figure, computed directly from its events. */
function inUse(events: readonly RecordedEvent[]): Reported | undefined {
  let latest: Reported | undefined;
  let approved: Reported | undefined;
  let returned = false;
  for (const { type, data: untyped } of events) {
    const data = untyped as unknown as { reported: Reported; to: Reported };
    if (type === 'IndicatorMeasured') [latest, returned] = [data.reported, false];
    if (type === 'MeasurementCorrected') [latest, returned] = [data.to, false];
    if (type === 'MeasurementApproved') [approved, returned] = [latest, false];
    if (type === 'MeasurementReturned') returned = true;
    if (type === 'MeasurementWithdrawn' || type === 'MeasurementDeclaredMissing')
      [latest, approved] = [undefined, undefined];
  }
  return approved ?? (returned ? undefined : latest);
}

/** Numerator and denominator in thousandths, which are integers and add up exactly. A plain value has denominator 0. */
const componentsOf = (reported: Reported): Components =>
  'value' in reported
    ? [thousandths(reported.value), 0]
    : [thousandths(reported.numerator), thousandths(reported.denominator)];
const thousandths = (text: string) => Math.round(Number(text) * 1_000);

/**
 * Checks the city's values of one period: they equal the sum of the counties', or are absent if a county's is missing.
 */
export function assertSums(
  overview: Overview,
  streamOf: (code: string, unit: string) => readonly RecordedEvent[],
): void {
  for (const { code, cells } of overview.indicators) {
    const found = counties.map((unit) => inUse(streamOf(code, unit)));
    const parts = found.filter((reported) => reported !== undefined).map(componentsOf);
    const [numerator, denominator] = parts.reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
    const own = inUse(streamOf(code, cityUnit));
    const city = cells.find(({ unit }) => unit === cityUnit)!.value;
    const sum = denominator > 0 ? (numerator / denominator) * 100 : numerator / 1_000;
    const otherwise = () =>
      `${code} ${overview.period}: the city has ${shown(city)}; counties reported ${shown(found)}, the city ${shown(own)}`;

    if (parts.length === counties.length) assertThat(isSum(city, sum, denominator > 0), otherwise);
    else if (own) assertThat(isMeasured(city) && city.source === 'reported' && city.parts === undefined, otherwise);
    else if (parts.length === 0) assertThat(!isMeasured(city) && city.partial === undefined, otherwise);
    else assertThat(!isMeasured(city) && near(city.partial?.exact, sum), otherwise);
  }
}

function isSum(city: Finding, sum: number, isRatio: boolean): boolean {
  if (!isMeasured(city) || city.parts?.length !== counties.length) return false;
  // The city's own report is kept if it equals the sum, rounded to its decimals.
  if (city.source === 'reported') return Math.abs(Number(city.exact) - sum) <= 0.5 / 10 ** decimals(city.shown);
  if (!near(city.exact, sum)) return false;
  if (!isRatio) return true;
  return near(String(percent(city.components!)), sum);
}

const percent = ({ numerator, denominator }: { numerator: string; denominator: string }) =>
  (Number(numerator) / Number(denominator)) * 100;
const near = (text: string | undefined, number: number) => text !== undefined && Math.abs(Number(text) - number) < 1e-9;
const decimals = (text: string) => text.split('.')[1]?.length ?? 0;
