import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ThingOf } from '../api/programme-calls';

/** The plan that the address names. */
export const usePlanCode = (): string => useParams({ strict: false }).plan ?? '';

interface LinkProps {
  readonly children: ReactNode;
  readonly className?: string;
  readonly title?: string;
  readonly 'aria-label'?: string;
}

interface IndicatorLinkProps extends LinkProps {
  readonly code: string;
  /** The page's unit, if absent. */
  readonly unit?: string;
  /** The period whose audit trail is shown. */
  readonly trail?: string;
}

export function IndicatorLink({ code, unit, trail, ...props }: IndicatorLinkProps) {
  const plan = usePlanCode();
  return (
    <Link
      to="/p/$plan/indicators/$code"
      params={{ plan, code }}
      search={{ ...(unit !== undefined && { unit }), ...(trail !== undefined && { trail }) }}
      {...props}
    />
  );
}

export function UnitLink({ unit, ...props }: LinkProps & { readonly unit: string }) {
  const plan = usePlanCode();
  return <Link to="/p/$plan/units/$code" params={{ plan, code: unit }} search={{ unit }} {...props} />;
}

/** A promise, project, policy, task or finding. */
export function ThingLink({ thing: { resource, id }, ...props }: LinkProps & { readonly thing: ThingOf }) {
  const plan = usePlanCode();
  return <Link to="/p/$plan/$resource/$id" params={{ plan, resource, id }} {...props} />;
}

export type SearchChange = Readonly<Record<string, string | undefined>>;

/** Changes search parameters of the present address; `undefined` takes one out. */
export function useSearchChange(): (change: SearchChange, how?: { readonly replace?: boolean }) => void {
  const navigate = useNavigate();
  return (change, { replace = false } = {}) =>
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, ...change }),
      replace,
      // The page stays where it is: only a part of it changes.
      resetScroll: false,
    } as Parameters<typeof navigate>[0]);
}

/** A filter of a list, kept in the address: its value, and how it is set. */
export function useFilter<Value extends string>(
  key: string,
): readonly [Value | undefined, (value: Value | undefined) => void] {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false });
  const change = useSearchChange();
  return [search[key] as Value | undefined, (value) => change({ [key]: value || undefined }, { replace: true })];
}
