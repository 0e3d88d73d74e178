import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Desk } from '../desk/Desk';
import { PlanRoot } from '../plan/PlanRoot';
import { ReadingFrame } from '../plan/ReadingFrame';
import { auditKeys } from '../audit/question';
import { Entrance } from './Entrance';
import { NotFound } from './NotFound';
import { oldKeys } from './OldAddress';
import { PartFailed } from './PartFailed';
import { frameKeys, parseSearch, taking, writeSearch } from './search';

const root = createRootRoute({ component: Entrance, notFoundComponent: NotFound });

const desk = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: taking(...oldKeys),
  component: Desk,
});

const me = createRoute({
  getParentRoute: () => root,
  path: '/me',
  component: lazyRouteComponent(() => import('../account/AccountPage'), 'AccountPage'),
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => import('../sign-in/SignedInAlready'), 'SignedInAlready'),
});

const plan = createRoute({ getParentRoute: () => root, path: '/p/$plan', component: PlanRoot });

const takeFrame = taking(...frameKeys);

/** Whether a reading page is open: parameters of the same names on working pages are filters of their own. */
const isReading = (): boolean => router.state.matches.some(({ routeId }) => routeId === '/p/$plan/reading');

/** Pages that show the plan as of a moment. */
const reading = createRoute({
  getParentRoute: () => plan,
  id: 'reading',
  validateSearch: takeFrame,
  // What a link says itself is more than what goes along.
  search: { middlewares: [({ search, next }) => ({ ...(isReading() && takeFrame(search)), ...next(search) })] },
  component: ReadingFrame,
});

