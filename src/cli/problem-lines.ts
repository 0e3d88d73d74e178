import type { ProblemDetails } from '../http/api-models.js';

type Problem = ProblemDetails['problems'][number];
type Place = NonNullable<Problem['places']>[number];

/** A message names what was typed: no line break of that, nor anything else that a terminal obeys, gets through. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

/** A refusal as people read it. */
export const problemText = ({ code, detail, problems }: Pick<ProblemDetails, 'code' | 'detail' | 'problems'>): string =>
  [oneLine(`错误（${code}）：${detail}`), ...problemLines(problems)].join('\n');

/** A line for each problem that has a place; a warning also names what it is accepted by, and its other places. */
export function problemLines(problems: readonly Problem[]): string[] {
  return problems
    .filter(({ file, field, id }) => file !== undefined || field !== undefined || id !== undefined)
    .map((problem) => {
      const { id, message, places = [] } = problem;
      const others = places.filter((place) => !samePlace(place, problem)).map(placeText);
      return [
        `${placeText(problem)}：${message}`,
        ...(others.length > 0 ? [`对照：${others.join('；')}`] : []),
        ...(id === undefined ? [] : [`编号 ${id}`]),
      ].join('　');
    })
    .map((line) => `  ${oneLine(line)}`);
}

const samePlace = (a: Place, b: Problem) => a.file === b.file && a.row === b.row && a.field === b.field;

export const placeText = ({ file, row, field, standing }: Place): string =>
  [
    file,
    row === undefined ? undefined : `第 ${row} 行`,
    field,
    standing === undefined ? undefined : `已在库中的${standing}`,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
