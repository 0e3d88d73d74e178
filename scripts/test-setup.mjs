// Makes ready what the tests need besides npm packages: Chromium, a font with Chinese characters, a Redis server that
// the tests start on ports of their own, and curl, from Debian's packages. Where that is not permitted it says precisely what to install, and stops.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const has = (command, ...words) => spawnSync(command, words, { stdio: 'ignore' }).status === 0;
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

const missing = [
  ...(existsSync(chromium) ? [] : ['chromium']),
  ...(has('sh', '-c', 'fc-list :lang=zh | grep -q .') ? [] : ['fontconfig', 'fonts-noto-cjk']),
  ...(has('redis-server', '--version') ? [] : ['redis-server']),
  ...(has('curl', '--version') ? [] : ['curl']),
];

if (missing.length > 0) {
  const permitted = process.getuid?.() === 0 && has('sh', '-c', 'command -v apt-get');
  if (!permitted) {
    console.error(
      `The tests need Debian's packages ${missing.join(', ')}. Install them and run the tests again:\n` +
        `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}\n` +
        `(or set CHROMIUM to the path of a Chromium of your own)`,
    );
    process.exit(1);
  }
  console.log(`installing ${missing.join(', ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words) =>
    execFileSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...missing);
}
