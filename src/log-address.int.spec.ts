import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, logAddress, redacted } from './config.js';

const address = (text: string) => logAddress(text, '/srv/data', '--from');

it.each([
  ['sqlite:', '/srv/data/log.sqlite'],
  ['sqlite:/disk2', '/disk2/log.sqlite'],
  ['sqlite:/disk2/', '/disk2/log.sqlite'],
  ['sqlite:/disk2/2026.11', '/disk2/2026.11/log.sqlite'],
  ['sqlite:/disk2/log.sqlite', '/disk2/log.sqlite'],
  ['sqlite:elsewhere', join(process.cwd(), 'elsewhere', 'log.sqlite')],
])('%s is %s', (text, path) => {
  expect(address(text)).toEqual({ kind: 'sqlite', path });
});

it.each(['esdb://log:2113?tls=false', 'esdb+discover://cluster.example'])('%s is a server', (url) => {
  expect(address(url)).toEqual({ kind: 'eventstoredb', url });
});

it('a file that is there is the file, whatever its name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongjian-address-'));
  const path = join(folder, 'events.db');
  writeFileSync(path, '');
  expect(address(`sqlite:${path}`)).toEqual({ kind: 'sqlite', path });
  rmSync(folder, { recursive: true });
});

it.each(['', '/srv/log.sqlite', 'mysql://x', 'esdb://', 'redis://x', 'SQLITE:x'])(
  '“%s” is refused, by name',
  (text) => {
    expect(() => address(text)).toThrow(ConfigError);
    expect(() => address(text)).toThrow(/^--from=/);
  },
);

it('never shows a password', () => {
  expect(() => address('esbd://user:secret@log:2113')).toThrow(/esbd:\/\/\*\*\*@log:2113/);
  expect(redacted('esdb://:se/cret@host')).not.toContain('cret');
});
