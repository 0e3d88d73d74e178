import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type as TransformTo } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  Validate,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { isStrictJson } from '../kernel/json.js';
import { findPeriod } from '../kernel/period.js';
import { identifier, planSlug } from '../kernel/stream-name.js';
import { isCalendarDay } from '../kernel/time.js';

/**
 * One decorator a field: its check (class-validator), its place in the OpenAPI document, and the Chinese name that
 * messages, spreadsheet headers and forms use for it.
 */
interface FieldOptions {
  readonly label: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly optional?: boolean;
}

const labelKey = Symbol('field labels');

/** The Chinese names of a class's fields. */
export function labelsOf(type: object): ReadonlyMap<string, string> {
  return (Reflect.getMetadata(labelKey, type) as Map<string, string> | undefined) ?? new Map();
}

function field(options: FieldOptions, api: ApiPropertyOptions, ...checks: PropertyDecorator[]): PropertyDecorator {
  return applyDecorators(
    ...checks,
    // `null` is not "absent": only a field left out may be missing.
    ...(options.optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ApiProperty({
      description: options.description ? `${options.label}：${options.description}` : options.label,
      required: !options.optional,
      ...(options.example !== undefined && { example: options.example }),
      ...api,
    } as ApiPropertyOptions),
    (target: object, key: string | symbol) => {
      const labels = new Map(labelsOf(target.constructor));
      labels.set(String(key), options.label);
      Reflect.defineMetadata(labelKey, labels, target.constructor);
    },
  );
}

/** Text without control characters but line breaks and tabs; not blank. */
export function Text(options: FieldOptions & { max?: number }): PropertyDecorator {
  const max = options.max ?? 200;
  return field(
    options,
    { type: String, maxLength: max },
    IsString({ message: `${options.label}须为文本` }),
    MinLength(1, { message: `${options.label}不能为空` }),
    MaxLength(max, { message: `${options.label}最多 ${max} 字` }),
    // eslint-disable-next-line no-control-regex -- control characters are what this refuses
    Matches(/^(?=[\s\S]*\S)[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, {
      message: `${options.label}不能为空白，也不能含控制字符`,
    }),
    ValidateBy({
      name: 'wellFormed',
      validator: {
        validate: (value) => typeof value === 'string' && value.isWellFormed(),
        defaultMessage: () => `${options.label}含有损坏的字符（孤立的代理项）`,
      },
    }),
  );
}

function pattern(form: RegExp, rule: string) {
  return (options: FieldOptions): PropertyDecorator =>
    field(
      options,
      { type: String, pattern: form.source },
      Matches(form, { message: `${options.label}${rule}` }),
      IsString({ message: `${options.label}须为文本` }),
    );
}

export const PlanSlug = pattern(planSlug, '须为小写字母、数字和连字符，至多 60 位');
export const Identifier = pattern(identifier, '须为字母、数字、下划线或连字符，至多 40 位');
export const PositionText = pattern(/^(0|[1-9]\d{0,18})$/, '须为日志位置，如 120');
export const Sha256 = pattern(/^[0-9a-f]{64}$/, '须为 64 位小写十六进制的 SHA-256');

/** A day that the calendar has. */
export function DateText(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'date' },
    ValidateBy({
      name: 'calendarDay',
      validator: {
        validate: (value) => typeof value === 'string' && isCalendarDay(value),
        defaultMessage: (given) =>
          dateForm.test(String(given?.value))
            ? `${options.label}有误：日历上没有 ${String(given?.value)} 这一天`
            : `${options.label}须写作年-月-日，如 2023-06-30`,
      },
    }),
  );
}

const dateForm = /^\d{4}-\d{2}-\d{2}$/;

/** A decimal number as text, kept to the digit: no exponent, no sign on zero, at most 15 + 10 digits. */
export const DecimalText = pattern(
  /^(?!-0+(\.0+)?$)-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/,
  '须为十进制数文本，如 "55.30"（整数至多 15 位、小数至多 10 位，不用科学计数法）',
);

