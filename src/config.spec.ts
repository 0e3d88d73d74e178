import { join } from 'node:path';
import {
  assertFitToListen,
  ConfigError,
  isShareable,
  logAddress,
  ownedFolders,
  readConfig,
  redacted,
} from './config.js';

const remote = { TONGJIAN_EVENT_LOG: 'esdb://log:2113?tls=false', TONGJIAN_VIEWS: 'redis://views:6379/0' };

it('is embedded, on loopback, unless told otherwise', () => {
  expect(readConfig({}, { data: '/srv/data' })).toEqual({
    port: 3000,
    host: '127.0.0.1',
    names: [],
    data: '/srv/data',
    log: { kind: 'sqlite', path: '/srv/data/log.sqlite' },
    views: { kind: 'sqlite', path: '/srv/data/views.sqlite' },
    role: 'all',
    demo: true,
    isBehindTls: false,
    sessionEnds: {},
    webhookHosts: [],
    feeds: { hosts: [] },
  });
});

it('takes the environment, and flags before it', () => {
  const environment = { ...remote, PORT: '80', TONGJIAN_HOST: '0.0.0.0', TONGJIAN_DATA: '/data', TONGJIAN_ROLE: 'web' };
  expect(readConfig(environment)).toMatchObject({
    port: 80,
    host: '0.0.0.0',
    data: '/data',
    log: { kind: 'eventstoredb', url: remote.TONGJIAN_EVENT_LOG },
    views: { kind: 'redis', url: remote.TONGJIAN_VIEWS },
    role: 'web',
  });
  expect(readConfig(environment, { port: 0, data: '/other', role: 'projector' })).toMatchObject({
    port: 0,
    data: '/other',
    role: 'projector',
  });
});

it('takes a variable set to nothing for one not set', () => {
  const empty = { PORT: '', TONGJIAN_DATA: '', TONGJIAN_ROLE: '', TONGJIAN_EVENT_LOG: '', TONGJIAN_VIEWS: '' };
  expect(readConfig(empty)).toEqual(readConfig({}));
});

it('takes names of hosts, and says which of them is none', () => {
  expect(readConfig({ TONGJIAN_NAMES: ' Tongjian.example, plan.gov.example,' }).names).toEqual([
    'tongjian.example',
    'plan.gov.example',
  ]);
  for (const wrong of ['http://a.example', 'a.example:80', 'a example', '-a', 'a/b']) {
    expect(() => readConfig({ TONGJIAN_NAMES: wrong })).toThrow('不是主机名');
  }
});

it('takes the key of the credential store, and refuses what is none', () => {
  expect(readConfig({ TONGJIAN_SECRET_KEY: '0a'.repeat(32) }).secretKey).toBe('0a'.repeat(32));
  for (const wrong of ['0A'.repeat(32), '0a'.repeat(31), 'secret']) {
    expect(() => readConfig({ TONGJIAN_SECRET_KEY: wrong })).toThrow(/^TONGJIAN_SECRET_KEY 须为 64 位小写十六进制/);
  }
});

it('takes the ends of sessions and of the access log, within limits', () => {
  expect(readConfig({ TONGJIAN_SESSION_IDLE: '10' }).sessionEnds).toEqual({ idle: 10 });
  expect(readConfig({ TONGJIAN_SESSION_LONGEST: '60' }).sessionEnds).toEqual({ absolute: 60 });
  expect(readConfig({ TONGJIAN_ACCESS_LOG_DAYS: '365' }).accessLogDays).toBe(365);
  const wrong = { TONGJIAN_SESSION_IDLE: '0', TONGJIAN_SESSION_LONGEST: '1441', TONGJIAN_ACCESS_LOG_DAYS: '183' };
  for (const [setting, value] of Object.entries(wrong)) {
    expect(() => readConfig({ [setting]: value })).toThrow(new RegExp(`^${setting}=${value} 须为`));
  }
  expect(() => readConfig({ TONGJIAN_SESSION_IDLE: '1e2' })).toThrow(ConfigError);
});

describe('an OpenID provider', () => {
  const settings = {
    TONGJIAN_OIDC_ISSUER: 'https://id.example/realm',
    TONGJIAN_OIDC_CLIENT_ID: 'tongjian',
    TONGJIAN_OIDC_CLIENT_SECRET: 'hidden',
    TONGJIAN_OIDC_REDIRECT: 'https://tongjian.example/api/oidc/callback',
  };

  it('is set whole or not at all', () => {
    expect(readConfig(settings).openId).toEqual({
      issuer: 'https://id.example/realm',
      clientId: 'tongjian',
      clientSecret: 'hidden',
      redirect: 'https://tongjian.example/api/oidc/callback',
      acr: [],
    });
    expect(readConfig({ ...settings, TONGJIAN_OIDC_ACR: 'gold,silver' }).openId?.acr).toEqual(['gold', 'silver']);
    expect(readConfig({ TONGJIAN_OIDC_CLIENT_ID: 'tongjian' }).openId).toBeUndefined();
    for (const missing of ['TONGJIAN_OIDC_CLIENT_ID', 'TONGJIAN_OIDC_CLIENT_SECRET', 'TONGJIAN_OIDC_REDIRECT']) {
      expect(() => readConfig({ ...settings, [missing]: '' })).toThrow(`还须设置 ${missing}`);
    }
  });

  it('is reached over TLS, except on this machine', () => {
    for (const wrong of [
      'http://id.example',
      'id.example',
      'https://id.example/?a=b',
      'ftp://id.example',
      'http://127.0.0.1.example',
    ]) {
      expect(() => readConfig({ ...settings, TONGJIAN_OIDC_ISSUER: wrong })).toThrow(/^TONGJIAN_OIDC_ISSUER=/);
    }
    const local = { ...settings, TONGJIAN_OIDC_ISSUER: 'http://127.0.0.1:8080' };
    expect(readConfig(local).openId?.issuer).toBe('http://127.0.0.1:8080');
  });
});

