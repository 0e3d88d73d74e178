import jsep from 'jsep';
import { Decimal } from '../kernel/decimal.js';
import { invalid } from '../kernel/errors.js';
import { identifier } from '../kernel/stream-name.js';

/**
 * A reference in a formula to the figure of another indicator for the same unit: in the same period, or (`previous`) in
 * the same period of the year before.
 */
export interface Reference {
  readonly code: string;
  readonly previous: boolean;
}

/** A parsed formula: arithmetic over figures. It is plain data, so that equal formulas compare as deeply equal. */
export type Formula =
  | { readonly type: 'number'; readonly value: string }
  | ({ readonly type: 'figure' } & Reference)
  | { readonly type: 'negative'; readonly of: Formula }
  | { readonly type: Operation; readonly left: Formula; readonly right: Formula }
  | { readonly type: 'least' | 'greatest'; readonly of: readonly Formula[] };

type Operation = 'sum' | 'difference' | 'product' | 'quotient';

const operations: Readonly<Record<string, Operation>> = {
  '+': 'sum',
  '-': 'difference',
  '*': 'product',
  '/': 'quotient',
};

/** Maximum length of a formula in characters. */
export const longestFormula = 500;
const maxDepth = 20;
const allowedSyntax = '可用：数、+ - * /、括号、min(…)、max(…)、value("指标代码")、previous("指标代码")';

/** Whether a target is a rule over other figures, written like a spreadsheet formula: `=1.3*value("04")`. */
export const isRule = (target: string): boolean => target.startsWith('=');

/**
 * Parses a formula, or a rule with its leading `=`. Positions in error messages count the characters of `text` from 1.
 * @throws {DomainError} `formula.syntax`, `formula.too-long`, `formula.too-deep`, `formula.not-allowed`,
 * `formula.unknown-name`, `formula.arguments`, `formula.number`, `formula.constant`
 */
export function parseFormula(text: string, field?: string): Formula {
  if (text.length > longestFormula) {
    throw invalid(
      'formula.too-long',
      `公式至多 ${longestFormula} 个字符，收到 ${text.length} 个：请拆成几项指标`,
      field,
    );
  }
  const skipped = isRule(text) ? 1 : 0;
  const reading = new Reading(text, skipped, field);
  const formula = reading.formula(parsed(text.slice(skipped), reading), 1);
  if (referencesOf(formula).length === 0) {
    throw invalid('formula.constant', '公式没有引用任何指标：固定的数请直接写数', field);
  }
  return formula;
}

/** All distinct references of a formula, in order of first appearance. */
export function referencesOf(formula: Formula): Reference[] {
  const found = new Map<string, Reference>();
  const visit = (part: Formula): void => {
    if (part.type === 'figure') {
      const { code, previous } = part;
      found.set(`${code}/${previous}`, { code, previous });
    }
    partsOf(part).forEach(visit);
  };
  visit(formula);
  return [...found.values()];
}

export function partsOf(formula: Formula): readonly Formula[] {
  switch (formula.type) {
    case 'number':
    case 'figure':
      return [];
    case 'negative':
      return [formula.of];
    case 'least':
    case 'greatest':
      return formula.of;
    case 'sum':
    case 'difference':
    case 'product':
    case 'quotient':
      return [formula.left, formula.right];
  }
}

/** The value of a formula, given the value of every reference; undefined if it divides by zero. */
export function evaluateFormula(formula: Formula, figure: (reference: Reference) => Decimal): Decimal | undefined {
  switch (formula.type) {
    case 'number':
      return new Decimal(formula.value);
    case 'figure':
      return new Decimal(figure(formula));
    case 'negative':
      return evaluateFormula(formula.of, figure)?.neg();
    case 'least':
    case 'greatest': {
      const parts = formula.of.map((part) => evaluateFormula(part, figure));
      const all = parts.filter((part) => part !== undefined);
      if (all.length < parts.length) return undefined;
      return formula.type === 'least' ? Decimal.min(...all) : Decimal.max(...all);
    }
    case 'sum':
    case 'difference':
    case 'product':
    case 'quotient': {
      const left = evaluateFormula(formula.left, figure);
      const right = evaluateFormula(formula.right, figure);
      return left && right && combined(formula.type, left, right);
    }
  }
}

function combined(operation: Operation, left: Decimal, right: Decimal): Decimal | undefined {
  switch (operation) {
    case 'sum':
      return left.plus(right);
    case 'difference':
      return left.minus(right);
    case 'product':
      return left.times(right);
    case 'quotient':
      return right.isZero() ? undefined : left.div(right);
  }
}

/**
 * Start index of each token that the parser is reading. The hooks are global to jsep; one list is enough because
 * parsing is synchronous.
 */
let tokenStarts: number[] = [];

jsep.hooks.add('gobble-token', function () {
  tokenStarts.push(this.index);
});
jsep.hooks.add('after-token', function ({ node }) {
  const at = tokenStarts.pop();
  if (node && node['at'] === undefined) node['at'] = at;
});

function parsed(text: string, reading: Reading): jsep.CoreExpression {
  tokenStarts = [];
  const invalidCharacter = /[^\x20-\x7e\s]/.exec(withoutCodes(text));
  if (invalidCharacter) {
    throw invalid(
      'formula.syntax',
      reading.messageAt(
        invalidCharacter.index,
        `“${invalidCharacter[0]}”不能用：运算符和括号请用半角字符；${allowedSyntax}`,
      ),
      reading.field,
    );
  }
  try {
    return jsep(text) as jsep.CoreExpression;
  } catch (error) {
    const { index = 0, description = '' } = error as { index?: number; description?: string };
    throw invalid(
      'formula.syntax',
      reading.messageAt(index, `写法有误${missingPart(description)}；${allowedSyntax}`),
      reading.field,
    );
  }
}

