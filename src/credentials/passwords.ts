import { hash, verify } from '@node-rs/argon2';
import { invalid } from '../kernel/errors.js';
import { flawIn } from '../kernel/text.js';
import { commonPasswords, commonStems } from './common-passwords.js';

/** argon2id, the library's default, as OWASP's password storage cheat sheet has it: 19 MiB, 2 passes, 1 lane. */
const parameters = { memoryCost: 19 * 1_024, timeCost: 2, parallelism: 1 } as const;

/** Characters (NIST SP 800-63B, 5.1.1.2, asks for 8 or more and no rules of composition). */
const shortest = 12;
const longest = 200;

/** A password as it is hashed and compared: people type the same character in several ways. */
const normal = (password: string): string => password.normalize('NFKC');

export const hashOfPassword = (password: string): Promise<string> => hash(normal(password), parameters);

/** The hash of no password: checked where there is no account, so that this takes the same time. */
let nobodys: Promise<string> | undefined;

/** Whether it is the password; without a hash, no after the same work. */
export async function isPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const compared = passwordHash ?? (await (nobodys ??= hashOfPassword('')));
  // Nobody has a longer one, and hashing it takes long.
  const isRight = await verify(compared, normal(password).slice(0, 4 * longest));
  return isRight && passwordHash !== undefined;
}

/** @throws {DomainError} `password.unfit`, for a new password */
export function assertFit(password: string, account: string): void {
  const why = unfitness(normal(password), account);
  if (why !== undefined) throw invalid('password.unfit', `密码${why}`, 'password');
}

function unfitness(password: string, account: string): string | undefined {
  const length = [...password].length;
  if (length < shortest || length > longest) {
    return `须为 ${shortest}–${longest} 个字符，现有 ${length} 个：可用几个词连成，不要求大小写和符号`;
  }
  const flaw = flawIn(password);
  if (flaw) return flaw.message;
  const lower = password.toLowerCase();
  if (/tongjian|通鉴/.test(lower)) return '不能含有本系统的名称：请换一个';
  if (account.length >= 4 ? lower.includes(account) : lower.startsWith(account) && isBare(lower.slice(account.length)))
    return '不能含有账号名：请换一个';
  if (isRepetition(lower) || isSequence(lower)) return '不能是重复或连续的字符：请换一个';
  if (isCommon(lower)) return '过于常见，容易被猜中：请换一个，例如把几个不相干的词连起来';
  return undefined;
}

/** Digits and signs only. */
const isBare = (text: string) => !/\p{L}/u.test(text);

/** At most four characters again and again: `abcabcabcabc`. */
const isRepetition = (text: string): boolean => /^(.{1,4}?)\1+.{0,3}$/u.test(text);

/** Each character follows the one before it, or comes before it, in the alphabet or among the digits, 9 before 0. */
function isSequence(text: string): boolean {
  const steps = [...text].map((character, at, all) => {
    const [one, two] = [character.codePointAt(0)!, all[at + 1]?.codePointAt(0)];
    if (two === undefined) return undefined;
    if (character === '9' && all[at + 1] === '0') return 1;
    return character === '0' && all[at + 1] === '9' ? -1 : two - one;
  });
  const [first] = steps;
  return Math.abs(first ?? 0) === 1 && steps.every((step) => step === undefined || step === first);
}

/** Signs that stand for letters: `p@ssw0rd`. */
const disguises: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

const stem = `(?:${[...commonStems].join('|')})`;
const fewStems = new RegExp(`^(?:${stem}{1,2}|(${stem})\\1+)$`, 'u');

/** In the list, or nothing but a common word or two with digits and signs around and between them. */
function isCommon(lower: string): boolean {
  if (commonPasswords.has(lower)) return true;
  const undisguised = lower
    .replace(/^[^\p{L}]+|[^\p{L}@$]+$/gu, '')
    .replace(/[@4310!$57]/g, (sign) => disguises[sign]!);
  return [lower, undisguised].some((text) => fewStems.test(text.replace(/[^\p{L}]/gu, '')));
}
