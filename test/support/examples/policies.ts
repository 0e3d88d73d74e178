import type { Cited, Planned } from '../../../src/policies/policy.decider.js';
import {
  CitedPolicyAmended,
  PolicyAmended,
  PolicyCited,
  PolicyDrafted,
  PolicyDropped,
  PolicyIssued,
  PolicyPlanned,
  PolicyPostponed,
  PolicyRepealed,
  PolicyRevised,
} from '../../../src/policies/policy.events.js';

/** A new policy (新制定), due by the end of 2022. */
export const policyPlanned = (different: Partial<Planned> = {}) =>
  PolicyPlanned.of({ name: '居家养老服务条例', intent: 'new', from: '2022', to: '2022', ...different });
export const policyUndated = () => PolicyPlanned.of({ name: '居家养老服务条例', intent: 'unremarked' });
export const policyCited = PolicyCited.of({ name: '关于加强新时代老龄工作的意见', level: 'national', line: 1 });

export const policyAmended = (different: Partial<Planned> = {}) => PolicyAmended.of(policyPlanned(different).data);
export const citedPolicyAmended = (different: Partial<Cited> = {}) =>
  CitedPolicyAmended.of({ ...policyCited.data, ...different });

export const number18 = '示例〔2022〕18号';
export const number6 = '示例〔2024〕6号';
export const policyDrafted = (on = '2022-03-10') => PolicyDrafted.of({ on });
export const policyIssued = (on = '2022-09-30', revises?: string) =>
  PolicyIssued.of({ on, documentNumber: number18, ...(revises !== undefined && { revises }) });
export const policyRevised = (on = '2024-05-20') =>
  PolicyRevised.of({ on, documentNumber: number6, revises: number18 });
export const policyPostponed = (to: string, from?: string) =>
  PolicyPostponed.of({ to, ...(from !== undefined && { from }) });
export const policyDropped = (on = '2024-01-15') => PolicyDropped.of({ on });
export const policyRepealed = (on = '2025-02-01') => PolicyRepealed.of({ on });
