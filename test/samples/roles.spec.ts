import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { permissions, roleTable } from '../../src/access/roles.js';

/** What the roles meant, by version of the role table. A released one stays as it is: a change gets the next version. */
const folder = 'test/samples/roles';
const fileOf = (version: number) => `${folder}/v${version}.json`;

it('the role table is the one of its version', () => {
  const file = fileOf(roleTable.version);
  if (process.env.UPDATE_ROLE_TABLE && !existsSync(file))
    writeFileSync(file, `${JSON.stringify(roleTable, null, 2)}\n`);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(roleTable);
});

it('all versions are kept, and none is ahead', () => {
  const versions = Array.from({ length: roleTable.version }, (_, at) => `v${at + 1}.json`);
  expect(readdirSync(folder).sort()).toEqual(versions.sort());
});

it('every permission is given by a role, and is one', () => {
  const given = new Set<string>(Object.values(roleTable.roles).flatMap(({ may }) => [...may]));
  expect([...given].sort()).toEqual(Object.keys(permissions).sort());
});
