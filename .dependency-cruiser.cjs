/**
 * Imports point downwards only. A folder of `layers` may import the folders of its own line and of the lines before it.
 * A folder that is not listed may import all of these, and none of these may import it. docs/architecture.md has the table.
 */
const layers = [
  'kernel',
  'sqlite|event-log|versioned-store|file-store',
  'operations',
  'credentials',
  'access',
  'slice',
  'http',
  'plans',
  'people',
  'sign-in',
  'evidence',
  'indicators',
  'quality',
  'appraisal-rules',
  'figures|projects|policies|tasks',
  'promises',
  'findings',
  'assessment',
  'overview',
  'forecasts',
  'audit',
  'attribution',
  'evaluations',
  'what-if',
  'anomalies',
  'reports',
  'submissions',
  'reporting',
  'continuity',
  'readiness',
  'digests',
  'appraisal',
  'feeds',
  'webhooks',
  'interchange',
  'mcp',
  'site',
  'openapi',
];
/** Wires or serves everything else; no folder of `layers` may import it. */
const root = 'engine|slices|server|start|cli';
const specs = '\\.spec\\.ts$';

const downwards = layers.map((layer, at) => ({
  name: `${layer.replaceAll('|', '-')}-imports-downwards`,
  severity: 'error',
  from: { path: `^src/(${layer})/`, pathNot: specs },
  // From `operations` on, a folder may also read the configuration.
  to: {
    path: `^src/(?!(${layers.slice(0, at + 1).join('|')})/${at < layers.indexOf('operations') ? '' : '|config\\.ts$'})`,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...downwards,
    {
      name: 'kernel-is-plain-typescript',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: specs },
      to: { path: 'node_modules/(@nestjs|class-validator|better-sqlite3|express|ioredis)' },
    },
    {
      name: 'core-knows-no-surface',
      comment: 'Deciders, events, projections and the formulas know no HTTP, no command line and no adapter.',
      severity: 'error',
      from: {
        path: '^src/[^/]+/[^/]*\\.(events|commands|decider|projection|folder)\\.ts$|^src/assessment/',
        pathNot: `${specs}|^src/cli/`,
      },
      to: { path: '^src/(http|cli|reports|operations|event-log|versioned-store|file-store|sqlite)/|@nestjs/common' },
    },
    {
      name: 'no-import-of-the-composition-root',
      comment: 'Only the root itself, the command line and tests know how the program is put together.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `${specs}|^src/cli/` },
      to: { path: `^src/(${root})\\.ts$` },
    },
    {
      name: 'no-cycles',
      comment: 'Type-only imports count: two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-specs-in-the-program',
      severity: 'error',
      from: { path: '^src/', pathNot: specs },
      to: { path: `${specs}|^test/` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
