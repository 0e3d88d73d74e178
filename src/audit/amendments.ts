import { findingProjection } from '../findings/finding.projection.js';
import { AmendFinding } from '../findings/finding.commands.js';
import { AmendIndicator } from '../indicators/indicator.commands.js';
import { currentDefinition, indicatorProjection } from '../indicators/indicator.projection.js';
import type { JsonObject, JsonValue } from '../kernel/json.js';
import type { Projection } from '../kernel/projection.js';
import { AmendApproval, AmendArea, AmendPlan, AmendUnit } from '../plans/plan.commands.js';
import { planProjection } from '../plans/plan.projection.js';
import { asEnrolled } from '../plans/units-in-time.js';
import { AmendCitedPolicy, AmendPolicy } from '../policies/policy.commands.js';
import { policyProjection } from '../policies/policy.projection.js';
import { AmendProject } from '../projects/project.commands.js';
import { projectProjection } from '../projects/project.projection.js';
import { AmendPromise } from '../promises/promise.commands.js';
import { promiseProjection } from '../promises/promise.projection.js';
import { Command } from '../slice/command.js';
import { fieldsOf } from '../slice/field.js';
import { AmendTask } from '../tasks/task.commands.js';
import { taskProjection } from '../tasks/task.projection.js';

/** Where the content stands that an event amends, and the content that it states. */
export interface Amendment {
  readonly projection: Projection;
  /** The Chinese name of each field of the content. */
  readonly names: ReadonlyMap<string, string>;
  before(document: JsonObject, data: JsonObject): JsonObject | undefined;
  after(data: JsonObject): JsonObject;
}

/** Fields that say what a command is about, or that are events of their own. */
const common = new Set(['plan', 'id', 'code', 'comparable', 'definition', ...fieldsOf(Command).keys()]);
/** The events name the field `policyType` of the commands `type`. */
const inEvents = (field: string): string => (field === 'policyType' ? 'type' : field);

const namesOf = (type: object): Amendment['names'] =>
  new Map([...fieldsOf(type)].flatMap(([field, { label }]) => (common.has(field) ? [] : [[inEvents(field), label]])));

function amendment<Document>(
  projection: Projection<Document>,
  type: object,
  before: (document: Document, data: JsonObject) => object | undefined = (document) => document as object,
): Amendment {
  return {
    projection: projection,
    names: namesOf(type),
    before: (document, data) => before(document as Document, data) as JsonObject | undefined,
    after: (data) => data,
  };
}

const amendments: Readonly<Record<string, Amendment>> = {
  PlanAmended: amendment(planProjection, AmendPlan),
  PlanApproved: amendment(planProjection, AmendApproval, ({ approval }) => approval),
  AreaAmended: amendment(planProjection, AmendArea, ({ areas }, { code }) => areas.find((area) => area.code === code)),
  UnitAmended: amendment(planProjection, AmendUnit, ({ units }, { code }) => {
    const unit = units.find((each) => each.code === code);
    return unit && asEnrolled(unit);
  }),
  IndicatorAmended: amendment(indicatorProjection, AmendIndicator),
  IndicatorRedefined: {
    ...amendment(
      indicatorProjection,
      fieldsOf(AmendIndicator).get('definition')!.members!(),
      (document) => currentDefinition(document).definition,
    ),
    after: ({ definition }) => definition as JsonObject,
  },
  ProjectAmended: amendment(projectProjection, AmendProject),
  PolicyAmended: amendment(policyProjection, AmendPolicy, (policy) =>
    'planned' in policy ? policy.planned : undefined,
  ),
  CitedPolicyAmended: amendment(policyProjection, AmendCitedPolicy, (policy) =>
    'cited' in policy ? policy.cited : undefined,
  ),
  TaskAmended: amendment(taskProjection, AmendTask),
  PromiseAmended: amendment(promiseProjection, AmendPromise),
  FindingAmended: amendment(findingProjection, AmendFinding),
};

export const amendmentOf = (type: string): Amendment | undefined => amendments[type];

/** The fields that an amendment changed, with their old and their new content; undefined where there was none before. */
export function amendedText({ names, before, after }: Amendment, document: JsonObject, data: JsonObject) {
  const [old, now] = [before(document, data), after(data)];
  if (!old) return undefined;
  const changed = [...names].filter(([field]) => of(old, field) !== of(now, field));
  const text = (content: JsonObject) => changed.map(([field, name]) => `${name} ${of(content, field)}`).join('；');
  return { from: text(old), to: text(now) };
}

/** What stands in a field; of names in other languages with the language of each. */
function of(content: JsonObject, field: string): string {
  const value = content[field];
  if (field !== 'translations' || !value) return shown(value);
  return Object.entries(value as JsonObject)
    .map(([language, name]) => `${shown(name)}（${language}）`)
    .join('、');
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '未填';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value !== 'object') return String(value);
  const parts = Object.values(value as object) as JsonValue[];
  return parts.length === 0 ? '未填' : parts.map(shown).join('、');
}
