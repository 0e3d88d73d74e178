import { Link } from '@tanstack/react-router';
import { createContext, use } from 'react';
import type { KnownSince } from '../api/types';
import { figure, moment, rounded } from '../format';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';
import { placeKey, type Place } from './attribution';
import { verdictText } from './attribution-words';

type NumberSince = KnownSince['numbers'][number];
type VerdictSince = KnownSince['verdicts'][number];

export interface LaterFound {
  readonly known: KnownSince;
  readonly numbers: ReadonlyMap<string, NumberSince>;
  readonly verdicts: ReadonlyMap<string, VerdictSince>;
}

/** What became known since, by the place that it changes. */
export const laterOf = (known: KnownSince): LaterFound => ({
  known,
  numbers: new Map(known.numbers.map((each) => [placeKey(each.of, each), each])),
  verdicts: new Map(known.verdicts.map((each) => [placeKey(each.of, each), each])),
});

export const LaterContext = createContext<LaterFound | undefined>(undefined);

interface NumberProps {
  readonly of: NumberSince['of'];
  readonly place: Place;
  readonly places?: number;
}

/** Beside a number of the snapshot: what is known now, by which event, when and by whom. Nothing where it is the same. */
export function LaterNumber({ of, place, places }: NumberProps) {
  const later = use(LaterContext);
  const found = later?.numbers.get(placeKey(of, place));
  if (!later || !found || found.from === found.to) return null;
  const shown = (text: string) => figure(places === undefined ? text : rounded(text, places));
  return <Line text={found.to === undefined ? t('无') : shown(found.to)} by={found.by} known={later.known} />;
}

interface VerdictProps {
  readonly of: VerdictSince['of'];
  readonly place: Place;
}

export function LaterVerdict({ of, place }: VerdictProps) {
  const later = use(LaterContext);
  const found = later?.verdicts.get(placeKey(of, place));
  if (!later || !found) return null;
  return <Line text={verdictText(found, found.to)} by={found.by} known={later.known} />;
}

interface LineProps {
  readonly text: string;
  readonly by: readonly number[];
  readonly known: KnownSince;
}

function Line({ text, by, known }: LineProps) {
  const plan = usePlanHere();
  const { evaluation: id, snapshot } = known;
  const last = by.map((at) => known.parts[at]?.entry).findLast((entry) => entry !== undefined);
  return (
    <span className="later">
      {t('后来掌握：{{text}}', { text })}
      <Link
        to="/p/$plan/evaluations/$id/snapshots/$number/known-since"
        params={{ plan: plan.plan, id, number: String(snapshot) }}
        hash={by.length > 0 ? `part-${by.at(-1)! + 1}` : undefined}
      >
        {last
          ? t('{{label}}，{{at}}，{{name}}', {
              label: last.label,
              at: moment(last.knownAt, plan.timeZone),
              name: last.actor.name,
            })
          : t('未逐个列出的事件')}
        {by.length > 1 && t('等 {{count}} 项', { count: by.length })}
      </Link>
    </span>
  );
}
