/**
 * Characters that no stored text may hold: control characters but line feed and tab, halves of surrogate pairs,
 * noncharacters, and U+FFFD, which stands where text was decoded wrongly.
 */
const flaw = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFFFD]/u;
const flaws = new RegExp(flaw, 'gu');

export interface Flaw {
  readonly index: number;
  /** What it is and the way out, for a message: `含有控制字符 U+0007：请删去`. */
  readonly message: string;
}

/** The first character of a text that may not be stored. */
export function flawIn(text: string): Flaw | undefined {
  const found = flaw.exec(text);
  return found ? { index: found.index, message: messageOf(found[0]) } : undefined;
}

function messageOf(character: string): string {
  const code = codeOf(character);
  if (character === '\uFFFD') return `含有乱码字符 ${code}：文字在转换编码时已经损坏，请由原件重新录入`;
  if (/\p{Cs}/u.test(character)) return `含有损坏的字符（孤立的代理项 ${code}）：请重新录入`;
  if (/\p{Cc}/u.test(character)) return `含有控制字符 ${code}：请删去`;
  return `含有 Unicode 非字符 ${code}：请删去`;
}

const codeOf = (character: string) => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/** The text with each such character written as its code point, so that a message can quote it and be stored. */
export const harmless = (text: string): string => text.replace(flaws, codeOf);

/** A piece of a text for a message: at most so many characters, none of them cut in two, none that may not be stored. */
export function excerpt(text: string, most = 40): string {
  // More than are needed, so that a long text is not split whole.
  const characters = [...text.slice(0, 2 * most + 2)];
  const cut = characters.length > most || text.length > 2 * most + 2;
  return harmless(cut ? `${characters.slice(0, most).join('')}…` : text);
}

/** The text with line feeds for the line ends of other systems, as texts are stored. */
export const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');
