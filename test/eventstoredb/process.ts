import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { compileInto } from '../faults/compiled.js';

export interface EventStoreProcess {
  readonly url: string;
  /** Ends it as a crash does; what it had stored is in its file. */
  kill(): Promise<void>;
  /** It neither answers nor ends, and its connections stay open, until it is resumed. */
  pause(): void;
  resume(): void;
}

/** The test server as a process of its own, from code compiled into a folder that several may share. */
export async function startEventStoreProcess(
  code: string,
  { file, port = 0 }: { file: string; port?: number },
): Promise<EventStoreProcess> {
  if (!existsSync(code)) await compileInto(code, ['test/eventstoredb', 'test/support']);
  const script = join(code, 'test', 'eventstoredb', 'main.js');
  const child = spawn(process.execPath, [script, String(port), file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: said.toString().trim(),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async kill() {
      const ended = once(child, 'close');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
