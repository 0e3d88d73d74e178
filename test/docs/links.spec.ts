import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorsOf, markdownFiles, proseLines } from './markdown.js';

interface Link {
  readonly line: number;
  readonly target: string;
}

/** Links and images written `[…](target)`, one row a link; what stands in code is none. */
function linksOf(path: string): Link[] {
  return proseLines(path).flatMap((text, index) => {
    const written = text.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
    return [...written.matchAll(/\]\(<?([^)\s>]+)>?(?: +"[^"]*")?\)/g)].map((match) => ({
      line: index + 1,
      target: match[1]!,
    }));
  });
}

const leadsAway = (target: string) => /^[a-z][a-z+.-]*:/i.test(target);

/** Files and folders that stand here and in no clone, such as what a build or a bench wrote; none where there is no git. */
function keptOut(): string[] {
  const asked = spawnSync('git', ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory'], {
    encoding: 'utf8',
  });
  return asked.status === 0 ? asked.stdout.split('\n').filter((path) => path !== '') : [];
}

const onlyHere = keptOut().map((path) => path.replace(/\/$/, ''));
const isOnlyHere = (path: string) => onlyHere.some((kept) => path === kept || path.startsWith(`${kept}/`));

/** Why a link leads nowhere; undefined where it leads somewhere. */
function broken(from: string, target: string): string | undefined {
  const [file = '', anchor] = decodeURIComponent(target).split('#', 2);
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(path)) return `there is no ${path}`;
  if (isOnlyHere(path)) return `${path} is not in the repository`;
  if (anchor === undefined) return undefined;
  if (statSync(path).isDirectory() || !path.endsWith('.md')) return `${path} has no headings`;
  return anchorsOf(path).has(anchor) ? undefined : `${path} has no heading #${anchor}`;
}

const files = markdownFiles();

it('the pages are found', () => {
  expect(files).toEqual(
    expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/architecture.md']),
  );
});

it('links are found, and told from code', () => {
  expect(linksOf('README.md').map(({ target }) => target)).toContain('docs/architecture.md');
  expect(broken('docs/architecture.md', '../CONTRIBUTING.md#no-such-heading')).toContain('#no-such-heading');
  expect(broken('docs/architecture.md', 'no-such-page.md')).toContain('docs/no-such-page.md');
  expect(broken('docs/architecture.md', '../node_modules/jest/README.md')).toContain('is not in the repository');
});

it.each(files)('%s links to what exists', (path) => {
  const failures = linksOf(path)
    .filter(({ target }) => !leadsAway(target))
    .flatMap(({ line, target }) => {
      const why = broken(path, target);
      return why === undefined ? [] : [`${path}:${line} ${target}: ${why}`];
    });
  expect(failures).toEqual([]);
});
