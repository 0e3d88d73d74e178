import type { EvaluationDocument } from '../evaluations/evaluation.projection.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { languagesFor, nameIn, type Named, type Translations } from '../kernel/language.js';
import type { OverviewNow } from '../overview/overview-later.js';
import { judgedUnits, type PlanDocument } from '../plans/plan.projection.js';
import { findings, policies, projects, promises, tasks } from './list-kinds.js';
import type { ListKind } from './lists.js';
import { digestHead, type DigestHead } from './summary.js';
import { folded, holdWords, wordsOf } from './words.js';

export type HitKind = 'indicator' | 'unit' | 'project' | 'policy' | 'task' | 'promise' | 'finding' | 'evaluation';

/** A thing of the plan that a search found. */
export interface SearchHit {
  readonly kind: HitKind;
  readonly id: string;
  readonly title: string;
  readonly translations?: Translations;
  /** What tells it from others of its kind: the unit of measure, the unit or its parent, the document number, the period. */
  readonly note?: string;
}

export interface SearchAnswer extends DigestHead {
  /** How many things fit, also those beyond the limit. */
  readonly total: number;
  readonly hits: readonly SearchHit[];
}

/** What can be found: as it is answered, and the texts that words are looked for in. */
interface Entry extends SearchHit {
  readonly texts: readonly (string | undefined)[];
  /** Found whole, these come directly after codes. */
  readonly numbers?: readonly string[];
}

export interface Searched {
  readonly plan: PlanDocument;
  readonly overview: OverviewNow;
  readonly indicators: readonly IndicatorDocument[];
  readonly evaluations: readonly EvaluationDocument[];
}

export interface SearchQuestion {
  readonly q: string;
  readonly limit: number;
  readonly language: string | undefined;
}

/** All words are required. Exact codes come first, then exact names and numbers, then names with all the words. */
export function searchIn(searched: Searched, { q, limit, language }: SearchQuestion): SearchAnswer {
  const words = wordsOf(q);
  const whole = folded(q).trim();
  const rankOf = ({ id, title, translations, numbers = [] }: Entry): number => {
    const names = [title, ...Object.values(translations ?? {})];
    if (folded(id) === whole) return 0;
    if ([...names, ...numbers].some((each) => folded(each) === whole)) return 1;
    return holdWords(names, words) ? 2 : 3;
  };
  const found = entriesOf(searched)
    .filter(({ texts }) => holdWords(texts, words))
    .map((entry) => ({ entry, rank: rankOf(entry) }))
    .toSorted((a, b) => a.rank - b.rank);
  return {
    ...digestHead(searched.overview),
    ...(language !== undefined && { language }),
    total: found.length,
    hits: found.slice(0, limit).map(({ entry }) => hitOf(entry, searched.plan, language)),
  };
}

/** All things that can be found. */
export const thingsIn = (searched: Searched, language: string | undefined): SearchHit[] =>
  entriesOf(searched).map((entry) => hitOf(entry, searched.plan, language));

function hitOf({ texts: _, numbers: __, ...hit }: Entry, plan: PlanDocument, language: string | undefined): SearchHit {
  return { ...hit, title: nameIn({ ...hit, name: hit.title }, languagesFor(language, plan.language)) };
}

/** In the order in which hits of the same rank are answered. */
function entriesOf({ overview, indicators, evaluations }: Searched): Entry[] {
  const { units, programme } = overview;
  const unitName = (code: string | undefined) => units.find((unit) => unit.code === code)?.name ?? code;
  const of = <Item extends { readonly id: string }>(
    own: ListKind<Item>,
    entry: (item: Item) => Omit<Entry, 'texts' | 'note'> & { readonly note: string | undefined },
  ): Entry[] =>
    own.all(programme).map((item) => {
      const { note, ...rest } = entry(item);
      const texts = [...own.texts(item, unitName), ...(rest.numbers ?? [])];
      return { ...rest, ...(note !== undefined && { note }), texts };
    });
  return [
    ...indicators.map((indicator) =>
      codedEntry('indicator', indicator, currentDefinition(indicator).definition.unitOfMeasure),
    ),
    ...judgedUnits({ units }).map((unit) => codedEntry('unit', unit, unitName(unit.parent))),
    ...of(projects, ({ id, name, unit }) => ({ kind: 'project', id, title: name, note: unitName(unit) })),
    ...of(policies, ({ id, name, owner, documentNumber, versions }) => ({
      ...{ kind: 'policy', id, title: name, note: documentNumber ?? unitName(owner) },
      numbers: versions.map((version) => version.documentNumber),
    })),
    ...of(tasks, ({ id, title, owner }) => ({ kind: 'task', id, title, note: unitName(owner) })),
    ...of(promises, ({ id, statement, period }) => ({
      kind: 'promise',
      id,
      title: statement,
      note: period,
    })),
    ...of(findings, ({ id, title, subject }) => ({ kind: 'finding', id, title, note: subject })),
    ...evaluations.map(({ id, title, period }): Entry => ({
      ...{ kind: 'evaluation', id, title, note: period },
      texts: [id, title, period],
    })),
  ];
}

function codedEntry(kind: HitKind, { code, name, translations }: Named & { code: string }, note?: string): Entry {
  return {
    ...{ kind, id: code, title: name, ...(translations && { translations }), ...(note !== undefined && { note }) },
    texts: [code, name, ...Object.values(translations ?? {})],
  };
}