const withoutCodes = (text: string) =>
  text.replace(/"[^"]*"|'[^']*'/g, (quoted) => `"${'_'.repeat(quoted.length - 2)}"`);

/** Translates a parser error into Chinese; empty if the error is not one of the known ones. */
function missingPart(description: string): string {
  if (/Expected \)|Unclosed \(/.test(description)) return '：缺少右括号“)”';
  if (description.startsWith('Unclosed quote')) return '：缺少引号';
  const after = /^Expected expression after (.+)$/.exec(description);
  return after ? `：“${after[1]}”后面缺少内容` : '';
}

/** Converts the parser's syntax tree into a `Formula` and refuses every other construct of JavaScript. */
class Reading {
  constructor(
    private readonly text: string,
    private readonly skipped: number,
    readonly field: string | undefined,
  ) {}

  /** Error message with the formula and the position, counted from 1. */
  messageAt(at: number, message: string): string {
    return `公式“${this.text}”第 ${at + 1 + this.skipped} 个字符：${message}`;
  }

  formula(expression: jsep.Expression, depth: number): Formula {
    const node = expression as jsep.CoreExpression;
    const at = positionOf(node);
    if (depth > maxDepth)
      throw invalid('formula.too-deep', this.messageAt(at, `嵌套超过 ${maxDepth} 层：请拆成几项指标`), this.field);
    const part = (inner: jsep.Expression) => this.formula(inner, depth + 1);
    switch (node.type) {
      case 'Literal':
        return this.number(node, at);
      case 'UnaryExpression':
        if (node.operator !== '-') throw this.notAllowed(at, `运算“${node.operator}”`);
        return { type: 'negative', of: part(node.argument) };
      case 'BinaryExpression': {
        const operation = Object.hasOwn(operations, node.operator) ? operations[node.operator] : undefined;
        if (!operation) throw this.notAllowed(at, `运算“${node.operator}”`);
        // A chain (a + b + c) is parsed as ((a + b) + c): its left side is not a deeper level.
        return { type: operation, left: this.formula(node.left, depth), right: part(node.right) };
      }
      case 'CallExpression':
        return this.call(node, at, part);
      case 'Identifier':
        throw invalid(
          'formula.unknown-name',
          this.messageAt(at, `不认识“${node.name}”：引用指标请写 value("指标代码")；${allowedSyntax}`),
          this.field,
        );
      case 'Compound':
        throw node.body.length === 0
          ? invalid('formula.syntax', this.messageAt(0, `公式是空的；${allowedSyntax}`), this.field)
          : invalid(
              'formula.syntax',
              this.messageAt(positionOf(node.body[1] ?? node), `此处缺少运算符；${allowedSyntax}`),
              this.field,
            );
      case 'ArrayExpression':
      case 'ConditionalExpression':
      case 'MemberExpression':
      case 'SequenceExpression':
      case 'ThisExpression':
        throw this.notAllowed(at, '这种写法');
    }
  }

  private notAllowed(at: number, what: string) {
    return invalid('formula.not-allowed', this.messageAt(at, `${what}不能用；${allowedSyntax}`), this.field);
  }

  private number({ value, raw }: jsep.Literal, at: number): Formula {
    if (typeof value === 'string') throw this.notAllowed(at, `文本 ${raw}`);
    if (typeof value !== 'number') throw this.notAllowed(at, raw);
    // Use the text: the parser's `value` is a binary fraction.
    if (/^\d{1,30}(\.\d{1,30})?$/.test(raw)) return { type: 'number', value: new Decimal(raw).toFixed() };
    throw invalid('formula.number', this.messageAt(at, `“${raw}”请写作十进制数，如 0.5（不用科学计数法）`), this.field);
  }

  private call(node: jsep.CallExpression, at: number, part: (inner: jsep.Expression) => Formula): Formula {
    const callee = node.callee as jsep.CoreExpression;
    if (callee.type !== 'Identifier') throw this.notAllowed(at, '这种写法');
    const { name } = callee;
    switch (name) {
      case 'min':
      case 'max':
        if (node.arguments.length === 0)
          throw invalid('formula.arguments', this.messageAt(at, `${name}(…) 须至少有一项`), this.field);
        return { type: name === 'min' ? 'least' : 'greatest', of: node.arguments.map(part) };
      case 'value':
      case 'previous': {
        const [first, ...more] = node.arguments as jsep.CoreExpression[];
        const code = first?.type === 'Literal' ? first.value : undefined;
        if (more.length > 0 || typeof code !== 'string' || !identifier.test(code)) {
          throw invalid(
            'formula.arguments',
            this.messageAt(at, `${name}(…) 须有且只有一个带引号的指标代码，如 ${name}("04")`),
            this.field,
          );
        }
        return { type: 'figure', code, previous: name === 'previous' };
      }
      default:
        throw invalid('formula.unknown-name', this.messageAt(at, `没有“${name}(…)”；${allowedSyntax}`), this.field);
    }
  }
}

/** Start index of an expression; of an expression of several tokens, the index of the first. */
function positionOf(expression: jsep.Expression): number {
  const node = expression as jsep.CoreExpression;
  const at = node['at'];
  if (typeof at === 'number') return at;
  if (node.type === 'BinaryExpression') return positionOf(node.left);
  if (node.type === 'ConditionalExpression') return positionOf(node.test);
  return 0;
}
