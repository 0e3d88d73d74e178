import { countWords } from '../../src/appraisal-rules/appraisal-rules.js';
import { absentWords, lightWords, outlookWords, statusWords, verdictWords } from '../../src/assessment/words.js';
import { aspectWords } from '../../src/evaluations/words.js';
import {
  checkWords,
  findingStandingWords,
  policyTimelinessWords,
  projectFlagWords,
  promiseStateWords,
  severityWords,
  taskStandingWords,
} from '../../src/overview/programme/words.js';
import { missingWords } from '../../src/figures/words.js';
import { policyWords } from '../../src/policies/policy.decider.js';
import { standingWords } from '../../src/projects/project.decider.js';

/** The page is built apart and cannot import the words of the rest: so it has its own, and they are the same. */
type PageWords = Readonly<Record<string, Readonly<Record<string, string>>>> & {
  absenceText(finding: { absent: string; because?: string }): string;
  absenceWord(finding: { absent: string; because?: string }): string;
};
// By a name that the compiler does not follow: the page has a compiler's settings of its own.
const page = '../../web/src/words.ts';
const texts = '../../web/src/shared/i18n.ts';
await ((await import(texts)) as { startLanguage(): Promise<void> }).startLanguage();
const words = (await import(page)) as PageWords;

const inChinese = (of: Readonly<Record<string, { readonly zh: string }>>) =>
  Object.fromEntries(Object.entries(of).map(([name, { zh }]) => [name, zh]));

it.each([
  ['statusWords', inChinese(statusWords)],
  ['lightWords', inChinese(lightWords)],
  ['outlookWords', inChinese(outlookWords)],
  ['verdictWords', inChinese(verdictWords)],
  ['aspectWords', aspectWords],
  ['promiseStateWords', promiseStateWords],
  ['projectStandingWords', standingWords],
  ['projectFlagWords', projectFlagWords],
  ['policyStandingWords', policyWords],
  ['policyTimelinessWords', policyTimelinessWords],
  ['taskStandingWords', taskStandingWords],
  ['findingStandingWords', findingStandingWords],
  ['severityWords', severityWords],
  ['countWords', countWords],
  ['checkWords', checkWords],
])('the page has the same %s as report and command line', (name, expected) => {
  expect(words[name]).toEqual(expected);
});

it('the page says in the same words why there is no value', () => {
  for (const [absent, word] of Object.entries(absentWords)) expect(words.absenceText({ absent })).toBe(word);
  for (const [because, word] of Object.entries(missingWords)) {
    const text = because === 'not-applicable' ? word : `缺报（${word}）`;
    expect(words.absenceText({ absent: 'missing', because })).toBe(text);
    expect(words.absenceWord({ absent: 'missing', because })).toBe(word);
  }
});
