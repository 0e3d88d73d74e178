import { findingProjection } from '../findings/finding.projection.js';
import { AmendFinding } from '../findings/finding.commands.js';
import type { JsonObject, JsonValue } from '../kernel/json.js';
import type { Projection } from '../kernel/projection.js';
import { AmendCitedPolicy, AmendPolicy } from '../policies/policy.commands.js';
import { policyProjection } from '../policies/policy.projection.js';
import { AmendProject } from '../projects/project.commands.js';
import { projectProjection } from '../projects/project.projection.js';
import { AmendPromise } from '../promises/promise.commands.js';
import { promiseProjection } from '../promises/promise.projection.js';
import { Command, type CommandClass } from '../slice/command.js';
import { fieldsOf } from '../slice/field.js';
import { AmendTask } from '../tasks/task.commands.js';
import { taskProjection } from '../tasks/task.projection.js';

/** Where the content stands that an event amends. */
export interface Amendment {
  readonly projection: Projection;
  /** The key of the content in the document, where it is not the document itself. */
  readonly part?: string;
  /** The Chinese name of each field of the content. */
  readonly names: ReadonlyMap<string, string>;
}

const common = new Set(['plan', 'id', ...fieldsOf(Command).keys()]);
/** The events name the field `policyType` of the commands `type`. */
const inEvents = (field: string): string => (field === 'policyType' ? 'type' : field);

function amendment<Document>(projection: Projection<Document>, type: CommandClass, part?: string): Amendment {
  const own = [...fieldsOf(type)].filter(([field]) => !common.has(field));
  return {
    projection,
    names: new Map(own.map(([field, { label }]) => [inEvents(field), label])),
    ...(part !== undefined && { part }),
  };
}

const amendments: Readonly<Record<string, Amendment>> = {
  ProjectAmended: amendment(projectProjection, AmendProject),
  PolicyAmended: amendment(policyProjection, AmendPolicy, 'planned'),
  CitedPolicyAmended: amendment(policyProjection, AmendCitedPolicy, 'cited'),
  TaskAmended: amendment(taskProjection, AmendTask),
  PromiseAmended: amendment(promiseProjection, AmendPromise),
  FindingAmended: amendment(findingProjection, AmendFinding),
};

export const amendmentOf = (type: string): Amendment | undefined => amendments[type];

/** The fields that an amendment changed, with their old and their new content. */
export function amendedText({ names, part }: Amendment, before: JsonObject, data: JsonObject) {
  const old = (part === undefined ? before : before[part]) as JsonObject;
  const changed = [...names].filter(([field]) => shown(old[field]) !== shown(data[field]));
  const text = (content: JsonObject) => changed.map(([field, name]) => `${name} ${shown(content[field])}`).join('；');
  return { from: text(old), to: text(data) };
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '未填';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value !== 'object') return String(value);
  const parts = Object.values(value as object) as JsonValue[];
  return parts.length === 0 ? '未填' : parts.map(shown).join('、');
}
