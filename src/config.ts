import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Where the log or the views are: a file of this machine, or a server. */
export type LogAddress = SqliteAddress | { readonly kind: 'eventstoredb'; readonly url: string };
export type ViewsAddress = SqliteAddress | { readonly kind: 'redis'; readonly url: string };
interface SqliteAddress {
  readonly kind: 'sqlite';
  readonly path: string;
}

/**
 * What a process does of the whole work: `web` takes commands and answers queries, `projector` keeps the views up with
 * the log and loads the plans that come along, `all` is both.
 */
export const roles = ['all', 'web', 'projector'] as const;
export type Role = (typeof roles)[number];

export interface Config {
  readonly port: number;
  /** The address to listen on: loopback, unless something in front of it lets in only whom it should. */
  readonly host: string;
  /** Host names under which people reach it, besides `localhost`; addresses always reach it. */
  readonly names: readonly string[];
  /** Data folder: files, and the log and the views where they are embedded. */
  readonly data: string;
  readonly log: LogAddress;
  readonly views: ViewsAddress;
  readonly role: Role;
  /** Load the demonstration data (示例数据) at the start. */
  readonly demo: boolean;
  /** A proxy in front of the server ends TLS, and says in `X-Forwarded-For` who asks. */
  readonly isBehindTls: boolean;
  /** What the operator shows to several processes alike; each makes its own at its start where none is set. */
  readonly operatorKey?: string;
  /** Encrypts what the credential store has to read again, 64 hex digits; a file of the data folder where none is set. */
  readonly secretKey?: string;
  readonly openId?: OpenIdSettings;
  /** The program that looks for viruses in evidence files; none are looked for where none is set. */
  readonly scanProgram?: string;
  /** Hosts inside the network to which webhooks may send; others are reached by public addresses only. */
  readonly webhookHosts: readonly string[];
  /** Where feeds may fetch from, besides public addresses: hosts inside the network, and a folder of this machine. */
  readonly feeds: { readonly hosts: readonly string[]; readonly folder?: string };
  /** Minutes after which a session ends without use, and at the latest, where they are not the usual ones. */
  readonly sessionEnds: { readonly idle?: number; readonly absolute?: number };
  /** Days after which entries of the access log are removed; none are where none is set. */
  readonly accessLogDays?: number;
}

/** An OpenID provider by which people sign in. */
export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The address of `/api/oidc/callback` as the provider knows it. */
  readonly redirect: string;
  /** Values of `acr` that stand for a second factor. */
  readonly acr: readonly string[];
}

