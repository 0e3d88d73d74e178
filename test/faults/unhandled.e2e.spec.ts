import { once } from 'node:events';
import { connect } from 'node:net';
import { startProgram, startProgramIn } from '../support/program.js';
import { until } from '../support/until.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

/** Code that the program loads first: an error that nothing handles, when the test asks for it. */
const failing = {
  rejection: `process.on('SIGUSR2', () => void Promise.reject(new Error('no listener')))`,
  exception: `process.on('SIGUSR2', () => setTimeout(() => { throw new Error('no listener'); }))`,
};
const preload = (script: string) => ({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` });

describe('an error that no code handles', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => (folder = await temporaryFolder()));
  afterAll(() => folder.remove());

  it.each(Object.entries(failing))(
    '(%s) is logged and ends the server in order, with code 70',
    async (kind, script) => {
      const data = folder.path(kind);
      const { child, url } = await startProgramIn(preload(script), data, '--no-demo');
      let said = '';
      child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const ended = once(child, 'close') as Promise<[number | null]>;

      // A request that is in flight is still answered.
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      let answer = '';
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
      const answered = once(socket, 'close');
      const request = ['POST /api/submissions HTTP/1.1', 'Host: localhost', 'Content-Type: application/json'];
      socket.write([...request, 'Content-Length: 12', 'Expect: 100-continue', '', '{"fil'].join('\r\n'));
      await until(() => answer.includes('100 Continue'));
      child.kill('SIGUSR2');
      await until(() => said.includes('no listener'));
      socket.write('es":1}\n');
      await answered;
      expect(answer).toMatch(/\r\nHTTP\/1\.1 401 [^]*"code":"access\.not-signed-in"/);

      expect((await ended)[0]).toBe(70);
      expect(said).toMatch(/^未预料的错误，正在停止：Error: no listener\n +at /m);

      // The folder is free, and the next start finds it sound.
      const again = await startProgram(data, '--no-demo');
      expect((await fetch(new URL('/api/health/ready', again.url))).status).toBe(200);
      again.child.kill('SIGTERM');
      expect(((await once(again.child, 'close')) as [number | null])[0]).toBe(0);
    },
  );
});
