import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DomainError, refused } from '../kernel/errors.js';

export const SCANNER = Symbol('Scanner');

/** Looks for viruses in a file before it is kept. @throws {DomainError} `evidence.infected`, `evidence.scan-failed` */
export type Scanner = (bytes: Buffer) => Promise<void>;

const patience = 60_000;

/**
 * A scanner that is a program, with arguments apart by blanks: it reads the file from standard input and ends with 0 for a clean one
 * and 1 for an infected one, as `clamdscan -` does. Without a program nothing is scanned.
 */
export const scannerOf =
  (program: string | undefined): Scanner =>
  async (bytes) => {
    if (program === undefined) return;
    const [command = '', ...words] = program.split(' ');
    const child = spawn(command, words, { stdio: ['pipe', 'ignore', 'ignore'], timeout: patience });
    child.stdin.on('error', () => undefined).end(bytes);
    const code = await once(child, 'exit').then(
      ([exit]: unknown[]) => exit,
      () => undefined,
    );
    if (code === 0) return;
    if (code === 1) throw refused('evidence.infected', '病毒扫描认为该文件有问题，没有留存：请检查后换一个文件');
    throw new DomainError(
      'unavailable',
      'evidence.scan-failed',
      '病毒扫描程序没有给出结果，没有留存：请稍后再试，或告知系统管理员',
    );
  };
