import fc from 'fast-check';
import { gb18030, utf16 } from '../../test/support/encoded.js';
import { decodeText } from './text-file.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const chinese = '知悉日期,经办人\n2022-03-01,张三——“莲都区”𠮷\n';

describe('a text file is read in the encoding that it is in', () => {
  it.each([
    ['UTF-8', utf8(chinese), chinese],
    ['UTF-8', utf8(`\uFEFF${chinese}`), `\uFEFF${chinese}`],
    ['UTF-8', utf8(''), ''],
    ['UTF-8', utf8('plain,ascii\r\n'), 'plain,ascii\r\n'],
    ['UTF-16LE', utf16(chinese, 'LE'), chinese],
    ['UTF-16BE', utf16(chinese, 'BE'), chinese],
    ['GB18030', gb18030(chinese), chinese],
    ['GB18030', Uint8Array.of(0x84, 0x31, 0x95, 0x33, ...gb18030(chinese)), chinese],
    ['GB18030', gb18030('联通'), '联通'],
  ])('%s', (encoding, bytes, text) => {
    expect(decodeText(bytes)).toEqual({ text, encoding });
  });

  it('whatever is written in UTF-8 and UTF-16', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !/[\0\uFEFF]/.test(text));
    fc.assert(
      fc.property(texts, (text) => {
        expect(decodeText(utf8(text))).toEqual({ text, encoding: 'UTF-8' });
        expect(decodeText(utf16(text, 'LE'))).toEqual({ text, encoding: 'UTF-16LE' });
        expect(decodeText(utf16(text, 'BE'))).toEqual({ text, encoding: 'UTF-16BE' });
      }),
    );
  });

  it('Chinese text in GB18030 is never taken for another', () => {
    // The commonest characters, three quarters of what is written, among the letters and digits of a table.
    const common = [
      ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经',
    ];
    const cell = fc.array(fc.constantFrom(...common), { minLength: 4, maxLength: 12 }).map((all) => all.join(''));
    const table = fc.array(cell, { minLength: 3, maxLength: 20 }).map((cells) => `id,name\n01,${cells.join(',')}\n`);
    fc.assert(fc.property(table, (text) => expect(decodeText(gb18030(text))).toEqual({ text, encoding: 'GB18030' })));
  });
});

describe('what is no text in any of these is not guessed at', () => {
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d];
  it.each<[string, Uint8Array]>([
    ['a picture', Uint8Array.from(png)],
    ['a workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 0x14, 0, 6, 0, 8, 0, 0, 0, 0x21, 0, 0xb5, 0x55])],
    ['UTF-16 without a byte order mark', utf16('plan: x\n', 'LE', false)],
    ['UTF-16 of an odd number of bytes', utf16(chinese, 'LE').slice(0, -1)],
    ['UTF-16 with half a character', Uint8Array.of(0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00)],
    ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x41, 0, 0, 0)],
    ['UTF-8 with a byte order mark, cut off within a character', Uint8Array.of(0xef, 0xbb, 0xbf, 0xe5, 0xbc)],
    ['GB18030 cut off within a character', gb18030('丽水市').slice(0, -1)],
    ['text in Latin-1', Uint8Array.from([0x63, 0x61, 0x66, 0xe9, 0x2c, 0x31])],
    // 一年, in the encoding of Taiwan: decodes as GB18030, into private-use characters.
    ['text in Big5', Uint8Array.of(0xa4, 0x40, 0xa6, 0x7e)],
    ['control characters', Uint8Array.of(0xc0, 0xb6, 0x07)],
    ['a NUL', utf8('a\0b')],
  ])('%s', (_, bytes) => {
    expect(decodeText(bytes)).toBeUndefined();
  });

  it('no bytes whatever decode to a character that stands for wrong ones, unless it was written so', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const text = decodeText(bytes);
        if (text?.encoding === 'GB18030') expect(text.text).not.toMatch(/[\uFFFD\p{Co}\p{Cn}]/u);
        if (text?.encoding === 'UTF-8') expect(utf8(text.text)).toEqual(bytes);
      }),
    );
  });
});