const readingPages = [
  createRoute({
    getParentRoute: () => reading,
    path: '/',
    component: lazyRouteComponent(() => import('../overview/OverviewPage'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'indicators',
    validateSearch: taking('view'),
    component: lazyRouteComponent(() => import('../indicators/IndicatorsPage'), 'IndicatorsPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'indicators/$code',
    validateSearch: taking('trail'),
    component: lazyRouteComponent(() => import('../indicators/IndicatorPage'), 'IndicatorPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'units',
    component: lazyRouteComponent(() => import('../units/UnitsPage'), 'UnitsPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'units/$code',
    component: lazyRouteComponent(() => import('../units/UnitPage'), 'UnitPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'promises',
    validateSearch: taking('q', 'state', 'kind'),
    component: lazyRouteComponent(() => import('../programme/PromisesPage'), 'PromisesPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'projects',
    validateSearch: taking('q', 'light', 'standing', 'category', 'flag'),
    component: lazyRouteComponent(() => import('../programme/ProjectsPage'), 'ProjectsPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'policies',
    validateSearch: taking('q', 'timeliness', 'standing', 'intent'),
    component: lazyRouteComponent(() => import('../programme/PoliciesPage'), 'PoliciesPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'tasks',
    validateSearch: taking('q', 'state', 'plan'),
    component: lazyRouteComponent(() => import('../programme/TasksPage'), 'TasksPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'findings',
    validateSearch: taking('q', 'severity', 'standing', 'awaits', 'check'),
    component: lazyRouteComponent(() => import('../programme/FindingsPage'), 'FindingsPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'changed',
    validateSearch: taking('code', 'sort'),
    component: lazyRouteComponent(() => import('../figures/ChangedPage'), 'ChangedPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'warnings',
    validateSearch: taking('of', 'sort'),
    component: lazyRouteComponent(() => import('../forecasts/WarningsPage'), 'WarningsPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'anomalies',
    validateSearch: taking('of', 'kind', 'sort'),
    component: lazyRouteComponent(() => import('../anomalies/AnomaliesPage'), 'AnomaliesPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'appraisal',
    validateSearch: taking('of', 'sort'),
    component: lazyRouteComponent(() => import('../appraisal/AppraisalPage'), 'AppraisalPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'continuity',
    validateSearch: taking('sort'),
    component: lazyRouteComponent(() => import('../continuity/ContinuityPage'), 'ContinuityPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'what-if',
    validateSearch: taking('changes', 'code'),
    component: lazyRouteComponent(() => import('../what-if/WhatIfPage'), 'WhatIfPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: '$resource/$id',
    component: lazyRouteComponent(() => import('../programme/ThingPage'), 'ThingPage'),
  }),
  createRoute({
    getParentRoute: () => reading,
    path: 'about',
    component: lazyRouteComponent(() => import('../plan/AboutPage'), 'AboutPage'),
  }),
] as const;

/** Pages on which people work. They are about today. */
const workingPages = [
  createRoute({
    getParentRoute: () => plan,
    path: 'report',
    validateSearch: taking('unit', 'period', 'kind', 'standing', 'sort', 'submission', 'from'),
    component: lazyRouteComponent(() => import('../reporting/ReportingPage'), 'ReportingPage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'report/import',
    validateSearch: taking('unit'),
    component: lazyRouteComponent(() => import('../reporting/ImportPage'), 'ImportPage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'report/$period',
    validateSearch: taking('unit', 'code', 'standing'),
    component: lazyRouteComponent(() => import('../reporting/ReportFormPage'), 'ReportFormPage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'review',
    validateSearch: taking('unit', 'period', 'code', 'marks', 'figure', 'sort'),
    component: lazyRouteComponent(() => import('../figures/ReviewPage'), 'ReviewPage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'evaluations',
    validateSearch: taking('period', 'asOf'),
    component: lazyRouteComponent(() => import('../evaluations/EvaluationsPage'), 'EvaluationsPage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'reports/reconcile',
    validateSearch: taking('sort'),
    component: lazyRouteComponent(() => import('../documents/ReconcilePage'), 'ReconcilePage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'evaluations/$id',
    component: lazyRouteComponent(() => import('../evaluations/EvaluationPage'), 'EvaluationPage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'evaluations/$id/snapshots/$number',
    validateSearch: taking('unit'),
    component: lazyRouteComponent(() => import('../evaluations/SnapshotPage'), 'SnapshotPage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'evaluations/$id/snapshots/$number/known-since',
    validateSearch: taking('until'),
    component: lazyRouteComponent(() => import('../evaluations/KnownSincePage'), 'KnownSincePage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'evaluations/$id/snapshots/$number/forecasts',
    validateSearch: taking('sort'),
    component: lazyRouteComponent(() => import('../evaluations/SnapshotForecastsPage'), 'SnapshotForecastsPage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'evaluations/$id/snapshots/$number/sample',
    validateSearch: taking('marked', 'corrected', 'other', 'sort'),
    component: lazyRouteComponent(() => import('../evaluations/SamplePage'), 'SamplePage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'compare',
    validateSearch: taking('left', 'right', 'period', 'only', 'aspect', 'causes'),
    component: lazyRouteComponent(() => import('../evaluations/ComparePage'), 'ComparePage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'audit',
    validateSearch: taking(...auditKeys, 'view', 'on'),
    component: lazyRouteComponent(() => import('../audit/AuditPage'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'audit/event/$position',
    component: lazyRouteComponent(() => import('../audit/EventPage'), 'EventPage'),
  }),
  createRoute({
    getParentRoute: () => plan,
    path: 'audit/proof',
    component: lazyRouteComponent(() => import('../audit/ProofPage'), 'ProofPage'),
  }),
] as const;

const admin = createRoute({
  getParentRoute: () => root,
  path: '/admin/$page',
  validateSearch: taking(
    'plan',
    'person',
    'unit',
    'role',
    'permission',
    'standing',
    'code',
    'year',
    'id',
    'view',
    'q',
    'on',
    'kind',
    'from',
    'until',
    'sort',
  ),
  component: lazyRouteComponent(() => import('../admin/AdminPage'), 'AdminPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    desk,
    me,
    login,
    admin,
    plan.addChildren([reading.addChildren([...readingPages]), ...workingPages]),
  ]),
  parseSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  // Data is kept by its queries.
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: PartFailed,
  defaultPendingMinMs: 0,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
