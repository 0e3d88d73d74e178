import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { DomainError, invalid, type Problem } from '../kernel/errors.js';
import type { ExpectedRevision } from '../kernel/event-log.js';
import type { Actor, Evidence } from '../kernel/event.js';
import { Flag, KnownTimeText, ListOf, Sha256, Text } from './field.js';

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

  @Text({ label: '事由', max: 2000, optional: true, example: '与省系统核对后更正' })
  reason?: string;

  @ListOf(() => EvidenceInput, { label: '依据', max: 20, optional: true })
  evidence?: EvidenceInput[];

  @KnownTimeText({ label: '知悉时间', description: '补录时填写；不填即现在', optional: true, example: '2023-03-15' })
  knownAt?: string;

  @Flag({ label: '示例数据', description: '虚构的演示数据', optional: true })
  demo?: boolean;
}

export type CommandClass<C extends Command = Command> = new () => C;

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
 * Makes a checked instance of an input class out of anything.
 * @throws {DomainError} `input.invalid`, one problem for each field at fault, unknown fields included
 */
export function checkedInput<T extends object>(type: Class<T>, plain: unknown): T {
  if (plain === null || typeof plain !== 'object' || Array.isArray(plain)) {
    throw new DomainError('invalid', 'input.not-an-object', '请求内容须为 JSON 对象');
  }
  const unseen = inheritedNames(plain, type.prototype as object);
  const instance = plainToInstance(type, { ...plain });
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  const problems = [...unseen.map(unknownField), ...errors.flatMap((error) => problemsOf(error, ''))];
  if (problems.length > 0) {
    throw new DomainError('invalid', 'input.invalid', problems.map(({ message }) => message).join('；'), { problems });
  }
  return instance;
}

const deepest = 16;

/** Fields named like something every object has (`constructor`, `__proto__`): the transformer would pass them by unseen. */
function inheritedNames(value: unknown, prototype: object = Object.prototype, path: readonly string[] = []): string[] {
  if (value === null || typeof value !== 'object') return [];
  if (path.length > deepest)
    throw invalid('input.too-deep', `请求内容嵌套超过 ${deepest} 层`, path.slice(0, 3).join('.'));
  return Object.entries(value).flatMap(([key, member]) => {
    const at = [...path, key];
    const own = !Array.isArray(value) && key in prototype ? [at.join('.')] : [];
    return [...own, ...inheritedNames(member, Object.prototype, at)];
  });
}

const unknownField = (field: string): Problem => ({
  code: 'input.unknown-field',
  field,
  message: `没有名为 ${field.slice(0, 80)} 的字段：请删去或改正`,
});

function problemsOf(error: ValidationError, path: string): Problem[] {
  const field = path ? `${path}.${error.property}` : error.property;
  const [first] = Object.entries(error.constraints ?? {});
  const own =
    first &&
    (first[0] === 'whitelistValidation'
      ? unknownField(field)
      : { code: 'input.invalid-field', field, message: first[1] });
  return [...(own ? [own] : []), ...(error.children ?? []).flatMap((child) => problemsOf(child, field))];
}
