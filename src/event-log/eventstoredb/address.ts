/** Not an address of EventStoreDB, or one with an option that Tongjian does not support. */
export class EventStoreDbAddressError extends Error {
  override readonly name = 'EventStoreDbAddressError';
}

const supported = new Set(
  [
    ...['tls', 'tlsCAFile', 'userCertFile', 'userKeyFile', 'connectionName', 'keepAliveInterval', 'keepAliveTimeout'],
    ...['maxDiscoverAttempts', 'discoveryInterval', 'gossipTimeout'],
  ].map((option) => option.toLowerCase()),
);

/**
 * How the leader of a cluster is looked for: one round of gossip, a pause of 200 ms, then the next round. A node that
 * hangs holds up a round for two seconds.
 */
const clusterOptions = { maxDiscoverAttempts: 1, discoveryInterval: 200, gossipTimeout: 2 };

/** Whether the leader is found by gossip: the address names several nodes, or a name that stands for them. */
export const isClusterAddress = (url: string): boolean =>
  /^esdb\+discover:/i.test(url) || url.split('?')[0]!.split('@').at(-1)!.includes(',');

/**
 * The address with the options that it leaves open, where it is a cluster's.
 * @throws {EventStoreDbAddressError} it has an option that is not supported
 */
export function withOptions(url: string): string {
  const [, query = ''] = url.split('?');
  const given = query.split('&').filter((option) => option !== '');
  // The client only warns of options that it does not know; some that it knows would break what is relied on here.
  const strange = given.map(nameOf).find((name, index) => {
    const isUsual = given[index]!.toLowerCase() === 'nodepreference=leader';
    return !supported.has(name.toLowerCase()) && !isUsual;
  });
  if (strange !== undefined) throw new EventStoreDbAddressError(`option ${strange} is not understood`);
  if (!isClusterAddress(url)) return url;
  const named = given.map((option) => nameOf(option).toLowerCase());
  const added = Object.entries(clusterOptions)
    .filter(([name]) => !named.includes(name.toLowerCase()))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  if (added === '') return url;
  return `${url}${query !== '' ? '&' : url.includes('?') ? '' : '?'}${added}`;
}

const nameOf = (option: string): string => option.split('=')[0]!;
