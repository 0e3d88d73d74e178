import { parseRedisUrl, WrongRedisUrl } from './redis-url.js';

const plain = {
  host: 'redis',
  port: 6379,
  db: 0,
  username: undefined,
  password: undefined,
  tls: false,
  namespace: 'tongjian',
  cluster: false,
};

it.each([
  ['redis://redis', plain],
  ['redis://redis:7000/', { ...plain, port: 7000 }],
  [
    'rediss://views:p%40ss%23@redis:6380/3',
    { ...plain, port: 6380, db: 3, username: 'views', password: 'p@ss#', tls: true },
  ],
  ['redis://:secret@redis', { ...plain, password: 'secret' }],
  [
    'redis://[::1]:6379?namespace=lishui-1&cluster=true',
    { ...plain, host: '::1', namespace: 'lishui-1', cluster: true },
  ],
  ['redis://redis/0?cluster=true', { ...plain, cluster: true }],
])('parses %s', (url, place) => expect(parseRedisUrl(url)).toEqual(place));

it.each([
  ['', 'redis://主机:端口'],
  ['redis', 'redis://主机:端口'],
  ['http://redis:6379', 'redis://主机:端口'],
  ['redis://redis:99999', 'redis://主机:端口'],
  ['redis://', '主机名'],
  ['redis:///0', '主机名'],
  ['redis://:se#cret@redis', '#'],
  ['redis://redis/views', '库号'],
  ['redis://redis/1/2', '库号'],
  ['redis://redis/1?cluster=true', '集群'],
  ['redis://redis?cluster=yes', 'cluster'],
  ['redis://redis?namespace=', 'namespace'],
  ['redis://redis?namespace={a}', 'namespace'],
  ['redis://redis?namespace=a&namespace=b', '两次'],
  ['redis://redis?prefix=a', 'prefix'],
  ['redis://a:%E0%A4%A@redis', '%25'],
])('refuses %j with a message that names the mistake', (url, what) => {
  expect(() => parseRedisUrl(url)).toThrow(WrongRedisUrl);
  expect(() => parseRedisUrl(url)).toThrow(what);
});

it.each(['redis://views:s3cret@redis/x', 'redis://views:s3cret@redis?x=1', 'redis://views:s3cret@redis:99999'])(
  'does not repeat the password in the message: %s',
  (url) => {
    const refused = () => parseRedisUrl(url);
    expect(refused).toThrow(WrongRedisUrl);
    expect(refused).not.toThrow('s3cret');
  },
);
