/**
 * Imports may only point inward: http, cli, web → slices → kernel ← adapters. The core of a slice is its events,
 * commands, deciders and projections; its controllers and its module belong to the surface.
 */
const slices =
  'plans|indicators|figures|projects|policies|tasks|promises|findings|evaluations|submissions|audit|overview|assessment';
const adapters = 'event-log|versioned-store|file-store|sqlite';
const core = `^src/(${slices})/.*\\.(events|commands|decider|projection)\\.ts$`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'kernel-knows-nobody',
      comment: 'The kernel imports neither Nest nor the domain nor any adapter.',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/(?!kernel/)|node_modules/(@nestjs|class-validator|better-sqlite3|express|ioredis)' },
    },
    {
      name: 'adapters-know-only-the-kernel',
      severity: 'error',
      from: { path: `^src/(${adapters})/`, pathNot: '\\.spec\\.ts$' },
      to: { path: `^src/(?!kernel/|${adapters})` },
    },
    {
      name: 'core-knows-no-surface',
      comment: 'Events, commands, deciders and projections import no HTTP, command line, adapter or engine.',
      severity: 'error',
      from: { path: core },
      to: { path: `^src/(http|cli|reports|${adapters})/|^src/(engine|server|start|app\\.module)\\.ts$` },
    },
    {
      name: 'slices-in-order',
      comment:
        'plans ← indicators ← figures, projects, policies, tasks ← promises ← findings ← audit ← evaluations ← submissions: ' +
        'a slice may only import those before it.',
      severity: 'error',
      from: {
        path: '^src/(plans|indicators|figures|projects|policies|tasks|promises|findings|audit)/',
        pathNot: '\\.spec\\.ts$',
      },
      to: { path: '^src/(evaluations|submissions|reports)/' },
    },
    {
      name: 'plans-first',
      severity: 'error',
      from: { path: '^src/plans/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/(indicators|figures|projects|policies|tasks|promises|findings|audit)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-specs-in-the-program',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '\\.spec\\.ts$|^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
