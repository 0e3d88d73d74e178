/** Address of a Redis, and the namespace of the keys that this installation uses. */
export interface RedisPlace {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly tls: boolean;
  /** Several installations may share a Redis, each with its own namespace. */
  readonly namespace: string;
  readonly cluster: boolean;
}

/** An invalid address of a Redis. The message never repeats the address, because it may contain a password. */
export class WrongRedisUrl extends Error {
  override readonly name = 'WrongRedisUrl';
}

/**
 * `redis://[user:password@]host[:port][/database][?namespace=name][&cluster=true]`, `rediss://` with TLS.
 * @throws {WrongRedisUrl}
 */
export function parseRedisUrl(text: string): RedisPlace {
  if (text.includes('#')) throw new WrongRedisUrl('Redis 地址不能含“#”：口令中的“#”请写作 %23');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['redis:', 'rediss:'].includes(url.protocol)) {
    throw new WrongRedisUrl('Redis 地址须为 redis://主机:端口 或 rediss://主机:端口（TLS）');
  }
  if (url.hostname === '') throw new WrongRedisUrl('Redis 地址缺少主机名');
  const { namespace = 'tongjian', cluster = 'false' } = settingsOf(url.searchParams);
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(namespace)) {
    throw new WrongRedisUrl('Redis 地址中的 namespace 只能用字母、数字、点、横线和下划线，至多 64 个');
  }
  if (!['true', 'false'].includes(cluster)) throw new WrongRedisUrl('Redis 地址中的 cluster 须为 true 或 false');
  const db = databaseOf(url.pathname);
  if (cluster === 'true' && db !== 0) throw new WrongRedisUrl('Redis 集群只有 0 号库：请去掉地址中的库号');
  return {
    // In a URL an IPv6 address is in brackets; ioredis needs it without.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 6379 : Number(url.port),
    db,
    username: credential(url.username),
    password: credential(url.password),
    tls: url.protocol === 'rediss:',
    namespace,
    cluster: cluster === 'true',
  };
}

function settingsOf(parameters: URLSearchParams): { namespace?: string; cluster?: string } {
  const names = [...parameters.keys()];
  const unknown = names.find((name) => !['namespace', 'cluster'].includes(name));
  if (unknown !== undefined) throw new WrongRedisUrl(`Redis 地址中没有“${unknown}”这一项：可用 namespace、cluster`);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new WrongRedisUrl(`Redis 地址中的 ${twice} 写了两次`);
  return Object.fromEntries(parameters);
}

function databaseOf(path: string): number {
  if (path === '' || path === '/') return 0;
  if (!/^\/\d{1,5}$/.test(path)) throw new WrongRedisUrl('Redis 地址中端口之后的库号须为整数，如 /0');
  return Number(path.slice(1));
}

function credential(text: string): string | undefined {
  try {
    return text === '' ? undefined : decodeURIComponent(text);
  } catch {
    throw new WrongRedisUrl('Redis 地址中的用户名或口令编码有误：“%”请写作 %25');
  }
}
