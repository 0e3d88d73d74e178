import { EventStoreDbAddressError, isClusterAddress, withOptions } from './address.js';

const options = 'maxDiscoverAttempts=1&discoveryInterval=200&gossipTimeout=2';

it.each([
  ['esdb+discover://log.example', `esdb+discover://log.example?${options}`],
  ['esdb://a,b,c', `esdb://a,b,c?${options}`],
  ['esdb://user:p,w@a:1,b:2/?tls=false', `esdb://user:p,w@a:1,b:2/?tls=false&${options}`],
  ['esdb://a,b?GossipTimeout=9', 'esdb://a,b?GossipTimeout=9&maxDiscoverAttempts=1&discoveryInterval=200'],
  [`esdb://a,b?${options}`, `esdb://a,b?${options}`],
])('adds to the address %s of a cluster what it leaves open', (url, complete) => {
  expect(isClusterAddress(url)).toBe(true);
  expect(withOptions(url)).toBe(complete);
});

it.each(['esdb://log.example', 'esdb://user:p,w@log.example:2113?tls=false', 'esdb://a?connectionName=a,b'])(
  'leaves the address %s of one node as it is',
  (url) => {
    expect(isClusterAddress(url)).toBe(false);
    expect(withOptions(url)).toBe(url);
  },
);

it('takes the usual preference for the leader, and no other', () => {
  expect(withOptions('esdb://a?nodePreference=leader')).toBe('esdb://a?nodePreference=leader');
  expect(() => withOptions('esdb://a?nodePreference=random')).toThrow(EventStoreDbAddressError);
});
