import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { DomainError, invalid, type Problem, type Thing } from '../kernel/errors.js';
import type { ExpectedRevision } from '../kernel/event-log.js';
import type { Actor, Evidence } from '../kernel/event.js';
import { excerpt, flawIn, harmless, withLineFeeds } from '../kernel/text.js';
import { Flag, KnownTimeText, ListOf, Sha256, Text, labelsOf } from './field.js';

export class EvidenceInput implements Evidence {
  @Text({ label: '依据', description: '文件名称', example: '2022 年养老服务统计报表' })
  title: string;

  @Text({ label: '出处', description: '页、行、表', optional: true })
  locator?: string;

  @Sha256({ label: '文件 SHA-256', optional: true })
  sha256?: string;

  @Text({ label: '文号', optional: true })
  documentNumber?: string;
}

/**
 * What every command may say besides itself: why, on what grounds, known since when. It travels in the event's metadata.
 * A command class is the one description of an input: its decorators serve the HTTP body, the command line, a
 * spreadsheet's row and the OpenAPI document alike.
 */
export abstract class Command {
  /** The command's name, part of what a command id stands for; never changes once released. */
  abstract get type(): string;

  /** What the command brings about or moves on, where other commands may rest on that. */
  get about(): Thing | undefined {
    return undefined;
  }

  @Text({ label: '事由', max: 2000, optional: true, example: '与省系统核对后更正' })
  reason?: string;

  @ListOf(() => EvidenceInput, { label: '依据', max: 20, optional: true })
  evidence?: EvidenceInput[];

  @KnownTimeText({ label: '掌握日期', description: '补录时填写；不填即现在', optional: true, example: '2023-03-15' })
  knownAt?: string;

  @Flag({ label: '示例数据', description: '虚构的演示数据', optional: true })
  demo?: boolean;
}

export type CommandClass<C extends Command = Command> = new () => C;

/** What a command of that class would be about whose input was refused; without an id where that is what is wrong. */
export function aboutOf(type: CommandClass, input: object): { kind: string; id?: string } | undefined {
  const about = Reflect.get(type.prototype, 'about', { ...input }) as { kind: string; id: unknown } | undefined;
  if (!about) return undefined;
  const { kind, id } = about;
  return typeof id === 'string' && id !== '' ? { kind, id } : { kind };
}

/** Who sent a command and under which id: what the transport knows, besides the command itself. */
export interface Sender {
  readonly commandId: string;
  readonly actor: Actor;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly expectedRevision?: ExpectedRevision;
}

type Class<T> = new () => T;

/**
 * Makes a checked instance of an input class out of anything. Its texts hold no character that may not be stored, and
 * their line ends are line feeds.
 * @throws {DomainError} `input.invalid`, one problem for each field at fault, unknown fields included
 */
export function checkedInput<T extends object>(type: Class<T>, plain: unknown): T {
  if (plain === null || typeof plain !== 'object' || Array.isArray(plain)) {
    throw new DomainError('invalid', 'input.not-an-object', '请求内容须为 JSON 对象');
  }
  const { value, problems: odd } = new Reading(labelsOf(type)).object(plain, type.prototype as object);
  const instance = plainToInstance(type, value);
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  // A field is named once: a damaged character is also of the wrong form.
  const named = new Set(odd.map(({ field }) => field));
  const wrong = errors.flatMap((error) => problemsOf(error, '')).filter(({ field }) => !named.has(field));
  const problems = [...odd, ...wrong];
  if (problems.length > 0) {
    throw new DomainError('invalid', 'input.invalid', problems.map(({ message }) => message).join('；'), { problems });
  }
  return instance;
}

const deepest = 16;

/** Copies an input, with line feeds for line ends, and notes what no field of any class may be. */
class Reading {
  private readonly problems: Problem[] = [];

  constructor(private readonly labels: ReadonlyMap<string, string>) {}

  object(input: object, prototype: object): { value: object; problems: readonly Problem[] } {
    return { value: this.members(input, prototype, []), problems: this.problems };
  }

  private value(value: unknown, path: readonly string[]): unknown {
    if (typeof value === 'string') return this.text(value, path);
    if (value === null || typeof value !== 'object') return value;
    if (path.length > deepest)
      throw invalid('input.too-deep', `请求内容嵌套超过 ${deepest} 层`, path.slice(0, 3).join('.'));
    if (Array.isArray(value)) return value.map((item, at) => this.value(item, [...path, String(at)]));
    // Anything else than a plain object is no input; the field's own check refuses it.
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null ? this.members(value, Object.prototype, path) : value;
  }

  /** Keys named like something every object has (`constructor`, `__proto__`) stop the transformer, or pass it unseen. */
  private members(value: object, prototype: object, path: readonly string[]): object {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, member]) => {
        const at = [...path, key];
        const isOdd = key in prototype || flawIn(key);
        if (isOdd) this.problems.push(unknownField(at.join('.')));
        return isOdd ? [] : [[key, this.value(member, at)]];
      }),
    );
  }

  private text(text: string, path: readonly string[]): string {
    const stored = withLineFeeds(text);
    const flaw = flawIn(stored);
    if (flaw) {
      const message = `${this.labels.get(path[0]!) ?? path.at(-1)}${flaw.message}`;
      this.problems.push({ code: 'input.invalid-field', field: path.join('.'), message });
    }
    return stored;
  }
}

const unknownField = (field: string): Problem => ({
  code: 'input.unknown-field',
  field: harmless(field),
  message: `没有名为 ${excerpt(field, 80)} 的字段：请删去或改正`,
});

/** `said`: that a list has something else than objects was said of the list itself. */
function problemsOf(error: ValidationError, path: string, said = false): Problem[] {
  const field = path ? `${path}.${error.property}` : error.property;
  const [first] = Object.entries(error.constraints ?? {});
  const own =
    first && !(said && first[0] === 'nestedValidation')
      ? first[0] === 'whitelistValidation'
        ? unknownField(field)
        : { code: 'input.invalid-field', field, message: first[1] }
      : undefined;
  const below = (error.children ?? []).flatMap((child) => problemsOf(child, field, own !== undefined));
  return [...(own ? [own] : []), ...below];
}
