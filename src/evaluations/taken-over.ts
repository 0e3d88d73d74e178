import { indicatorProjection, type IndicatorDocument } from '../indicators/indicator.projection.js';
import type { Projection } from '../kernel/projection.js';
import type { AsOf, ListOptions, Version } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import { planProjection, type PlanDocument } from '../plans/plan.projection.js';

/** What of another moment a state can take over: its evaluation rules, its targets, its definitions of indicators. */
export const takeable = ['rules', 'targets', 'definitions'] as const;
export type Takeable = (typeof takeable)[number];

export const takeableWords: Readonly<Record<Takeable, string>> = {
  rules: '规则',
  targets: '目标',
  definitions: '口径',
};

type Mixing = (own?: Version<never>, other?: Version<never>) => Version<unknown> | undefined;

/**
 * The documents of one moment, with the rules, targets or definitions of the moment that is asked. An indicator that is
 * defined at one of the two moments only is a matter of its definition. Lists are read whole. Nothing of the formulas knows
 * about it.
 */
export class TakenOver implements DocumentReading {
  private readonly mixings: ReadonlyMap<string, Mixing>;

  constructor(
    private readonly views: DocumentReading,
    private readonly base: AsOf,
    taken: ReadonlySet<Takeable>,
  ) {
    const mixings = new Map<string, Mixing>();
    if (taken.has('rules')) mixings.set(planProjection.name, withRules);
    if (taken.has('targets') || taken.has('definitions')) mixings.set(indicatorProjection.name, withIndicators(taken));
    this.mixings = mixings;
  }

  async get<Body>(projection: Projection<Body>, key: string, asOf?: AsOf): Promise<Version<Body> | undefined> {
    const own = await this.views.get(projection, key, this.base);
    const mixed = this.mixings.get(projection.name) as Mixed<Body> | undefined;
    return mixed ? mixed(own, await this.views.get(projection, key, asOf)) : own;
  }

  async list<Body>(projection: Projection<Body>, prefix: string, { asOf }: ListOptions = {}): Promise<Version<Body>[]> {
    const own = await this.views.list(projection, prefix, { asOf: this.base });
    const mixed = this.mixings.get(projection.name) as Mixed<Body> | undefined;
    if (!mixed) return own;
    const byKey = (versions: readonly Version<Body>[]) => new Map(versions.map((version) => [version.key, version]));
    const [before, after] = [byKey(own), byKey(await this.views.list(projection, prefix, { asOf }))];
    const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
    return keys.flatMap((key) => mixed(before.get(key), after.get(key)) ?? []);
  }
}

type Mixed<Body> = (own?: Version<Body>, other?: Version<Body>) => Version<Body> | undefined;

/** The version is that of the other moment: what differs between two moments is found by it. */
const withRules: Mixed<PlanDocument> = (own, other) =>
  own && other && { ...other, body: { ...own.body, rules: other.body.rules } };

const withIndicators =
  (taken: ReadonlySet<Takeable>): Mixed<IndicatorDocument> =>
  (own, other) => {
    const defined = taken.has('definitions') ? other : own;
    const targeted = (taken.has('targets') && other) || own;
    return defined && { ...(other ?? defined), body: { ...defined.body, targets: targeted?.body.targets ?? [] } };
  };

const targetEvents: ReadonlySet<string> = new Set(['TargetSet', 'TargetRevised', 'TargetWithdrawn']);

/** Whether an event, by its category and type, is about what is taken over. */
export function isTaken(taken: ReadonlySet<Takeable>, { category, type }: { category: string; type: string }): boolean {
  if (category === 'plan') return taken.has('rules') && type === 'EvaluationRulesSet';
  if (category !== 'indicator') return false;
  return taken.has(targetEvents.has(type) ? 'targets' : 'definitions');
}
