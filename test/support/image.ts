import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

export const dockerfile = (): string => readFileSync('Dockerfile', 'utf8');

/** The last build stage of the Dockerfile, which is the image that runs. */
const runtime = (): string => dockerfile().slice(dockerfile().lastIndexOf('\nFROM'));

/** Files and folders copied into the image, with their paths in the repository and in the program's folder. */
export function copiedIntoImage(): { source: string; target: string }[] {
  return [...runtime().matchAll(/^COPY (?:--from=\w+ )?(.+) (\S+)$/gm)].flatMap(([, sources, target]) =>
    sources!.split(' ').map((text) => {
      const source = text.replace(/^\/build\//, '');
      return { source, target: target!.endsWith('/') ? target!.replace(/^\.\//, '') + basename(source) : target! };
    }),
  );
}

/** The environment variables that the image sets. */
export function imageSettings(): Record<string, string> {
  const [, settings] = /^ENV ((?:.*\\\n)*.*)$/m.exec(runtime())!;
  return Object.fromEntries([...settings!.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name!, value!]));
}

/** The image's HEALTHCHECK command. */
export function healthCheck(): string[] {
  const [, command] = /^HEALTHCHECK .*\\\n +CMD (.*)$/m.exec(runtime())!;
  return JSON.parse(command!) as string[];
}
