import { language } from './i18n';

interface Translated {
  readonly translations?: Readonly<Record<string, string>>;
}

/** The name of a thing in the language of the page; undefined where the plan has none. */
export function translated({ translations = {} }: Translated): string | undefined {
  const [primary] = language.split('-');
  const tag = Object.keys(translations).find((each) => each === language || each.split('-')[0] === primary);
  return tag === undefined ? undefined : translations[tag];
}

/** An answer of the server in which the things that have a name in the language of the page are called by it. */
export function named<Answer>(answer: Answer): Answer {
  if (Array.isArray(answer)) return answer.map((each: unknown) => named(each)) as Answer;
  if (typeof answer !== 'object' || answer === null) return answer;
  const entries = Object.entries(answer).map(([field, value]): [string, unknown] => [field, named(value)]);
  const name = translated(answer);
  const title = 'title' in answer ? 'title' : 'name';
  return Object.fromEntries(name === undefined ? entries : [...entries, [title, name]]) as Answer;
}
