import { overlap, sharePlan, type Grant } from './grants.js';
import { roleOf, type RoleName } from './roles.js';

/** Two grants of one person that may not hold at the same time, and the rule that says so. */
export interface HeldApart {
  readonly other: Grant;
  readonly rule: string;
}

/**
 * The first of a person's grants with which a new one may not be held. The three administrators are held apart after
 * 等级保护 level 3 (三权分立), GB/T 22239-2019, 8.1.5.
 */
export function heldApart(added: Grant, existing: readonly Grant[]): HeldApart | undefined {
  for (const other of existing.filter((each) => overlap(each, added))) {
    const rule = ruleBetween(added, other);
    if (rule !== undefined) return { other, rule };
  }
  return undefined;
}

/** The rule does not depend on which of the two was first. */
function ruleBetween(a: Grant, b: Grant): string | undefined {
  if (a.role === b.role) return undefined;
  const both = [a.role, b.role];
  if (both.every(isAdministrator)) return '系统管理员、安全管理员、审计员三权分立，一人不得兼任两种';
  if (both.includes('auditor') && both.some(writes)) return '审计员只读不写，不得兼任可以写入的角色';
  if (both.includes('external-evaluator') && both.every(isOfPlans) && sharePlan(a, b)) {
    return '第三方评估人员不得在同一规划中兼任其他角色';
  }
  return undefined;
}

const isAdministrator = (role: RoleName): boolean => roleOf(role)!.isAdministrator ?? false;

const isOfPlans = (role: RoleName): boolean => roleOf(role)!.scope !== 'installation';

const reading = /\.read$|^log\.prove$/;

const writes = (role: RoleName): boolean => roleOf(role)!.may.some((permission) => !reading.test(permission));
