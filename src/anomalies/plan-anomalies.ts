import { evaluationProjection } from '../evaluations/evaluation.projection.js';
import { figureKey, figureProjection, inUse, type FigureDocument } from '../figures/figure.projection.js';
import { ViewSource } from '../figures/view-source.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { languagesFor, nameIn } from '../kernel/language.js';
import { dayAfter, dayOf, startOfDay, type Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { Overview } from '../overview/overview.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { readQualityRules } from '../quality/quality.projection.js';
import { exactUnder } from '../quality/quality-context.js';
import { explanationProjection, type ExplanationsDocument } from './explanation.projection.js';
import { anomalyOn, findAnomalies, type Anomaly, type Found } from './find-anomalies.js';
import { falseDiscoveryRate } from './statistics.js';
import { daysBefore, thresholdMark } from './threshold.js';
import { anomalyKinds, isExplainable, type AnomalyKind } from './words.js';

/** Counts changes of what is marked. */
export const anomaliesVersion = 1;

/** 数据异常提示 over all units and periods as of a moment, as far as the asker may see them. */
export interface Anomalies extends Found {
  readonly plan: string;
  readonly version: number;
  /** In the order of the units of the plan, then of the kinds. */
  readonly anomalies: readonly Anomaly[];
  readonly counts: Readonly<Record<AnomalyKind, number>>;
  readonly falseDiscoveryRate: string;
}

export interface AnomalyQuestion {
  readonly plan: string;
  readonly asOf: AsOf;
  /** Only its marks; those of all units if absent. */
  readonly unit?: string;
  /** In which indicators are named. */
  readonly language?: string;
  /** The state of the plan in a period as of the cut-off of an evaluation. */
  readonly overviewAt: (period: string, knownAt: Instant) => Promise<Overview>;
}

/** @throws {DomainError} what `readPlan` throws */
export async function planAnomalies(views: Views, question: AnomalyQuestion): Promise<Anomalies> {
  const { plan: code, asOf, unit, language } = question;
  const [plan, indicators, { rules }] = await Promise.all([
    readPlan(views, code, asOf),
    readIndicators(views, code, asOf),
    readQualityRules(views, code, asOf),
  ]);
  const isAsked = (each: string) => unit === undefined || each === unit;
  const source = new ViewSource(views, plan, indicators, rules, asOf);
  const { anomalies: found, ...looked } = await findAnomalies(source, plan, isAsked);
  const crossings = await thresholdMarks(views, source, plan, question);
  const places = new Map(plan.units.map((each, at) => [each.code, at]));
  const rank = ({ unit: of, kind }: Anomaly) => places.get(of)! * anomalyKinds.length + anomalyKinds.indexOf(kind);
  const explanations = await explanationsOf(views, code, asOf);
  const languages = languagesFor(language, plan.language);
  const anomalies = [...found, ...crossings.filter((each) => isAsked(each.unit))]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ figure, ...mark }) => ({
      ...mark,
      ...explainedIn(explanations, code, { ...mark, ...(figure && { figure }) }),
      ...(figure && { figure: { ...figure, name: nameIn(source.indicators.get(figure.code)!, languages) } }),
    }));
  const counts = Object.fromEntries(anomalyKinds.map((kind) => [kind, 0])) as Record<AnomalyKind, number>;
  for (const { kind } of anomalies) counts[kind] += 1;
  return {
    ...{ plan: code, version: anomaliesVersion, anomalies, counts, ...looked },
    falseDiscoveryRate: falseDiscoveryRate.toFixed(),
  };
}

type Explanations = ReadonlyMap<string, ExplanationsDocument>;

async function explanationsOf(views: Views, plan: string, asOf: AsOf): Promise<Explanations> {
  const found = await views.list(explanationProjection, `${plan}/`, { asOf });
  return new Map(found.map(({ key, body }) => [key, body]));
}

/** The explanation of a mark, where it was given of the value as it is now. */
function explainedIn(
  explanations: Explanations,
  plan: string,
  { kind, unit, figure }: Pick<Anomaly, 'kind' | 'unit' | 'figure'>,
): Pick<Anomaly, 'explained'> {
  if (!figure || !isExplainable(kind)) return {};
  const { code, period, entered } = figure;
  const explained = explanations.get(figureKey({ plan, code, period, unit }))?.kinds[kind];
  return explained?.value === entered ? { explained } : {};
}

/** Values in use at the cut-off of a snapshot that were entered in the last days before it. */
async function thresholdMarks(
  views: Views,
  source: ViewSource,
  plan: PlanDocument,
  { asOf, overviewAt }: AnomalyQuestion,
): Promise<Anomaly[]> {
  const evaluations = await views.list(evaluationProjection, `${plan.plan}/`, { asOf });
  const snapshots = evaluations.flatMap(({ body: { id, snapshots } }) =>
    snapshots.map(({ number, period, asOf: cutOff }) => ({ name: `${id}/${number}`, period, cutOff })),
  );
  const marks: Anomaly[] = [];
  const seen = new Set<string>();
  for (const { name, period, cutOff } of snapshots) {
    // Two snapshots of one state say the same.
    if (seen.has(`${period}/${cutOff}`)) continue;
    seen.add(`${period}/${cutOff}`);
    const { indicators, rules } = await overviewAt(period, cutOff);
    const day = dayOf(cutOff, plan.timeZone);
    const since = startOfDay(dayAfter(day, -daysBefore), plan.timeZone);
    for (const row of indicators) {
      const indicator = source.indicators.get(row.code);
      if (!indicator) continue;
      for (const cell of row.cells) {
        const key = figureKey({ plan: plan.plan, code: row.code, period: row.period, unit: cell.unit });
        const then = await figureAt(views, key, { ...asOf, knownAt: cutOff });
        const used = inUse(then);
        if (!then || !used || used.knownAt < since) continue;
        const before = inUse(await figureAt(views, key, { ...asOf, knownAt: since }));
        const definition = indicator.definitions.find(({ version }) => version === before?.definitionVersion);
        const earlier = before && definition ? exactUnder(definition.definition, before.reported) : undefined;
        const odd = thresholdMark(row, cell, earlier, {
          ...{ snapshot: name, day, enteredOn: dayOf(used.knownAt, plan.timeZone) },
          ...{ baseline: plan.baseline, rules: rules.rules },
        });
        if (odd) marks.push(anomalyOn(indicator, then, 'threshold', odd));
      }
    }
  }
  return marks;
}

const figureAt = async (views: Views, key: string, asOf: AsOf): Promise<FigureDocument | undefined> =>
  (await views.get(figureProjection, key, asOf))?.body;
