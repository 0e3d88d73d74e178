import { isLanguageTag, languageIn, languagesFor, nameIn, tagMeant, type Named } from './language.js';

describe('a language tag', () => {
  it.each(['en', 'pt-BR', 'zh-Hant', 'yue', 'sr-Latn-RS', 'sl-rozaj'])('%s is one', (tag) => {
    expect(isLanguageTag(tag)).toBe(true);
  });

  it.each([
    ['EN', 'en'],
    ['en_us', 'en-US'],
    ['zh-cn', 'zh-CN'],
    ['iw', 'he'],
    ['english', undefined],
    ['英语', undefined],
    ['e', undefined],
    ['en-', undefined],
    ['', undefined],
  ])('%s is none as BCP 47 writes it; meant may be %s', (tag, meant) => {
    expect([isLanguageTag(tag), tagMeant(tag)]).toEqual([false, meant]);
  });
});

describe('the name in a language', () => {
  const thing = { name: '莲都区', translations: { en: 'Liandu District', 'zh-Hant': '蓮都區', pt: 'Liandu' } };

  it.each<[asked: string, own: string | undefined, name: string]>([
    ['en', undefined, 'Liandu District'],
    ['en-GB', undefined, 'Liandu District'],
    ['zh-Hant-TW', undefined, '蓮都區'],
    ['zh-CN', undefined, '莲都区'],
    ['zh', undefined, '莲都区'],
    ['fr', undefined, '莲都区'],
    ['pt-BR', 'pt-BR', '莲都区'],
    ['pt-BR-abl1943', 'pt-BR', '莲都区'],
  ])('%s of a plan in %s is found by the tag, then by the more general ones', (asked, own, name) => {
    expect(nameIn(thing, languagesFor(asked, own))).toBe(name);
  });

  it('is the name itself where none is asked for, or it has no translation', () => {
    expect(nameIn(thing, languagesFor(undefined))).toBe('莲都区');
    expect(nameIn({ name: '青田县' }, languagesFor('en'))).toBe('青田县');
  });

  it('of several things is told if any of them has it', () => {
    const things: readonly Named[] = [{ name: '青田县' }, thing];
    expect(languageIn(things, languagesFor('en-GB'))).toBe('en');
    expect(languageIn(things, languagesFor('fr'))).toBe('zh-CN');
    expect(languageIn(things, languagesFor('fr', 'pt'), 'pt')).toBe('pt');
  });
});
