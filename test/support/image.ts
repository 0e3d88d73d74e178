import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

export const dockerfile = (): string => readFileSync('Dockerfile', 'utf8');

/** The last stage: what runs. */
const runtime = (): string => dockerfile().slice(dockerfile().lastIndexOf('\nFROM'));

/** What the image has, by its place in the repository and in the program's folder. */
export function copiedIntoImage(): { source: string; target: string }[] {
  return [...runtime().matchAll(/^COPY (?:--from=\w+ )?(.+) (\S+)$/gm)].flatMap(([, sources, target]) =>
    sources!.split(' ').map((text) => {
      const source = text.replace(/^\/build\//, '');
      return { source, target: target!.endsWith('/') ? target!.replace(/^\.\//, '') + basename(source) : target! };
    }),
  );
}

/** Its settings. */
export function imageSettings(): Record<string, string> {
  const [, settings] = /^ENV ((?:.*\\\n)*.*)$/m.exec(runtime())!;
  return Object.fromEntries([...settings!.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name!, value!]));
}

/** The command with which Docker asks whether it is well. */
export function healthCheck(): string[] {
  const [, command] = /^HEALTHCHECK .*\\\n +CMD (.*)$/m.exec(runtime())!;
  return JSON.parse(command!) as string[];
}
