import { isMeasured } from '../assessment/measured.js';
import type { Wording } from '../assessment/words.js';
import type { EvaluationDocument, SnapshotEntry } from '../evaluations/evaluation.projection.js';
import type { SnapshotContent } from '../evaluations/snapshot.js';
import type { IndicatorDocument } from '../indicators/indicator.projection.js';
import type { Observation } from '../interchange/observation.js';
import { canonicalJson, sha256 } from '../kernel/json.js';
import type { HistoryPoint } from '../overview/indicator-history.js';
import type { Overview } from '../overview/overview.js';
import { topUnit, type PlanDocument } from '../plans/plan.projection.js';
import type { Publication } from '../plans/publication.js';
import { overallVerdict, type OverallVerdict } from '../reports/overall.js';
import { readSubject, type Subject, type TopRow } from '../reports/subject.js';
import { publicContent, publicEvaluation, visibleBy, type Visible } from './public-part.js';
import { words } from './words.js';

/** What a site is made of before anything is left out: all as of the snapshot, the evaluation as it was published. */
export interface SiteSource {
  readonly plan: PlanDocument;
  readonly publication: Publication;
  readonly content: SnapshotContent;
  readonly evaluation: EvaluationDocument;
  readonly entry: SnapshotEntry;
  readonly indicators: readonly IndicatorDocument[];
  readonly observations: readonly Observation[];
  /** Of each public main indicator at the unit of the plan. */
  readonly histories: ReadonlyMap<string, readonly HistoryPoint[]>;
}

export interface SiteOptions {
  /** Where the site will lie; sitemaps have whole addresses. */
  readonly baseUrl?: string;
  /** Open Definition license identifier of the data. */
  readonly license?: string;
}

/** A period of an indicator at the unit of the plan. */
export interface SeriesPoint {
  readonly period: string;
  /** As it is shown; absent where there is none. */
  readonly value?: string;
  /** As the plan asks for it, computed where it is a rule. */
  readonly target?: string;
  /** What the trajectory requires by the end of the period, or the range. */
  readonly required?: string;
  readonly range?: { readonly lower: string; readonly upper: string };
  readonly demo: boolean;
}

/** What the pages and files of a site are made of. There is nothing in it that is not public. */
export interface PublicSite {
  /** `midterm-2022/1` */
  readonly name: string;
  readonly plan: PlanDocument;
  readonly publication: Publication;
  readonly visible: Visible;
  readonly content: SnapshotContent;
  readonly overview: Overview;
  readonly evaluation: EvaluationDocument;
  readonly entry: SnapshotEntry;
  /** Of the whole snapshot. */
  readonly contentHash: string;
  /** Whether the whole snapshot is public, so that `part` is its canonical content. */
  readonly isWhole: boolean;
  /** The canonical JSON of what is public, and where it lies. */
  readonly part: { readonly path: string; readonly text: string; readonly hash: string };
  /** Of the whole snapshot, also where some indicators are not public. */
  readonly verdict: OverallVerdict;
  /** The number of main indicators that are not public. */
  readonly hiddenIndicators: number;
  readonly subject: Subject;
  readonly rows: readonly TopRow[];
  readonly indicators: readonly IndicatorDocument[];
  readonly observations: readonly Observation[];
  /** By the code of a main indicator, its values at the unit of the plan. */
  readonly series: ReadonlyMap<string, readonly SeriesPoint[]>;
  readonly menu: readonly { readonly path: string; readonly word: Wording }[];
  readonly demo: boolean;
  readonly options: SiteOptions;
}

export function publicSite(source: SiteSource, options: SiteOptions): PublicSite {
  const { publication, entry, plan } = source;
  const visible = visibleBy(publication);
  const content = publicContent(source.content, visible);
  const { overview } = content;
  const evaluation = publicEvaluation(source.evaluation, visible, topUnit(overview));
  const whole = readSubject(source.content, source.evaluation, entry, undefined, true);
  const subject = readSubject(content, evaluation, entry, undefined, true);
  const indicators = source.indicators.filter(({ code, role }) => isListed(role, visible) && visible.indicator(code));
  const listed = new Set(indicators.map(({ code }) => code));
  const isWhole = canonicalJson(content) === canonicalJson(source.content);
  const text = isWhole ? canonicalJson(content) : canonicalJson(partOf(content, source, visible));
  return {
    ...{ name: `${evaluation.id}/${entry.number}`, plan, publication, visible, content, overview, evaluation, entry },
    ...{ contentHash: entry.contentHash, isWhole, subject, rows: subject.rows },
    part: { path: isWhole ? 'data/snapshot.json' : 'data/public-part.json', text, hash: sha256(text) },
    verdict: overallVerdict(whole),
    hiddenIndicators: source.content.overview.indicators.length - overview.indicators.length,
    indicators,
    observations: source.observations.filter(
      (each) => listed.has(each.indicator) && isShown(each, topUnit(overview), visible),
    ),
    series: new Map([...source.histories].map(([code, points]) => [code, points.map(seriesPoint)])),
    menu: [
      { path: 'index.html', word: words.home },
      ...(overview.programme.projects.list.length > 0 ? [{ path: 'projects.html', word: words.projects }] : []),
      { path: 'report.html', word: words.report },
      { path: 'data.html', word: words.data },
      { path: 'verify.html', word: words.verify },
    ],
    demo: whole.demo,
    options,
  };
}

const seriesPoint = ({ period, value, target, required, range }: HistoryPoint): SeriesPoint => ({
  period,
  ...(isMeasured(value) && { value: value.shown }),
  ...(target !== undefined && { target }),
  ...(required !== undefined && { required }),
  ...(range && { range }),
  demo: value.demo,
});

/** Figures of the units below are public with these, and then those that are approved; a target with its unit. */
function isShown({ area, measure, status }: Observation, top: string | undefined, visible: Visible): boolean {
  if (area !== top && !visible.part('units')) return false;
  return measure === 'TARGET' || (visible.part('units') && status === 'A');
}

/** Promises are decided by indicators of their own. */
const isListed = (role: IndicatorDocument['role'], visible: Visible): boolean =>
  role === 'main' || (role === 'promise' && visible.part('promises'));

/** The public part as a file: a part of the programme that is not public is not in it, instead of being empty. */
function partOf(
  { kind, title, asOf, overview }: SnapshotContent,
  { entry, evaluation, publication }: SiteSource,
  visible: Visible,
) {
  const { context: _, programme, ...shown } = overview;
  const { until, demo } = programme;
  const parts = (['projects', 'tasks', 'policies', 'promises'] as const).filter((part) => visible.part(part));
  return {
    format: 'tongjian-public-part/1',
    snapshot: { name: `${evaluation.id}/${entry.number}`, contentHash: entry.contentHash, size: entry.size },
    ...{ publication, kind, title, asOf },
    overview: {
      ...shown,
      programme: { until, demo, ...Object.fromEntries(parts.map((part) => [part, programme[part]])) },
    },
  };
}
