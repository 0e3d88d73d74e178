import type { Light } from '../assessment/judgement.js';
import { shownWith, Decimal } from '../assessment/decimals.js';
import { statusWords } from '../assessment/words.js';
import type { Overview } from '../overview/overview.js';
import { policyTimelinessWords, promiseStateWords, taskStandingWords } from '../overview/programme/words.js';
import { judgedUnits, topUnit } from '../plans/plan.projection.js';
import { criteria, criterionWords, wholePlan } from './items.js';

/** Something that can be judged in an evaluation, with what the engine computed for it. */
export interface JudgedThing {
  /** `indicator/05/331102`. */
  readonly item: string;
  readonly name: string;
  /** The unit that it belongs to, if it belongs to one. */
  readonly unit?: string;
  readonly computed?: { readonly word: string; readonly light?: Light };
}

/** All that can be judged in the state of a plan, in the order of an overview. */
export function judgedThings(overview: Overview): JudgedThing[] {
  const { indicators, indexes, areas, programme } = overview;
  const top = indexes.find(({ unit }) => unit === topUnit(overview));
  const indexText = (value: string | undefined) =>
    value === undefined ? {} : { computed: { word: `指数 ${shownWith(1, new Decimal(value))}` } };
  const units = judgedUnits({ units: overview.units });
  const { promises, projects, policies, tasks } = programme;
  return [
    { item: wholePlan, name: '总体', ...indexText(top?.index.value) },
    ...areas.map(({ code, name }) => ({
      ...{ item: `area/${code}`, name },
      ...indexText(top?.byArea.find(({ area }) => area === code)?.index.value),
    })),
    ...indicators.flatMap(({ code, name, cells }) =>
      cells.map(({ unit, assessment: { status, light } }) => ({
        ...{ item: `indicator/${code}/${unit}`, unit },
        name: `${code} ${name}（${units.find((each) => each.code === unit)?.name ?? unit}）`,
        computed: { word: statusWords[status].zh, light },
      })),
    ),
    ...promises.list.map(({ id, statement, state, light }) => ({
      ...{ item: `promise/${id}`, name: `${id} ${statement}` },
      computed: { word: promiseStateWords[state], light },
    })),
    ...projects.list.map(({ id, name, unit, status, light }) => ({
      ...{ item: `project/${id}`, name: `${id} ${name}`, unit },
      computed: { word: statusWords[status].zh, light },
    })),
    ...policies.list.map(({ id, name, owner, timeliness }) => ({
      ...{ item: `policy/${id}`, name: `${id} ${name}`, ...(owner !== undefined && { unit: owner }) },
      computed: { word: policyTimelinessWords[timeliness] },
    })),
    ...tasks.list.map(({ id, title, owner, standing }) => ({
      ...{ item: `task/${id}`, name: `${id} ${title}`, ...(owner !== undefined && { unit: owner }) },
      computed: { word: taskStandingWords[standing] },
    })),
    ...criteria.map((each) => ({ item: `criterion/${each}`, name: criterionWords[each] })),
  ];
}
