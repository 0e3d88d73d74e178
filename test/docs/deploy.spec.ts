import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { parseConnectionString } from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import { readConfig, roles, type Config } from '../../src/config.js';
import { withOptions } from '../../src/event-log/eventstoredb/address.js';
import { registryKey } from '../../src/versioned-store/redis/layout.js';
import { copiedIntoImage, dockerfile, imageSettings } from '../support/image.js';

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck?: { test: readonly string[] };
  readonly entrypoint?: readonly string[];
  readonly networks?: readonly string[];
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, unknown>>;
}

/** A compose file as Compose reads it, with a value for each variable that has to be set. */
function compose(file: string): Compose {
  const text = readFileSync(file, 'utf8').replace(/\$(\$|\{([A-Z_]+):\?\})/g, (_, what: string, name: string) =>
    what === '$' ? '$' : `value-of-${name}`,
  );
  expect(text).not.toMatch(/\$\{/);
  return parse(text, { merge: true }) as Compose;
}

const files = ['docker-compose.yml', 'docker-compose.cluster.yml'];
const servicesOf = (file: string) => Object.entries(compose(file).services);
const isOurs = ([name, { image }]: [string, Service]) => image === 'tongjian' && name !== 'service-user';

/** The settings with which a service's program starts. */
const configOf = ({ environment }: Service): Config => readConfig({ ...imageSettings(), ...environment });

const nginx = readFileSync('deploy/nginx.conf', 'utf8');
const example = readFileSync('deploy/cluster.env.example', 'utf8');

it('the image is made of what exists', () => {
  const copied = copiedIntoImage();
  expect(copied.map(({ target }) => target)).toEqual(
    expect.arrayContaining(['bundle', 'web/dist', 'seeds', 'package.json']),
  );
  const built = ['bundle', 'generated/answers.schema.json', 'web/dist', 'node_modules'];
  expect(copied.filter(({ source }) => !built.includes(source) && !existsSync(source))).toEqual([]);
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
  const given = [...dockerfile().matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources]) => sources!.split(' '));
  expect(given).toContain('src');
  // All is left out that is not named.
  expect(ignored).toContain('*');
  expect(given.filter((source) => !ignored.includes(`!${source.split('/')[0]}`) || !existsSync(source))).toEqual([]);
});

it('the image is built and runs on the Node.js that the unit tests run on too', () => {
  const [built, run] = [...dockerfile().matchAll(/^FROM node:(\S+?)(?: AS build)?$/gm)].map(([, tag]) => tag!);
  expect(run).toBe(`${built}-slim`);
  const { optionalDependencies } = JSON.parse(readFileSync('scripts/node-24/package.json', 'utf8')) as {
    optionalDependencies: Readonly<Record<string, string>>;
  };
  for (const version of Object.values(optionalDependencies)) expect(version.split('.')[0]).toBe(built!.split('-')[0]);
});

it('the image runs the program itself, as nobody special, where others reach it', () => {
  const text = dockerfile();
  expect(text).toMatch(/^ENTRYPOINT \["node", "bundle\/cli\.js"\]\nCMD \["start"\]$/m);
  expect(text.indexOf('\nUSER node')).toBeGreaterThan(text.lastIndexOf('\nFROM'));
  expect(readConfig(imageSettings())).toMatchObject({ host: '0.0.0.0', data: '/data', port: 3000, role: 'all' });
  expect(text).toMatch(/^VOLUME \/data$/m);
});

