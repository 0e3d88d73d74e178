import fc from 'fast-check';
import { excerpt, flawIn, harmless, withLineFeeds } from './text.js';

describe('a character that may not be stored', () => {
  it.each([
    ['a\uFFFDb', 1, /乱码字符 U\+FFFD/],
    ['张\ud83d', 1, /孤立的代理项 U\+D83D/],
    ['\udc00', 0, /孤立的代理项/],
    ['a\u0000', 1, /控制字符 U\+0000/],
    ['\u000b', 0, /控制字符 U\+000B/],
    ['\r\n', 0, /控制字符 U\+000D/],
    ['\u0085', 0, /控制字符 U\+0085/],
    ['\u007f', 0, /控制字符 U\+007F/],
    ['\uFFFE', 0, /非字符 U\+FFFE/],
    ['\uFDD0', 0, /非字符 U\+FDD0/],
    ['\u{1FFFF}', 0, /非字符 U\+1FFFF/],
  ])('%j is found', (text, index, message) => {
    expect(flawIn(text)).toEqual({ index, message: expect.stringMatching(message) as string });
  });

  it.each(['', '丽水市 2022 年\n\t“十四五”', '𠮷', '\uFEFF', '\uE000', '\u2028'])('%j has none', (text) => {
    expect(flawIn(text)).toBeUndefined();
    expect(harmless(text)).toBe(text);
  });

  it('is gone from what a message quotes, which is never longer than asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(60), (text, most) => {
        const broken = text.slice(0, -1);
        expect(flawIn(excerpt(broken, most))).toBeUndefined();
        expect(flawIn(harmless(broken))).toBeUndefined();
      }),
    );
    expect(excerpt('𠮷'.repeat(50), 3)).toBe('𠮷𠮷𠮷…');
    expect(excerpt('𠮷𠮷𠮷', 3)).toBe('𠮷𠮷𠮷');
    expect(excerpt('a\ud83d')).toBe('aU+D83D');
  });
});

it('line ends of all systems become line feeds', () => {
  expect(withLineFeeds('a\r\nb\rc\nd\r\r\n')).toBe('a\nb\nc\nd\n\n');
});