/** What the command line may say, before the environment. */
export interface Flags {
  readonly port?: number;
  readonly data?: string;
  readonly role?: string;
  readonly demo?: boolean;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Settings come from the environment; flags of the command line go before them. @throws {ConfigError} naming the setting */
export function readConfig(environment: NodeJS.ProcessEnv, flags: Flags = {}): Config {
  const data = resolve(flags.data ?? set(environment.TONGJIAN_DATA) ?? 'data');
  const config: Config = {
    port: flags.port ?? portOf(set(environment.PORT)),
    host: set(environment.TONGJIAN_HOST) ?? '127.0.0.1',
    names: namesOf(set(environment.TONGJIAN_NAMES) ?? ''),
    webhookHosts: hostsOf(environment, 'TONGJIAN_WEBHOOK_HOSTS'),
    feeds: feedPlacesOf(environment),
    data,
    log: logAddress(set(environment.TONGJIAN_EVENT_LOG) ?? 'sqlite:', data, 'TONGJIAN_EVENT_LOG'),
    views: viewsAddress(set(environment.TONGJIAN_VIEWS) ?? 'sqlite:', data, 'TONGJIAN_VIEWS'),
    role: roleOf(flags.role ?? set(environment.TONGJIAN_ROLE), flags.role === undefined ? 'TONGJIAN_ROLE' : '--role'),
    demo: flags.demo ?? true,
    isBehindTls: isBehindTls(set(environment.TONGJIAN_PROXY)),
    ...operatorKeyOf(set(environment.TONGJIAN_OPERATOR_KEY)),
    ...secretKeyOf(set(environment.TONGJIAN_SECRET_KEY)),
    ...openIdOf(environment),
    ...(set(environment.TONGJIAN_SCAN) && { scanProgram: environment.TONGJIAN_SCAN }),
    ...sessionEndsOf(environment),
    ...accessLogDaysOf(environment),
  };
  if (config.role !== 'all' && !isShareable(config)) {
    const embedded = config.log.kind === 'sqlite' ? 'TONGJIAN_EVENT_LOG' : 'TONGJIAN_VIEWS';
    throw new ConfigError(
      `角色 ${config.role} 须与其他进程共用日志和视图，而 ${embedded} 是本机文件（sqlite:）：请改为 esdb://… 与 redis://…，或用 --role=all`,
    );
  }
  return config;
}

/** Several processes may work on it. */
export const isShareable = ({ log, views }: Config): boolean => log.kind !== 'sqlite' && views.kind !== 'sqlite';

/** The folders that one process has to have for itself: those with embedded files. */
export function ownedFolders({ data, log, views }: Config): string[] {
  const embedded = [log, views].flatMap((address) => (address.kind === 'sqlite' ? [dirname(address.path)] : []));
  return embedded.length === 0 ? [] : [...new Set([data, ...embedded])].sort();
}

/**
 * `sqlite:` is the file in the data folder; `sqlite:<path>` another file, or another data folder where the path neither
 * ends in `.sqlite` nor is a file; a server's address is its client's business.
 * @throws {ConfigError} naming `setting`
 */
export function logAddress(text: string, data: string, setting: string): LogAddress {
  if (text.startsWith('sqlite:')) return { kind: 'sqlite', path: sqlitePath(text, data, 'log.sqlite') };
  if (/^(esdb|esdb\+discover):\/\/./.test(text)) return { kind: 'eventstoredb', url: text };
  throw new ConfigError(
    `${setting}=${redacted(text)} 不是日志地址：请写 sqlite:<文件或数据文件夹>、esdb://<主机>:<端口>?tls=… 或 esdb+discover://<域名>`,
  );
}

/** @throws {ConfigError} naming `setting` */
export function viewsAddress(text: string, data: string, setting: string): ViewsAddress {
  if (text.startsWith('sqlite:')) return { kind: 'sqlite', path: sqlitePath(text, data, 'views.sqlite') };
  if (/^rediss?:\/\/./.test(text)) return { kind: 'redis', url: text };
  throw new ConfigError(
    `${setting}=${redacted(text)} 不是视图地址：请写 sqlite:<文件或数据文件夹>、redis://<主机>:<端口>/<库> 或 rediss://…（TLS）`,
  );
}

/** An address as it may be shown: without its password. */
export const redacted = (address: string): string => address.replace(/\/\/.*@/, '//***@').slice(0, 200);

function sqlitePath(text: string, data: string, file: string): string {
  const path = resolve(text === 'sqlite:' ? data : text.slice('sqlite:'.length));
  const isFile = path.endsWith('.sqlite') || statSync(path, { throwIfNoEntry: false })?.isFile();
  return isFile ? path : join(path, file);
}

/** A variable that is set to nothing is not set. */
const set = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

function roleOf(text: string | undefined, setting: string): Role {
  if (text === undefined) return 'all';
  const role = roles.find((known) => known === text);
  if (role) return role;
  throw new ConfigError(`${setting}=${text.slice(0, 80)} 不是角色：请写 ${roles.join('、')} 之一`);
}

/** Names are compared in lower case, as browsers send them. */
function namesOf(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const wrong = names.find((name) => !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name));
  if (wrong === undefined) return names;
  throw new ConfigError(
    `TONGJIAN_NAMES 中的 ${wrong.slice(0, 80)} 不是主机名：请写域名，以逗号分隔，不带 http://、端口和路径`,
  );
}

/** Names, and addresses as they stand in a URL, IPv6 without brackets. */
function hostsOf(environment: NodeJS.ProcessEnv, setting: string): string[] {
  const hosts = (environment[setting] ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean);
  const wrong = hosts.find((host) => !/^[a-z0-9:]([a-z0-9.:-]*[a-z0-9])?$/.test(host));
  if (wrong === undefined) return hosts;
  throw new ConfigError(
    `${setting} 中的 ${wrong.slice(0, 80)} 不是主机：请写域名或地址，以逗号分隔，不带 https://、端口和路径`,
  );
}

function feedPlacesOf(environment: NodeJS.ProcessEnv): Config['feeds'] {
  const folder = set(environment.TONGJIAN_FEED_FOLDER);
  const hosts = hostsOf(environment, 'TONGJIAN_FEED_HOSTS');
  return { hosts, ...(folder !== undefined && { folder: resolve(folder) }) };
}

function portOf(text: string | undefined): number {
  if (text === undefined) return 3000;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new ConfigError(`PORT=${text} 不是有效端口：请写 0–65535 的整数`);
  }
  return port;
}

function operatorKeyOf(key: string | undefined): Pick<Config, 'operatorKey'> {
  if (key === undefined) return {};
  if (/^[\x21-\x7e]{32,200}$/.test(key)) return { operatorKey: key };
  throw new ConfigError('TONGJIAN_OPERATOR_KEY 须为 32–200 个可见 ASCII 字符：请用随机数生成');
}

