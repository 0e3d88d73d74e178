import { operatorActor } from '../access/principal.js';
import { roleTable, type RoleName } from '../access/roles.js';
import { newCommandId } from '../kernel/command-ids.js';
import type { Views } from '../kernel/views.js';
import { judgedUnits, topUnit, type PlanDocument } from '../plans/plan.projection.js';
import { checkedInput } from '../slice/command.js';
import { personIdFor } from '../credentials/secrets.js';
import { grant, invite, type Inviting } from './invite.js';
import { EndAccess } from './person.commands.js';
import { personProjection } from './person.projection.js';

export const DEMONSTRATION = Symbol('Demonstration');

/** An account of the demonstration, which anybody at this machine enters with a click. */
export interface DemonstrationAccount {
  readonly role: RoleName;
  /** The Chinese name of the role. */
  readonly label: string;
  readonly person: string;
  readonly name: string;
  readonly unit?: string;
}

/** The accounts that this server offers. */
export class Demonstration {
  accounts: readonly DemonstrationAccount[] = [];
}

interface Part {
  readonly role: RoleName;
  /** Further roles of the same person. */
  readonly also?: readonly RoleName[];
  /** Roles over further plans only, over their top unit where they are over a unit. */
  readonly alsoOverOthers?: readonly RoleName[];
  readonly over: 'county' | 'city' | 'plan' | 'installation';
}

const parts: readonly Part[] = [
  { role: 'reporter', over: 'county' },
  { role: 'reviewer', also: ['corrector'], over: 'city' },
  { role: 'plan-manager', also: ['backfill'], alsoOverOthers: ['reporter'], over: 'plan' },
  { role: 'evaluator', over: 'plan' },
  { role: 'evaluation-lead', over: 'plan' },
  { role: 'external-evaluator', over: 'plan' },
  { role: 'leader', over: 'city' },
  { role: 'auditor', over: 'plan' },
  { role: 'system-admin', over: 'installation' },
  { role: 'security-admin', over: 'installation' },
];

/** One account for each role over a plan, the same ones at every start. They have no passwords. */
function accountsOf(plan: PlanDocument): (DemonstrationAccount & { readonly part: Part })[] {
  const top = topUnit(plan);
  const county = judgedUnits(plan).find(({ parent, until }) => parent === top && until === undefined);
  const city = plan.units.find(({ code }) => code === top);
  return parts.map((part) => {
    const { label } = roleTable.roles[part.role];
    const unit = { county, city, plan: undefined, installation: undefined }[part.over];
    const person = personIdFor(`demonstration ${plan.plan} ${part.role}`);
    const name = `示例·${unit?.name ?? ''}${label}`;
    return { role: part.role, label, person, name, part, ...(unit && { unit: unit.code }) };
  });
}

const reason = '示例账号';

/** Over what a role is granted. */
interface Scope {
  readonly plan?: string;
  readonly unit?: string;
  readonly until?: string;
  readonly moment?: string;
  readonly evaluations?: readonly string[];
}

/**
 * Over what an account has a role; the external evaluator sees the mid-term as it was known then. The auditor reads what
 * is of no plan too: the access log.
 */
function scopeOf(role: RoleName, plan: string, unit: string | undefined): Scope {
  const { scope } = roleTable.roles[role];
  if (scope === 'installation' || role === 'auditor') return {};
  if (role === 'external-evaluator') {
    return { plan, until: '2099-12-31', moment: '2023-06-30', evaluations: ['midterm-2022'] };
  }
  return { plan, ...(scope === 'unit' && unit !== undefined && { unit }) };
}

/**
 * Invites those accounts that are not there yet, and grants them their roles, also over further plans that are 示例 as a
 * whole. Returns all.
 */
export async function makeDemonstration(
  [plan, ...others]: readonly [PlanDocument, ...PlanDocument[]],
  views: Views,
  inviting: Inviting,
): Promise<DemonstrationAccount[]> {
  const accounts = accountsOf(plan);
  for (const { person, name, unit, part } of accounts) {
    const found = (await views.get(personProjection, person))?.body;
    if (found?.ended) continue;
    if (!found) await invite({ person, name, demo: true, ...(unit !== undefined && { unit }) }, inviting);
    const held = new Set(found?.grants.map(({ role, plan: over = '' }) => `${role} ${over}`));
    for (const over of [plan, ...others.filter((other) => isAlsoFor(part, other, unit))]) {
      for (const role of [part.role, ...(part.also ?? []), ...((over !== plan && part.alsoOverOthers) || [])]) {
        const scope = scopeOf(role, over.plan, unit ?? topUnit(over));
        if (held.has(`${role} ${scope.plan ?? ''}`)) continue;
        await grant({ person, role, ...scope, reason, demo: true }, inviting);
      }
    }
  }
  return accounts.map(({ part: _, ...account }) => account);
}

/** The external evaluator sees one evaluation only, and those over the installation all plans. */
const isAlsoFor = ({ role, over }: Part, { demo, units }: PlanDocument, unit: string | undefined): boolean =>
  demo &&
  over !== 'installation' &&
  role !== 'external-evaluator' &&
  role !== 'auditor' &&
  (unit === undefined || units.some(({ code }) => code === unit));

/** Ends the access of all accounts of demonstrations, through a gateway that the credential store follows. */
export async function endDemonstration(views: Views, { gateway }: Pick<Inviting, 'gateway'>): Promise<void> {
  for (const { body } of await views.list(personProjection, '')) {
    if (!body.demo || body.ended) continue;
    const command = checkedInput(EndAccess, { person: body.id, reason: '示例账号停用', demo: true });
    await gateway.carryOut(command, { commandId: newCommandId(), actor: operatorActor });
  }
}
