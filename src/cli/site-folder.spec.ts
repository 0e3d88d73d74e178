import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';
import { writeSite } from './site-folder.js';

let folder: TemporaryFolder;
let out: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  out = folder.path('site');
});
afterEach(() => folder.remove());

const bytes = (text: string) => Buffer.from(text);

/** A site of these files. */
function siteOf(...paths: readonly string[]): Record<string, Uint8Array> {
  const marker = { format: 'tongjian-site/1', files: [...paths, 'tongjian-site.json'] };
  return {
    ...Object.fromEntries(paths.map((path) => [path, bytes(path)])),
    'tongjian-site.json': bytes(JSON.stringify(marker)),
  };
}

const filesIn = () => readdirSync(out, { recursive: true, withFileTypes: false }).map(String).sort();

describe('the folder of a site', () => {
  it('is made, or was empty', () => {
    writeSite(out, siteOf('index.html', 'en/index.html'), false);
    expect(readFileSync(join(out, 'en/index.html'), 'utf8')).toBe('en/index.html');
    mkdirSync(folder.path('empty'));
    writeSite(folder.path('empty'), siteOf('index.html'), false);
  });

  it('is not written over', () => {
    writeSite(out, siteOf('index.html'), false);
    expect(() => writeSite(out, siteOf('index.html'), false)).toThrow(
      expect.objectContaining({ code: 'site.folder-not-empty' }) as Error,
    );
  });

  it('is replaced if it is a site: its own files go, others stay', () => {
    writeSite(out, siteOf('index.html', 'indicators/01.html', 'data/areas.csv'), false);
    writeFileSync(join(out, 'data/logo.png'), 'logo');
    writeSite(out, siteOf('index.html', 'indicators/02.html'), true);
    expect(filesIn()).toEqual(
      ['data', 'data/logo.png', 'index.html', 'indicators', 'indicators/02.html', 'tongjian-site.json'].sort(),
    );
  });

  it.each([
    ['without a marker', undefined],
    ['with the marker of something else', '{"format":"other","files":["kept"]}'],
    ['with a marker that is no JSON', 'site'],
    ['with a marker that leads out of it', '{"format":"tongjian-site/1","files":["../kept"]}'],
  ])('is not replaced %s', (_, marker) => {
    mkdirSync(out);
    writeFileSync(folder.path('kept'), 'kept');
    writeFileSync(join(out, 'kept'), 'kept');
    if (marker !== undefined) writeFileSync(join(out, 'tongjian-site.json'), marker);
    expect(() => writeSite(out, siteOf('index.html'), true)).toThrow(
      expect.objectContaining({ code: 'site.folder-not-a-site' }) as Error,
    );
    expect([existsSync(folder.path('kept')), existsSync(join(out, 'kept'))]).toEqual([true, true]);
  });
});
