import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { writeSearch, type Search } from './search';

/** The parameters of the single page that the app once was; links with them are kept in minutes and reports. */
export const oldKeys = [
  'plan',
  'period',
  'asOf',
  'atPosition',
  'unit',
  'indicator',
  'of',
  'trail',
  'tab',
  'thing',
  'left',
  'right',
  'audit',
] as const;

export type OldSearch = Search<(typeof oldKeys)[number]>;

export const isOldAddress = (search: OldSearch): boolean => Object.keys(search).length > 0;

/** Leads on to the page that shows what an old address showed. Values go along as they are, also unknown ones. */
export function OldAddress({ search, firstPlan }: { readonly search: OldSearch; readonly firstPlan: string }) {
  const navigate = useNavigate();
  const href = newAddress(search, firstPlan);
  useEffect(() => void navigate({ href, replace: true }), [navigate, href]);
  return null;
}

const resources: readonly string[] = ['promises', 'projects', 'policies', 'tasks', 'findings'];

function newAddress(search: OldSearch, firstPlan: string): string {
  const { plan = firstPlan, period, asOf, atPosition: at, unit, indicator, of, trail, tab, thing } = search;
  const { left, right, audit } = search;
  const address = (path: string, query: Record<string, string | undefined>) =>
    `/p/${encodeURIComponent(plan)}${path}${writeSearch(query)}`;
  const frame = { period, asOf, at, unit };
  if (audit !== undefined) return address('/audit', auditSearch(audit));
  if (left !== undefined || right !== undefined) return address('/compare', { left, right });
  if (indicator !== undefined) {
    return address(`/indicators/${encodeURIComponent(indicator)}`, { ...frame, unit: of ?? unit, trail });
  }
  if (thing !== undefined) return address(`/${thing.split('/').map(encodeURIComponent).join('/')}`, frame);
  if (tab !== undefined) return address(`/${resources.includes(tab) ? tab : encodeURIComponent(tab)}`, frame);
  return address('', frame);
}

/** An old audit query: `known:2023-08-20`, `recorded:2023-08-20` or `actor:` and the id of a person. */
function auditSearch(audit: string): Record<string, string> {
  const [way, ...rest] = audit.split(':');
  const value = rest.join(':');
  if (way === 'actor') return { person: value };
  if (way === 'recorded') return { recordedFrom: value, recordedTo: value };
  return { knownFrom: value, knownTo: value };
}
