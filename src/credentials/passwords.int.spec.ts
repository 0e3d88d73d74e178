import { DomainError } from '../kernel/errors.js';
import { assertFit, hashOfPassword, isPassword } from './passwords.js';

const refusal = (password: string, account = 'zhou.min'): string | undefined => {
  try {
    assertFit(password, account);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    expect((error as DomainError).code).toBe('password.unfit');
    return (error as DomainError).message;
  }
};

describe('a new password', () => {
  it.each([
    ['ridge copper lantern', 'words without digits, capitals or signs'],
    ['梯田里有三只白鹭飞过山岗', 'twelve Chinese characters'],
    ['a1!'.padEnd(12, 'kz7m-x'), 'twelve characters'],
    ['瓯江夜泊' + 'x'.padEnd(196, 'river kayak '), 'two hundred characters'],
    ['coffee monkey tuesday rainbow', 'several common words'],
  ])('may be %s (%s)', (password) => {
    expect(refusal(password)).toBeUndefined();
  });

  it.each([
    ['eleven char', '须为 12–200 个字符，现有 11 个'],
    ['😀'.repeat(11), '现有 11 个'],
    ['rk'.padEnd(201, 'river kayak '), '现有 201 个'],
    ['bell\u0007 in the ridge', '控制字符 U+0007'],
    ['Password2024', '过于常见'],
    ['P@ssw0rd2024!!', '过于常见'],
    ['2024_Admin_Password', '过于常见'],
    ['qwertyuiop123', '过于常见'],
    ['WoAiZhongGuo1949', '过于常见'],
    ['我的密码123456789', '过于常见'],
    ['monkeymonkeymonkey1', '过于常见'],
    ['correct-horse-battery-staple', '过于常见'],
    ['1qaz2wsx3edc', '过于常见'],
    ['aaaaaaaaaaaaa', '重复或连续'],
    ['abc9abc9abc9ab', '重复或连续'],
    ['123456789012', '重复或连续'],
    ['zyxwvutsrqpon', '重复或连续'],
    ['ridge TongJian lantern', '本系统的名称'],
    ['ｔｏｎｇｊｉａｎ ridge 12', '本系统的名称'],
    ['Zhou.Min on the ridge', '账号名'],
  ])('is not %s', (password, why) => {
    expect(refusal(password)).toContain(why);
  });

  it('may contain an account name of two or three letters, but not be one with digits', () => {
    expect(refusal('lizard copper lantern', 'li')).toBeUndefined();
    expect(refusal('li2345678901!', 'li')).toContain('账号名');
  });
});

describe('the hash of a password', () => {
  it('is argon2id with 19 MiB, two passes and one lane, and its own salt', async () => {
    const [one, two] = await Promise.all([
      hashOfPassword('ridge copper lantern'),
      hashOfPassword('ridge copper lantern'),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await isPassword(one, 'ridge copper lantern')).toBe(true);
    expect(await isPassword(one, 'ridge copper lanterN')).toBe(false);
  });

  it('is of the compatibility form: full-width and composed characters are the same', async () => {
    const hash = await hashOfPassword('café ridge １２３');
    expect(await isPassword(hash, 'cafe\u0301 ridge 123')).toBe(true);
  });

  it('is nobody’s without an account, not even the empty password', async () => {
    expect(await isPassword(undefined, '')).toBe(false);
    expect(await isPassword(undefined, 'ridge copper lantern')).toBe(false);
  });
});
