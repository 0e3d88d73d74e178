import { Link } from '@tanstack/react-router';
import type { PlanSummary } from '../api/types';

/** What there is to do in one plan. */
export function PlanDesk({ plan: { plan, title } }: { readonly plan: PlanSummary }) {
  return (
    <section className="card" aria-label={title}>
      <h2>
        <Link to="/p/$plan" params={{ plan }}>
          {title}
        </Link>
      </h2>
    </section>
  );
}
