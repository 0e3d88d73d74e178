import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertRefusal } from '../../test/support/decider-spec.js';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';
import type { Problem } from '../kernel/errors.js';
import { folderLimits, readFolder } from './read-folder.js';

let root: TemporaryFolder;
let folder: string;
let outside: string;
beforeEach(async () => {
  root = await temporaryFolder();
  [folder, outside] = [root.path('plan'), root.path('outside')];
  mkdirSync(folder);
  mkdirSync(outside);
  writeFileSync(join(folder, 'plan.yaml'), 'plan: x\n');
  writeFileSync(join(outside, 'secret.csv'), 'secret\n');
});

afterEach(() => root.remove());

function refusalOf(path: string): readonly Problem[] {
  try {
    readFolder(path);
  } catch (error) {
    assertRefusal(error, 'no refusal');
    expect(error).toMatchObject({ kind: 'invalid', code: 'submission.refused' });
    return error.problems;
  }
  throw new Error('it was read');
}

it('the files are read as bytes; hidden ones are left out, and folders, which are said', () => {
  writeFileSync(join(folder, '.hidden'), 'x');
  writeFileSync(join(folder, 'targets.csv'), Uint8Array.of(0xb3, 0xcf));
  mkdirSync(join(folder, 'scans'));
  mkdirSync(join(folder, '.git'));
  const passedOver: string[] = [];
  const files = readFolder(folder, (name) => passedOver.push(name));
  expect(Object.keys(files)).toEqual(['plan.yaml', 'targets.csv']);
  expect([...files['targets.csv']!]).toEqual([0xb3, 0xcf]);
  expect(passedOver).toEqual(['scans']);
});

describe('a link', () => {
  it.each([
    ['a file outside', () => join(outside, 'secret.csv')],
    ['a file outside, by a way that begins within', () => `${folder}/../outside/secret.csv`],
    ['a folder outside', () => outside],
    ['the folder itself', () => folder],
    ['a folder beside, of a name that begins alike', () => (mkdirSync(`${folder}-b`), `${folder}-b`)],
    ['nothing', () => join(folder, 'missing.csv')],
  ])('to %s is refused', (_, target) => {
    symlinkSync(target(), join(folder, 'targets.csv'));
    expect(refusalOf(folder)).toMatchObject([{ file: 'targets.csv', code: 'folder.link' }]);
  });

  it('that leads out over another link is refused', () => {
    symlinkSync(join(outside, 'secret.csv'), join(folder, '.way'));
    symlinkSync('.way', join(folder, 'targets.csv'));
    expect(refusalOf(folder)).toMatchObject([{ file: 'targets.csv', code: 'folder.link' }]);
  });

  it('to a file within is read, as a mounted configuration has them', () => {
    mkdirSync(join(folder, '..data'));
    writeFileSync(join(folder, '..data', 'targets.csv'), 'x');
    symlinkSync('..data/targets.csv', join(folder, 'targets.csv'));
    expect(Object.keys(readFolder(folder))).toEqual(['plan.yaml', 'targets.csv']);
  });

  it('may be the folder itself', () => {
    symlinkSync(folder, join(outside, 'here'));
    expect(Object.keys(readFolder(join(outside, 'here')))).toEqual(['plan.yaml']);
  });
});

it('a pipe is refused, and not waited for', () => {
  execFileSync('mkfifo', [join(folder, 'history.csv')]);
  expect(refusalOf(folder)).toMatchObject([{ file: 'history.csv', code: 'folder.not-a-file' }]);
  symlinkSync('history.csv', join(folder, 'targets.csv'));
  expect(refusalOf(folder)).toMatchObject([
    { file: 'history.csv' },
    { file: 'targets.csv', code: 'folder.not-a-file' },
  ]);
});

it('a name of broken bytes is refused', () => {
  // 说明.md, as another system’s archive had it.
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xcb, 0xb5, 0xc3, 0xf7, 0x2e, 0x6d, 0x64])]),
    'x',
  );
  expect(refusalOf(folder)).toMatchObject([{ code: 'folder.file-name' }]);
});

it('too many files, and too large ones, are refused before they are read', () => {
  for (let index = 0; index < folderLimits.files; index++) writeFileSync(join(folder, `note-${index}.md`), '');
  writeFileSync(join(folder, 'targets.csv'), '');
  truncateSync(join(folder, 'targets.csv'), folderLimits.bytes);
  expect(refusalOf(folder)).toEqual([
    { code: 'folder.too-many-files', message: expect.stringContaining('52 个文件') as string },
    { code: 'folder.too-large', file: 'targets.csv', message: expect.stringContaining('32.0 MB') as string },
  ]);
});
