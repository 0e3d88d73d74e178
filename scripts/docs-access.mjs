// Generates the table of routes and roles in docs/access.md from the compiled program. With --check only tests whether it
// is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import prettier from 'prettier';
import 'reflect-metadata';
import { permissions, roleNames, roleTable } from '../dist/access/roles.js';
import { controllersOf } from '../dist/http/app.module.js';
import { guardedRoutes } from '../dist/http/rights.js';
import { reachOf } from '../dist/http/role-table.js';
import { slices } from '../dist/slices.js';

const page = 'docs/access.md';
const signs = { open: '○', own: 'own', unit: 'unit', plan: 'plan', all: 'all', installation: 'inst.', no: '' };

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const rights = table(
  ['permission', '名称', ...roleNames.map((role) => `\`${role}\``)],
  Object.entries(permissions).map(([name, label]) => [
    `\`${name}\``,
    label,
    ...roleNames.map((role) => (roleTable.roles[role].may.includes(name) ? roleTable.roles[role].scope : '')),
  ]),
);

const needed = (right) => ('permission' in right ? `\`${right.permission}\`` : '');
const routes = table(
  ['route under `/api`', 'permission', ...roleNames.map((role) => roleTable.roles[role].label)],
  guardedRoutes(controllersOf(slices))
    .map((route) => [
      `\`${route.method} ${route.path}\``,
      needed(route.right),
      ...roleNames.map((role) => signs[reachOf(route, role)]),
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

const before = readFileSync(page, 'utf8');
const filled = (text, name, content) => {
  const [start, end] = [`<!-- ${name}: made by scripts/docs-access.mjs -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has no place for ${name}`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
};
const made = filled(filled(before, 'permissions', rights), 'routes', routes);
const content = await prettier.format(made, { ...(await prettier.resolveConfig(page)), filepath: page });

if (content !== before && process.argv.includes('--check')) {
  console.error(`out of date: ${page}\nrun npm run docs:access`);
  process.exit(1);
}
writeFileSync(page, content);
