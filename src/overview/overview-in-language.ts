import { languageIn, languagesFor, named, nameIn } from '../kernel/language.js';
import { titled } from '../plans/plan-in-language.js';
import type { OverviewNow } from './overview-later.js';

type WithNames = Pick<OverviewNow, 'plan' | 'areas' | 'units' | 'indicators' | 'context'>;

/** The overview under its names in a language. `language` is that one, or the plan's own where no name is in the one asked for. */
export function overviewIn<Each extends WithNames>(overview: Each, asked: string | undefined): Each {
  if (asked === undefined) return overview;
  const { plan, areas, units, indicators, context } = overview;
  const languages = languagesFor(asked, plan.language);
  return {
    ...overview,
    language: languageIn([plan, ...areas, ...units, ...indicators, ...context], languages, plan.language),
    plan: { ...plan, title: nameIn(titled(plan), languages) },
    areas: areas.map((area) => named(area, languages)),
    units: units.map((unit) => named(unit, languages)),
    indicators: indicators.map((row) => named(row, languages)),
    context: context.map((entry) => named(entry, languages)),
  };
}