describe('the address of a log', () => {
  const address = (text: string) => logAddress(text, '/srv/data', '--from');

  it.each([
    ['sqlite:', '/srv/data/log.sqlite'],
    ['sqlite:/disk2', '/disk2/log.sqlite'],
    ['sqlite:/disk2/', '/disk2/log.sqlite'],
    ['sqlite:/disk2/2026.11', '/disk2/2026.11/log.sqlite'],
    ['sqlite:/disk2/log.sqlite', '/disk2/log.sqlite'],
    ['sqlite:elsewhere', join(process.cwd(), 'elsewhere', 'log.sqlite')],
  ])('%s is the file %s', (text, path) => {
    expect(address(text)).toEqual({ kind: 'sqlite', path });
  });

  it.each(['esdb://log:2113?tls=false', 'esdb+discover://cluster.example'])('%s is a server', (url) => {
    expect(address(url)).toEqual({ kind: 'eventstoredb', url });
  });

  it.each(['', '/srv/log.sqlite', 'mysql://x', 'esdb://', 'redis://x', 'SQLITE:x'])(
    '“%s” is refused, by name',
    (text) => {
      expect(() => address(text)).toThrow(ConfigError);
      expect(() => address(text)).toThrow(/^--from=/);
    },
  );
});

it.each([
  [{ PORT: '99999' }, {}, /^PORT=99999 /],
  [{ TONGJIAN_EVENT_LOG: 'mysql://x' }, {}, /^TONGJIAN_EVENT_LOG=mysql:\/\/x 不是日志地址/],
  [{ TONGJIAN_EVENT_LOG: '/data/log.sqlite' }, {}, /^TONGJIAN_EVENT_LOG=/],
  [{ TONGJIAN_EVENT_LOG: 'esdb://' }, {}, /^TONGJIAN_EVENT_LOG=/],
  [{ TONGJIAN_VIEWS: 'esdb://log' }, {}, /^TONGJIAN_VIEWS=.* 不是视图地址/],
  [{ TONGJIAN_ROLE: 'reader' }, {}, /^TONGJIAN_ROLE=reader 不是角色/],
  [{}, { role: 'reader' }, /^--role=reader 不是角色/],
  [{}, { role: 'web' }, /TONGJIAN_EVENT_LOG 是本机文件/],
  [{ ...remote, TONGJIAN_VIEWS: 'sqlite:' }, { role: 'projector' }, /TONGJIAN_VIEWS 是本机文件/],
])('refuses %j with %j, naming the setting', (environment, flags, message) => {
  expect(() => readConfig(environment, flags)).toThrow(ConfigError);
  expect(() => readConfig(environment, flags)).toThrow(message);
});

it('never shows a password', () => {
  const secret = { TONGJIAN_EVENT_LOG: 'esbd://user:secret@log:2113' };
  expect(() => readConfig(secret)).toThrow(/esbd:\/\/\*\*\*@log:2113/);
  expect(redacted('redis://:se/cret@host/0')).not.toContain('cret');
  expect(redacted('esdb://:se/cret@host')).not.toContain('cret');
});

it('owns every folder with an embedded file, and none where there is none', () => {
  const folders = (environment: NodeJS.ProcessEnv) => ownedFolders(readConfig(environment, { data: '/data' }));
  expect(folders({})).toEqual(['/data']);
  expect(folders({ TONGJIAN_EVENT_LOG: 'sqlite:/disk2/log.sqlite' })).toEqual(['/data', '/disk2']);
  expect(folders({ TONGJIAN_VIEWS: remote.TONGJIAN_VIEWS })).toEqual(['/data']);
  expect(folders(remote)).toEqual([]);
  expect(isShareable(readConfig(remote))).toBe(true);
  expect(isShareable(readConfig({ ...remote, TONGJIAN_VIEWS: 'sqlite:' }))).toBe(false);
});

describe('what other machines can reach', () => {
  const fit = (environment: NodeJS.ProcessEnv, demo: boolean) => () =>
    assertFitToListen(readConfig(environment, { data: '/srv/data', demo }));
  const proxied = { TONGJIAN_HOST: '0.0.0.0', TONGJIAN_PROXY: 'tls' };

  it('is behind TLS', () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.7', 'tongjian.example']) {
      expect(fit({ TONGJIAN_HOST: host }, false)).toThrow(/TONGJIAN_PROXY=tls/);
    }
    expect(fit(proxied, false)).not.toThrow();
  });

  it('has no accounts of the demonstration, which have no passwords', () => {
    expect(fit(proxied, true)).toThrow(/--no-demo/);
  });

  it('is nothing on loopback', () => {
    for (const host of ['127.0.0.1', '::1', 'localhost']) expect(fit({ TONGJIAN_HOST: host }, true)).not.toThrow();
  });
});
