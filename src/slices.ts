import { anomaliesSlice } from './anomalies/anomalies.slice.js';
import { appraisalRulesSlice } from './appraisal-rules/appraisal-rules.slice.js';
import { appraisalSlice } from './appraisal/appraisal.slice.js';
import { auditSlice } from './audit/audit.slice.js';
import { continuitySlice } from './continuity/continuity.slice.js';
import { digestsSlice } from './digests/digests.slice.js';
import { evaluationSlice } from './evaluations/evaluation.slice.js';
import { evidenceSlice } from './evidence/evidence.slice.js';
import { feedSlice } from './feeds/feed.slice.js';
import { figureSlice } from './figures/figure.slice.js';
import { findingSlice } from './findings/finding.slice.js';
import { forecastsSlice } from './forecasts/forecasts.slice.js';
import { interchangeSlice } from './interchange/interchange.slice.js';
import { indicatorSlice } from './indicators/indicator.slice.js';
import { mcpSlice } from './mcp/mcp.slice.js';
import { overviewSlice } from './overview/overview.slice.js';
import { reportSlice } from './reports/report.slice.js';
import { personSlice } from './people/person.slice.js';
import { planSlice } from './plans/plan.slice.js';
import { policySlice } from './policies/policy.slice.js';
import { projectSlice } from './projects/project.slice.js';
import { promiseSlice } from './promises/promise.slice.js';
import { signInSlice } from './sign-in/sign-in.slice.js';
import { qualitySlice } from './quality/quality.slice.js';
import { readinessSlice } from './readiness/readiness.slice.js';
import { reportingSlice } from './reporting/reporting.slice.js';
import { siteSlice } from './site/site.slice.js';
import type { Slice } from './slice/slice.js';
import { submissionSlice } from './submissions/submission.slice.js';
import { taskSlice } from './tasks/task.slice.js';
import { webhookSlice } from './webhooks/webhook.slice.js';
import { whatIfSlice } from './what-if/what-if.slice.js';

/** The one list of slices. The commands of a plan folder are decided in this order: later slices rest on earlier ones. */
export const slices: readonly Slice[] = [
  personSlice,
  signInSlice,
  planSlice,
  indicatorSlice,
  qualitySlice,
  appraisalRulesSlice,
  evidenceSlice,
  figureSlice,
  taskSlice,
  policySlice,
  projectSlice,
  promiseSlice,
  findingSlice,
  overviewSlice,
  evaluationSlice,
  whatIfSlice,
  anomaliesSlice,
  reportSlice,
  submissionSlice,
  reportingSlice,
  continuitySlice,
  readinessSlice,
  digestsSlice,
  appraisalSlice,
  forecastsSlice,
  feedSlice,
  webhookSlice,
  interchangeSlice,
  siteSlice,
  auditSlice,
  mcpSlice,
];

/** Every event type that can stand in the log. */
export const eventTypes = slices.flatMap(({ events }) => events);
