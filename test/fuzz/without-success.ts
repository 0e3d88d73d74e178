/**
 * Operations that succeed with neither a token nor the operator's key, so that requests for them are only refused.
 * src/sign-in/sign-in.int.spec.ts and src/sign-in/openid.int.spec.ts test them with a browser's cookie.
 */
export const withoutSuccess: ReadonlySet<string> = new Set([
  // Only a person who is signed in, with a session's cookie, has or changes these.
  ...[
    'GET /api/session',
    'DELETE /api/session',
    'POST /api/session/second-factor',
    'GET /api/sessions',
    'DELETE /api/sessions/{id}',
  ],
  ...['POST /api/password', 'POST /api/second-factor', 'POST /api/second-factor/confirmation'],
  ...['POST /api/tokens', 'GET /api/tokens', 'DELETE /api/tokens/{token}'],
  // No OpenID provider is configured.
  ...['GET /api/oidc/start', 'POST /api/invitations/oidc', 'GET /api/oidc/callback'],
  // A file is sent as it is, and these requests send JSON: none is kept that could be read.
  ...['POST /api/plans/{plan}/evidence', 'GET /api/plans/{plan}/evidence/{sha256}'],
  ...[
    'POST /api/plans/{plan}/evaluations/{id}/snapshots/{number}/report.docx',
    'POST /api/plans/{plan}/reports/reconcile',
  ],
  // Nobody knows the hash of sheets that were stored; src/appraisal/objections.int.spec.ts does.
  'GET /api/plans/{plan}/appraisal-sheets/{hash}',
  'POST /api/plans/{plan}/appraisal-sheets/{hash}/verification',
  // No figure of the plan has a mark; src/anomalies/anomalies.int.spec.ts explains some.
  ...['explanation', 'explanation/judgement'].map(
    (act) => `POST /api/plans/{plan}/figures/{code}/{unit}/{period}/anomalies/{kind}/${act}`,
  ),
  // No source is there to be fetched.
  'POST /api/plans/{plan}/feed-trials',
  // By chance no text is an SDMX-CSV message; src/interchange/interchange.int.spec.ts reports some.
  'POST /api/plans/{plan}/interchange/sdmx-csv',
  // There is one plan, which continues none; src/continuity/continuity.int.spec.ts has two.
  ...['GET /api/plans/{plan}/indicators/{code}/long-series', 'POST /api/plans/{plan}/base'],
  ...['continuation', 'continuation/withdrawal'].map((act) => `POST /api/plans/{plan}/indicators/{code}/${act}`),
  // By chance no body is a message of JSON-RPC; src/mcp/mcp.int.spec.ts sends some.
  'POST /api/mcp',
  // No evaluation is published with all that is open accepted; src/site/site.int.spec.ts publishes one.
  'GET /api/plans/{plan}/evaluations/{id}/snapshots/{number}/site.zip',
  // The server has no demonstration accounts.
  'POST /api/demonstration/{role}/session',
]);
