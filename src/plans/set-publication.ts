import { isDeepStrictEqual } from 'node:util';
import { plain } from '../kernel/json.js';
import { PublicationSet, type PlanEvent } from './plan.events.js';
import { drafted, type PlanState } from './plan.state.js';
import type { SetPublication } from './publication.commands.js';
import { publicationOf } from './publication.js';

/**
 * Of indicators nothing is known here: a code that a snapshot does not have is refused when a site is written.
 * @throws {DomainError} `plan.unknown`
 */
export function setPublication({ plan, parts, indicators }: SetPublication, state: PlanState): PlanEvent[] {
  drafted(plan, state);
  const event = PublicationSet.of(publicationOf(plain({ parts, indicators })));
  return isDeepStrictEqual(state.publication, event.data) ? [] : [event];
}
