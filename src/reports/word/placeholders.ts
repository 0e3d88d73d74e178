import { DomainError, invalid, type Problem } from '../../kernel/errors.js';
import { NoWordFile, paragraphsOf, type FoundParagraph } from './read-docx.js';

/** What a template may have between double braces, beside the titles of chapters and annexes. */
export const fields = {
  密级: '密级和保密期限；没有给出的留空',
  发文字号: '发文字号；没有给出的留空',
  规划名称: '规划的名称',
  报告名称: '期间和报告种类，例如 2022年中期评估报告',
  截至: '数据截至何时所知',
  警示: '含示例数据等警示；没有的留空',
  目录: '各章、各附件及其页码',
  评估概况: '评估依据、目的、方法、时间等',
  正文: '各章；模板另行放置的章不重复',
  附件说明: '“附件：1. …”',
  发文机关: '署名的机关',
  成文日期: '成文日期；没有给出的留出空位',
  附件: '各附件；模板另行放置的附件不重复',
  页脚: '报告种类和快照哈希',
} as const;

export type Field = keyof typeof fields;

/** A placeholder: its words, what it names, and the title that the template gives: `{{重大项目：重大工程推进}}`. */
export interface Placeholder {
  readonly key: string;
  readonly name: string;
  readonly title?: string;
}

/** Fields that are words and may stand in several places. */
const words = new Set<string>(['规划名称', '报告名称', '截至', '发文机关', '成文日期', '页脚', '密级', '发文字号']);

/**
 * The placeholders of a template, in order. `titles` are those of all chapters and annexes that a report may have.
 * @throws {DomainError} `report-template.not-word`, `report-template.invalid` with each fault and its place
 */
export function readPlaceholders(template: Uint8Array, titles: ReadonlySet<string>): Placeholder[] {
  const paragraphs = paragraphsIn(template);
  const found = paragraphs.flatMap((paragraph) => placeholdersIn(paragraph).map((each) => ({ ...each, paragraph })));
  const problems = [
    ...paragraphs.flatMap(unpaired),
    ...found.flatMap((each, at) => {
      const { key, name, paragraph } = each;
      if (!(name in fields) && !titles.has(name)) {
        const known = Object.keys(fields).join('、');
        return [fault(paragraph, `没有名为“${key}”的占位；可用的有 ${known}，以及各章、各附件的标题`)];
      }
      const first = found.findIndex((other) => other.name === name);
      const isAgain = first < at && !words.has(name);
      return isAgain ? [fault(paragraph, `“${name}”已在${placeOf(found[first]!.paragraph)}放置，只能放一次`)] : [];
    }),
    ...(found.some(({ name }) => name === '附件' || name === '核验')
      ? []
      : [problem('模板没有 {{附件}}，也没有 {{核验}}：报告须能据以核对快照，请加上其中之一')]),
  ];
  if (problems.length > 0) {
    const message = problems.map((each) => each.message).join('；');
    throw new DomainError('invalid', 'report-template.invalid', message, { problems });
  }
  return found.map(({ key, name, title }) => ({ key, name, ...(title !== undefined && { title }) }));
}

function paragraphsIn(template: Uint8Array): FoundParagraph[] {
  try {
    return paragraphsOf(template);
  } catch (error) {
    if (error instanceof NoWordFile) throw invalid('report-template.not-word', `模板${error.message}`, 'template');
    throw error;
  }
}

const placeholdersIn = ({ text }: FoundParagraph): Placeholder[] =>
  [...text.matchAll(/\{\{([^{}]*)\}\}/g)].map(([, key]) => {
    const [name, title] = key!.split('：', 2);
    return { key: key!, name: name!.trim(), ...(title !== undefined && { title: title.trim() }) };
  });

function unpaired(paragraph: FoundParagraph): Problem[] {
  const open = /\{\{|\}\}/.exec(paragraph.text.replace(/\{\{[^{}]*\}\}/g, ''));
  return open ? [fault(paragraph, `“${open[0]}”没有配对：占位写作 {{名称}}，名称中没有花括号`)] : [];
}

const fault = (paragraph: FoundParagraph, message: string): Problem => problem(`${placeOf(paragraph)}：${message}`);

const problem = (message: string): Problem => ({ code: 'report-template.invalid', field: 'template', message });

/** For example 正文第 3 段“{{总体评介}}”. */
const placeOf = ({ part, number, text }: FoundParagraph): string =>
  `${part}第 ${number} 段“${text.length > 30 ? `${text.slice(0, 30)}…` : text}”`;
