import { assertRefusal } from '../../test/support/decider-spec.js';
import { gb18030, utf16 } from '../../test/support/encoded.js';
import { memoryEngine } from '../../test/support/engine.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import type { FolderContent } from './folder-text.js';

let engine: Engine;
beforeEach(() => void (engine = memoryEngine()));

const inAnother = (encode: (text: string) => Uint8Array): FolderContent =>
  Object.fromEntries(Object.entries(smallPlan()).map(([name, text]) => [name, encode(text)]));

async function problemsOf(files: FolderContent) {
  const refusal: unknown = await engine.submissions.submit(files).catch((error: unknown) => error);
  assertRefusal(refusal, 'it was taken');
  expect(await engine.log.head()).toBeUndefined();
  return refusal.problems;
}

it('the same folder in another encoding is the same submission, and its encodings are said', async () => {
  const first = await engine.submissions.submit(smallPlan());
  expect(first).not.toHaveProperty('encodings');
  for (const [encoding, encode] of [
    ['GB18030', gb18030],
    ['UTF-16LE', (text: string) => utf16(text, 'LE')],
    ['UTF-16BE', (text: string) => utf16(text, 'BE')],
  ] as const) {
    const again = await engine.submissions.submit(inAnother(encode));
    const encodings = { 'plan.yaml': encoding, 'indicators.yaml': encoding, 'history.csv': encoding };
    expect(again).toMatchObject({ submission: first.submission, events: 0, encodings });
  }
  expect(await engine.submissions.submit(inAnother((text) => Buffer.from(text)))).toEqual({ ...first, events: 0 });
});

it('names that come in GB18030 are stored as what they are', async () => {
  await engine.submissions.submit(inAnother(gb18030));
  const [drafted] = await engine.log.readStream('plan-small');
  expect(drafted!.data).toMatchObject({ title: '小规划', territory: '丽水市' });
});

describe('a file that is no text is refused by its name, before its columns are looked at', () => {
  it.each<[string, Uint8Array, RegExp]>([
    [
      'a workbook',
      Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00),
      /不是 UTF-8、UTF-16 或 GB18030 的文本文件：.*工作簿/,
    ],
    [
      'a picture',
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0),
      /不是 UTF-8、UTF-16 或 GB18030 的文本文件/,
    ],
  ])('%s', async (_, bytes, message) => {
    expect(await problemsOf({ ...smallPlan(), 'targets.csv': bytes })).toEqual([
      { file: 'targets.csv', code: 'folder.not-text', message: expect.stringMatching(message) as string },
    ]);
  });
});

it.each([
  ['\uFFFD', /乱码字符 U\+FFFD/],
  ['\u0007', /控制字符 U\+0007/],
  ['\uFFFF', /非字符 U\+FFFF/],
])('a file with the character %j is refused by its line', async (character, message) => {
  const files = smallPlan(['history.csv', '2022 年名录', `2022 年${character}录`]);
  expect(await problemsOf(files)).toEqual([
    { file: 'history.csv', row: 3, code: 'folder.characters', message: expect.stringMatching(message) as string },
  ]);
});

it('line ends of other systems are stored as line feeds', async () => {
  const cell = ['history.csv', '2022 年名录', '"2022 年\n名录"'] as const;
  const files = smallPlan([...cell]);
  const other = { ...files, 'history.csv': files['history.csv']!.replaceAll('\n', '\r\n') };
  await engine.submissions.submit(other);
  const [measured] = await engine.log.readStream('figure-small.03.331102.2022');
  expect(measured!.metadata.evidence).toEqual([{ title: '2022 年\n名录' }]);
  expect(await engine.submissions.submit(files)).toMatchObject({ events: 0 });
});
