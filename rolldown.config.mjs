import { chmodSync } from 'node:fs';
import { defineConfig } from 'rolldown';

// The program and its libraries in a few files: Node spends half of a start on finding and reading two thousand of them.
export default defineConfig({
  input: 'dist/cli.js',
  platform: 'node',
  // The native parts of the first two lie beside them; the others are optional, and not here.
  external: ['better-sqlite3', '@node-rs/argon2', '@fastify/static', /^@nestjs\/(websockets|microservices)/],
  output: {
    dir: 'bundle',
    cleanDir: true,
    // Nest and OpenAPI go by the names of classes.
    keepNames: true,
  },
  plugins: [{ name: 'executable', writeBundle: () => chmodSync('bundle/cli.js', 0o755) }],
});
