import { readFileSync } from 'node:fs';
import { minVersion, satisfies } from 'semver';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly engines?: { readonly node?: string };
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
interface Package {
  readonly engines: { readonly node: string };
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const read = <Content>(file: string): Content => JSON.parse(readFileSync(file, 'utf8')) as Content;
const { engines, allowScripts } = read<Package>('package.json');
const lockOf = (file: string) => read<{ packages: Readonly<Record<string, Locked>> }>(file).packages;
const packages = lockOf('package-lock.json');
const installed = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Where Node looks for a package: beside who asks, then further up. */
function find(from: string, name: string): Locked | undefined {
  const beside = packages[`${from}${from && '/'}node_modules/${name}`];
  if (beside !== undefined || from === '') return beside;
  const above = from.lastIndexOf('/node_modules/');
  return find(above < 0 ? '' : from.slice(0, above), name);
}

it('every package with an install script is either allowed to run it or denied', () => {
  const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
  expect(Object.keys(allowScripts).sort()).toEqual([...new Set(scripted)].sort());
  expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['better-sqlite3']);
});

it('every package runs on the oldest Node.js that we take', () => {
  const oldest = minVersion(engines.node)!;
  expect(oldest.version).toBe('20.19.0');
  const refusing = installed.filter(
    ([, { optional, engines: own }]) => !optional && own?.node !== undefined && !satisfies(oldest, own.node),
  );
  expect(refusing.map(([path, { version, engines: own }]) => `${path} ${version}: ${own!.node}`)).toEqual([]);
});

it('the lock has the optional packages of every platform', () => {
  const missing = installed.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => find(path, name) === undefined)
      .map((name) => `${path} → ${name}`),
  );
  expect(missing).toEqual([]);
  for (const platform of ['@swc/core-', '@rolldown/binding-', '@unrs/resolver-binding-']) {
    const of = ['linux-x64-gnu', 'linux-arm64-gnu', 'darwin-arm64', 'win32-x64-msvc'];
    for (const system of of) expect(packages).toHaveProperty([`node_modules/${platform}${system}`]);
  }
});

it.each(['package-lock.json', 'bench/package-lock.json', 'scripts/node-24/package-lock.json'])(
  '%s has no address of a registry',
  (file) => {
    const addresses = Object.values(lockOf(file)).flatMap(({ resolved, link }) => (link ? [] : (resolved ?? [])));
    expect(addresses).toEqual([]);
  },
);