function isBehindTls(proxy: string | undefined): boolean {
  if (proxy === undefined || proxy === 'tls') return proxy === 'tls';
  throw new ConfigError(`TONGJIAN_PROXY=${proxy.slice(0, 80)}：前面有终止 TLS 的代理时写 tls，否则不设`);
}

/** Whether only this machine can reach the address. */
export const isLoopback = (host: string): boolean => /^127(\.\d{1,3}){3}$|^::1$|^localhost$/.test(host);

function sessionEndsOf(environment: NodeJS.ProcessEnv): Pick<Config, 'sessionEnds'> {
  const idle = whole(environment, 'TONGJIAN_SESSION_IDLE', 1, 24 * 60);
  const absolute = whole(environment, 'TONGJIAN_SESSION_LONGEST', 1, 24 * 60);
  return { sessionEnds: { ...(idle !== undefined && { idle }), ...(absolute !== undefined && { absolute }) } };
}

/** Logs of access are kept for six months at least (中华人民共和国网络安全法, article 21). */
function accessLogDaysOf(environment: NodeJS.ProcessEnv): Pick<Config, 'accessLogDays'> {
  const accessLogDays = whole(environment, 'TONGJIAN_ACCESS_LOG_DAYS', 184, 36_500);
  return accessLogDays === undefined ? {} : { accessLogDays };
}

function whole(environment: NodeJS.ProcessEnv, setting: string, min: number, max: number): number | undefined {
  const text = set(environment[setting]);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d{1,6}$/.test(text) && value >= min && value <= max) return value;
  throw new ConfigError(`${setting}=${text.slice(0, 20)} 须为 ${min}–${max} 的整数`);
}

function secretKeyOf(secretKey: string | undefined): Pick<Config, 'secretKey'> {
  if (secretKey === undefined) return {};
  if (/^[0-9a-f]{64}$/.test(secretKey)) return { secretKey };
  throw new ConfigError('TONGJIAN_SECRET_KEY 须为 64 位小写十六进制：可用 openssl rand -hex 32 生成');
}

function openIdOf(environment: NodeJS.ProcessEnv): Pick<Config, 'openId'> {
  const issuer = set(environment.TONGJIAN_OIDC_ISSUER);
  if (issuer === undefined) return {};
  return {
    openId: {
      issuer: openIdAddress(issuer, 'TONGJIAN_OIDC_ISSUER'),
      clientId: needed(environment, 'TONGJIAN_OIDC_CLIENT_ID'),
      clientSecret: needed(environment, 'TONGJIAN_OIDC_CLIENT_SECRET'),
      redirect: openIdAddress(needed(environment, 'TONGJIAN_OIDC_REDIRECT'), 'TONGJIAN_OIDC_REDIRECT'),
      acr: (set(environment.TONGJIAN_OIDC_ACR) ?? '').split(',').filter(Boolean),
    },
  };
}

function needed(environment: NodeJS.ProcessEnv, setting: string): string {
  const value = set(environment[setting]);
  if (value !== undefined) return value;
  throw new ConfigError(`设置了 TONGJIAN_OIDC_ISSUER，还须设置 ${setting}`);
}

/** What goes over a network needs TLS: a code or a key in it could be read. */
function openIdAddress(text: string, setting: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url?.protocol === 'http:' && isLoopback(url.hostname);
  if ((url?.protocol === 'https:' || isLocal) && url?.search === '' && url.hash === '') return text;
  throw new ConfigError(`${setting}=${redacted(text)} 须为 https:// 地址，不带 ? 和 #；本机可用 http://127.0.0.1`);
}

/**
 * That what can be reached from other machines is behind TLS, and has no accounts without passwords.
 * @throws {ConfigError} naming the setting
 */
export function assertFitToListen(config: Pick<Config, 'host' | 'role' | 'isBehindTls' | 'demo'>): void {
  if (!isLoopback(config.host) && config.role !== 'projector' && !config.isBehindTls) {
    throw new ConfigError(
      `TONGJIAN_HOST=${config.host.slice(0, 80)} 可由其他机器访问，密码须经 TLS 传送：请在前面设终止 TLS 的代理，并设 TONGJIAN_PROXY=tls`,
    );
  }
  if (!isLoopback(config.host) && config.demo && config.role === 'all') {
    throw new ConfigError(
      `TONGJIAN_HOST=${config.host.slice(0, 80)} 可由其他机器访问，不能带免密码的示例账号：请加 --no-demo 启动`,
    );
  }
}
