// Installs the Debian packages that the tests need: Chromium, a font with Chinese characters, redis-server (the tests
// start it on their own ports), curl, and LibreOffice Calc and Writer (without a display). Without permission to
// install, prints the packages to install and exits with code 1.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const succeeds = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

const office = process.env.SOFFICE ?? 'soffice';
// Writer is a library beside the program.
const writer = `test -e "$(dirname "$(readlink -f "$(command -v ${office})")")/libswlo.so"`;

const missing = [
  ...(existsSync(chromium) ? [] : ['chromium']),
  ...(succeeds('sh', '-c', 'fc-list :lang=zh | grep -q .') ? [] : ['fontconfig', 'fonts-noto-cjk']),
  ...(succeeds('redis-server', '--version') ? [] : ['redis-server']),
  ...(succeeds('curl', '--version') ? [] : ['curl']),
  ...(succeeds(office, '--version') ? [] : ['libreoffice-calc-nogui']),
  ...(succeeds('sh', '-c', writer) ? [] : ['libreoffice-writer-nogui']),
];

if (missing.length > 0) {
  const permitted = process.getuid?.() === 0 && succeeds('sh', '-c', 'command -v apt-get');
  if (!permitted) {
    console.error(
      `The tests need Debian's packages ${missing.join(', ')}. Install them and run the tests again:\n` +
        `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}\n` +
        `(or set CHROMIUM to the path of another Chromium, SOFFICE to that of another LibreOffice)`,
    );
    process.exit(1);
  }
  console.log(`installing ${missing.join(', ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...missing);
}
