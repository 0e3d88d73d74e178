import { languageIn, languagesFor, named, nameIn, type Named } from '../kernel/language.js';
import type { PlanDocument } from './plan.projection.js';

/** The title of a plan as the name of a thing. */
export const titled = ({ title, translations }: Pick<PlanDocument, 'title' | 'translations'>): Named => ({
  name: title,
  ...(translations && { translations }),
});

/** The plan under its names in a language. Its `language` is that one, or its own where no name is in the one asked for. */
export function planIn(plan: PlanDocument, asked: string | undefined): PlanDocument {
  if (asked === undefined) return plan;
  const languages = languagesFor(asked, plan.language);
  return {
    ...plan,
    title: nameIn(titled(plan), languages),
    language: languageIn([plan, ...plan.areas, ...plan.units], languages, plan.language),
    areas: plan.areas.map((area) => named(area, languages)),
    units: plan.units.map((unit) => ({
      ...named(unit, languages),
      ...(unit.names && { names: unit.names.map((each) => named(each, languages)) }),
    })),
  };
}
