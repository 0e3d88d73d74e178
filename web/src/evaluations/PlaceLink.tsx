import { IndicatorLink, ThingLink, UnitLink } from '../app/links';
import { useIndicators } from '../api/queries';
import { resourceOf } from '../programme/things';
import { usePlanHere } from '../state/scope';
import { placeText, type NamedPlace } from './attribution';

/** Where a number or a conclusion stands, in names, with a link to the page that shows it. */
export function PlaceLink({ place }: { readonly place: NamedPlace }) {
  const plan = usePlanHere();
  const text = placeText(place, plan.units, useNamed());
  const { indicator, unit, resource, subject } = place;
  if (indicator !== undefined) {
    return (
      <IndicatorLink code={indicator} {...(unit !== undefined && { unit })}>
        {text}
      </IndicatorLink>
    );
  }
  const list = resource && resourceOf(resource);
  if (list && subject !== undefined) return <ThingLink thing={{ resource: list, id: subject }}>{text}</ThingLink>;
  return unit === undefined ? text : <UnitLink unit={unit}>{text}</UnitLink>;
}

/** The names of indicators by their codes. */
export function useNamed(): (code: string) => string {
  const indicators = useIndicators(usePlanHere().plan).data ?? [];
  return (code) => `${code} ${indicators.find((each) => each.code === code)?.name ?? ''}`.trim();
}