/** A target: a decimal number as above, or a rule over other figures, which is read where its indicator is known. */
export const TargetText = pattern(
  /^((?!-0+(\.0+)?$)-?(0|[1-9]\d{0,14})(\.\d{1,10})?|=[ -~\u00a0-\ud7ff\ue000-\ufffd]{1,499})$/,
  '须为十进制数文本，如 "55.30"，或以 = 开头的规则，如 =1.3*value("04")',
);

/** When something became known: a bare date (end of that day in the plan's time zone) or an instant with offset. */
export const KnownTimeText = pattern(
  /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/,
  '须为日期（2023-06-30）或带时区的时刻（2023-06-30T18:00:00+08:00）',
);

@ValidatorConstraint({ name: 'period' })
class IsPeriod implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && findPeriod(value) !== undefined;
  }
  defaultMessage({ property }: ValidationArguments): string {
    return `${property} 须为期间：2022、2022-S1、2022-Q3 或 2022-03`;
  }
}

export function PeriodText(options: FieldOptions): PropertyDecorator {
  return field(options, { type: String }, Validate(IsPeriod));
}

export function OneOf(values: readonly string[], options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { enum: [...values] },
    IsIn([...values], { message: `${options.label}须为 ${values.join('、')} 之一` }),
  );
}

export function Whole(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  const message = `${options.label}须为 ${options.min}–${options.max} 的整数`;
  return field(
    options,
    { type: Number, minimum: options.min, maximum: options.max },
    IsInt({ message }),
    Min(options.min, { message }),
    Max(options.max, { message }),
  );
}

export function Flag(options: FieldOptions): PropertyDecorator {
  return field(options, { type: Boolean }, IsBoolean({ message: `${options.label}须为 true 或 false` }));
}

/** Swagger takes a function for a class that is to be looked up only if the function is called `type`. */
const lazily = (look: () => Type): (() => Type) => ({ type: () => look() }).type;

export function Nested(type: () => Type, options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: lazily(type) },
    IsObject({ message: `${options.label}须为对象` }),
    ValidateNested(),
    TransformTo(type),
  );
}

export function ListOf(type: () => Type, options: FieldOptions & { min?: number; max: number }): PropertyDecorator {
  return field(
    options,
    { type: lazily(type), isArray: true, maxItems: options.max },
    IsArray({ message: `${options.label}须为列表` }),
    ArrayMinSize(options.min ?? 0, { message: `${options.label}至少 ${options.min ?? 0} 项` }),
    ArrayMaxSize(options.max, { message: `${options.label}至多 ${options.max} 项` }),
    ValidateNested({ each: true }),
    TransformTo(type),
  );
}

/** A list of short texts. */
export function TextList(options: FieldOptions & { max: number }): PropertyDecorator {
  return field(
    options,
    { type: String, isArray: true, maxItems: options.max },
    IsArray({ message: `${options.label}须为列表` }),
    ArrayMaxSize(options.max, { message: `${options.label}至多 ${options.max} 项` }),
    IsString({ each: true, message: `${options.label}各项须为文本` }),
    MinLength(1, { each: true, message: `${options.label}各项不能为空` }),
    MaxLength(500, { each: true, message: `${options.label}各项最多 500 字` }),
  );
}

/** A list of whole numbers from 1. */
export function WholeList(options: FieldOptions & { max: number }): PropertyDecorator {
  const message = `${options.label}各项须为正整数`;
  return field(
    options,
    { type: Number, isArray: true, maxItems: options.max },
    IsArray({ message: `${options.label}须为列表` }),
    ArrayMaxSize(options.max, { message: `${options.label}至多 ${options.max} 项` }),
    IsInt({ each: true, message }),
    Min(1, { each: true, message }),
  );
}

/** Left to a check elsewhere: the shape is not the class's business. */
export function Free(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: Object, additionalProperties: true },
    IsObject({ message: `${options.label}须为对象` }),
    ValidateBy({
      name: 'strictJson',
      validator: {
        validate: isStrictJson,
        defaultMessage: () => `${options.label}含有不能如实保存的内容：数请写作带引号的文本，文本不得有孤立的代理项`,
      },
    }),
    IsOptional(),
  );
}
