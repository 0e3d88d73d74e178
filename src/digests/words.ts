/** The words of a text, and the text that they are looked for in, without difference of width or case. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

export const wordsOf = (text: string): readonly string[] => folded(text).split(/\s+/).filter(Boolean);

/** Whether each of the words is in one of the texts. */
export function holdWords(texts: readonly (string | undefined)[], words: readonly string[]): boolean {
  const text = folded(texts.join('\n'));
  return words.every((word) => text.includes(word));
}