describe.each(files)('%s', (file) => {
  it('starts the program with settings that it understands', () => {
    const ours = servicesOf(file).filter(isOurs);
    expect(ours.map(([name]) => name).sort()).toEqual(['projector', 'web']);
    for (const [name, service] of ours) {
      const config = configOf(service);
      expect(config).toMatchObject({ role: name, log: { kind: 'eventstoredb' }, views: { kind: 'redis' } });
      expect(roles).toContain(config.role);
      // Browsers reach the pages by the proxy, which ends TLS.
      expect(config.isBehindTls).toBe(name === 'web');
      const known = ['TONGJIAN_EVENT_LOG', 'TONGJIAN_VIEWS', 'TONGJIAN_ROLE', 'TONGJIAN_PROXY'];
      expect(Object.keys(service.environment!).filter((setting) => !known.includes(setting))).toEqual([]);
    }
  });

  it('names hosts, ports, volumes and networks that are there', () => {
    const { services, volumes, networks } = compose(file);
    for (const [, service] of Object.entries(services)) {
      const mounted = (service.volumes ?? []).map((volume) => volume.split(':')[0]!);
      expect(
        mounted.filter((source) => (source.startsWith('./') ? !existsSync(source) : !(source in volumes))),
      ).toEqual([]);
      expect((service.networks ?? []).filter((network) => !(network in networks))).toEqual([]);
      expect(Object.keys(service.depends_on ?? {}).filter((name) => !(name in services))).toEqual([]);
    }
    for (const [, service] of servicesOf(file).filter(isOurs)) {
      const { log, views } = configOf(service) as { log: { url: string }; views: { url: string } };
      const { hosts } = parseConnectionString(log.url);
      for (const { address, port } of hosts) {
        expect(services[address]?.image).toMatch(/^eventstore\/eventstore:/);
        expect(services[address]!.healthcheck!.test.join(' ')).toContain(`:${port}/`);
      }
      expect(withOptions(log.url)).toContain(log.url);
      expect(services[new URL(views.url).hostname]?.image).toMatch(/^redis:/);
    }
  });

  it('waits only for what tells that it is well, or ends', () => {
    const { services } = compose(file);
    const pairs = Object.values(services).flatMap(({ depends_on }) => Object.entries(depends_on ?? {}));
    const unwell = pairs.filter(([name, { condition }]) => {
      const { healthcheck, image } = services[name]!;
      return condition === 'service_healthy' && !healthcheck && image !== 'tongjian';
    });
    expect(unwell).toEqual([]);
  });

  it('is open to this machine only, at the proxy', () => {
    const open = servicesOf(file).flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
    const listening = /listen (\d+);/.exec(nginx)![1];
    expect(open).toEqual([`proxy 127.0.0.1:3000:${listening}`]);
  });

  it('keeps no secret', () => {
    const text = readFileSync(file, 'utf8');
    const said = [...text.matchAll(/PASSWORD: (.*)|:\/\/\w+:(.*?)@/g)].map(([, setting, inUrl]) => setting ?? inUrl!);
    expect(said.filter((value) => !/^\$\{[A-Z_]+:\?\}$/.test(value))).toEqual([]);
    const asked = new Set([...text.matchAll(/\$\{([A-Z_]+):\?\}/g)].map(([, name]) => name!));
    const offered = [...example.matchAll(/^([A-Z_]+)=$/gm)].map(([, name]) => name!);
    if (asked.size > 0) expect([...asked].sort()).toEqual(offered.sort());
  });

  it('has options in its addresses that the client of EventStoreDB knows', () => {
    const addresses = Object.values(compose(file).services).flatMap(({ environment = {} }) =>
      Object.values(environment).filter((value) => value.startsWith('esdb')),
    );
    expect(addresses.length).toBeGreaterThan(1);
    // An option that it does not know it passes by, with a warning.
    const { warn } = console;
    const warnings: unknown[] = [];
    console.warn = (warning: unknown) => warnings.push(warning);
    try {
      for (const address of addresses) {
        expect(address).not.toMatch(/\s/);
        parseConnectionString(address);
      }
    } finally {
      console.warn = warn;
    }
    expect(warnings).toEqual([]);
  });
});

it('the user of Redis may use the keys that the program uses', () => {
  const pattern = `~${registryKey('tongjian*').replace('}', '')}`;
  for (const file of ['docker-compose.cluster.yml', 'docs/operations.md']) {
    const [, granted] = /user tongjian on \S+ (\S+)/.exec(readFileSync(file, 'utf8'))!;
    expect(granted).toBe(pattern);
  }
});

it('the proxy asks the web instances, where they listen', () => {
  const upstream = new URL(/set \$web (\S+);/.exec(nginx)![1]!);
  expect(nginx).toContain('proxy_pass $web;');
  for (const file of files) {
    expect(compose(file).services[upstream.hostname]?.environment?.TONGJIAN_ROLE).toBe('web');
    expect(configOf(compose(file).services[upstream.hostname]!).port).toBe(Number(upstream.port));
  }
});

it('the nodes of the cluster know each other, and each has a certificate with its name', () => {
  const { services } = compose('docker-compose.cluster.yml');
  const nodes = Object.keys(services).filter((name) => services[name]!.image.startsWith('eventstore/eventstore:'));
  expect(nodes).toHaveLength(3);
  for (const node of nodes) {
    const { environment, volumes } = services[node]!;
    expect(environment!.EVENTSTORE_GOSSIP_SEED!.split(',').sort()).toEqual(
      nodes.filter((other) => other !== node).map((other) => `${other}:2113`),
    );
    expect(environment!.EVENTSTORE_NODE_HOST_ADVERTISE_AS).toBe(node);
    const certificate = volumes!.find((volume) => volume.endsWith(':/certificate:ro'))!.split(':')[0];
    expect(services.certificates!.volumes).toContain(`${certificate}:/${node}`);
  }
});

it('the Redis user may use the keys of the current layout, in the compose file and in the documentation', () => {
  const keys = registryKey('tongjian').replace(/}$/, '*');
  for (const file of ['docker-compose.cluster.yml', 'docs/operations.md']) {
    const rights = /^ *user tongjian on (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1]?.split(' ');
    expect([file, rights?.filter((right) => right.startsWith('~'))]).toEqual([file, [`~${keys}`]]);
  }
});
