import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type as TransformTo } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
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
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationArguments,
} from 'class-validator';
import { codeMeant, dateMeant, decimalMeant, orMeant, periodMeant } from '../kernel/did-you-mean.js';
import { isStrictJson } from '../kernel/json.js';
import { isLanguageTag, tagMeant } from '../kernel/language.js';
import { findPeriod, periodForms } from '../kernel/period.js';
import { personId } from '../access/principal.js';
import { identifier, planSlug } from '../kernel/stream-name.js';
import { printedTarget } from '../kernel/target-value.js';
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
  /** Of an optional flag: that leaving it out does not mean no. */
  readonly open?: true;
}

/** What else than HTTP needs to know of a field: how it is called, and what it takes. */
export interface FieldNote extends FieldOptions {
  readonly shape: 'text' | 'number' | 'flag' | 'object';
  readonly list: boolean;
  /** The class of an object, or of each object of a list. */
  readonly members?: () => object;
  readonly choices?: readonly string[];
}

const fieldsKey = Symbol('fields');

/** The fields of a class, in the order in which they are declared. */
export function fieldsOf(type: object): ReadonlyMap<string, FieldNote> {
  return (Reflect.getMetadata(fieldsKey, type) as Map<string, FieldNote> | undefined) ?? new Map();
}

/** The Chinese name of a field within a class, by its path: `definition.measurement.scale`, `assumptions.0.text`. */
export function labelAt(type: object, path: string): string {
  const [first = '', ...rest] = path.split('.');
  const note = fieldsOf(type).get(first);
  if (rest.length === 0) return note?.label ?? first;
  const [place, ...inner] = note?.list ? rest : ['', ...rest];
  const within = inner.length > 0 && note?.members ? labelAt(note.members(), inner.join('.')) : inner.join('.');
  return [note?.label ?? first, place && String(Number(place) + 1), within].filter(Boolean).join(' ');
}

/** The Chinese names of a class's fields. */
export function labelsOf(type: object): ReadonlyMap<string, string> {
  return new Map([...fieldsOf(type)].map(([name, { label }]) => [name, label]));
}

function noteOf(options: FieldOptions, { type, isArray, enum: choices }: ApiPropertyOptions): FieldNote {
  const shape = choices || type === String ? 'text' : type === Number ? 'number' : type === Boolean ? 'flag' : 'object';
  const members = shape === 'object' && typeof type === 'function' ? (type as () => object) : undefined;
  return {
    ...options,
    shape,
    list: isArray === true,
    ...(members && { members }),
    ...(choices && { choices: choices as readonly string[] }),
  };
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
      const fields = new Map(fieldsOf(target.constructor));
      fields.set(String(key), noteOf(options, api));
      Reflect.defineMetadata(fieldsKey, fields, target.constructor);
    },
  );
}

/** A number where text is wanted is mostly a code or a figure whose quotes were forgotten. */
const notText =
  (label: string) =>
  ({ value }: ValidationArguments): string =>
    value === undefined
      ? `${label}不能为空`
      : `${label}须为文本${typeof value === 'number' ? `：请加引号，写作 "${value}"` : ''}`;

/** Text that is not blank. `checkedInput` refuses characters that may not be stored. */
export function Text(options: FieldOptions & { max?: number }): PropertyDecorator {
  const max = options.max ?? 200;
  return field(
    options,
    { type: String, maxLength: max },
    IsString({ message: notText(options.label) }),
    MinLength(1, { message: `${options.label}不能为空` }),
    MaxLength(max, { message: `${options.label}最多 ${max} 字` }),
    Matches(/\S/, { message: `${options.label}不能为空白` }),
  );
}

/** Text of a form, and the rule that a refusal states. `meant` says what a value of another form may stand for. */
export function pattern(form: RegExp, rule: string, meant: (text: string) => string | undefined = () => undefined) {
  return (options: FieldOptions): PropertyDecorator =>
    field(
      options,
      { type: String, pattern: form.source },
      Matches(form, {
        message: (args: ValidationArguments) =>
          typeof args.value === 'number'
            ? notText(options.label)(args)
            : `${options.label}${rule}${orMeant(fitting(form, meant, args.value))}`,
      }),
      IsString({ message: notText(options.label) }),
    );
}

/** What was meant is offered only where it would be taken. */
function fitting(form: RegExp, meant: (text: string) => string | undefined, value: unknown): string | undefined {
  const found = typeof value === 'string' ? meant(value) : undefined;
  return found !== undefined && form.test(found) ? found : undefined;
}

export const PlanSlug = pattern(planSlug, '须为小写字母、数字和连字符，至多 60 位');
/** A person's id: opaque, so that it says nothing of whom it names. */
export const PersonId = pattern(personId, '须为人员编号：p_ 和 20 个小写字母、数字');
/** A name goes into answers of every format as it is, see `putNames`. */
export const PersonName = pattern(
  /^[^\s"'<>&,;\\](?:[^\n\t"'<>&,;\\]{0,58}[^\s"'<>&,;\\])?$/u,
  '须为 1–60 字，不含引号、逗号、分号、尖括号、& 和反斜杠',
);
export const Identifier = pattern(identifier, '须为字母、数字、下划线或连字符，至多 40 位');
export function LanguageTag(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: String },
    ValidateBy({
      name: 'languageTag',
      validator: {
        validate: (value) => typeof value === 'string' && isLanguageTag(value),
        defaultMessage: (args) => {
          const value: unknown = args?.value;
          const meant = typeof value === 'string' ? tagMeant(value) : undefined;
          return `${options.label}须为 BCP 47 语言标签，如 en、pt、zh-CN${orMeant(meant)}`;
        },
      },
    }),
  );
}

/** The names of a thing in other languages than the plan's, which `translationsOf` of the plans checks. */
export function Translations(): PropertyDecorator {
  const label = '其他语言的名称';
  const isName = (text: unknown) => typeof text === 'string' && /\S/.test(text) && text.length <= 200;
  return field(
    { label, description: '按 BCP 47 语言标签', example: { en: 'Liandu District' }, optional: true },
    { type: Object, additionalProperties: { type: 'string', maxLength: 200 } },
    IsObject({ message: `${label}须按语言书写，如 { en: Liandu }，表格中写作 en=Liandu` }),
    ValidateBy({
      name: 'translations',
      validator: {
        validate: (value) => Object.values((value ?? {}) as object).every(isName),
        defaultMessage: () => `${label}各项须为文本，不能为空白，最多 200 字`,
      },
    }),
  );
}

export const PositionText = pattern(/^(0|[1-9]\d{0,18})$/, '须为系统记录序号，如 120');
/** The id of an event, as documents and trails give it. */
export const EventId = pattern(
  /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/,
  '须为事件编号：小写的 UUID，见沿革和各项登记的 eventId',
);
export const Sha256 = pattern(/^[0-9a-f]{64}$/, '须为 64 位小写十六进制的 SHA-256');

/** A day that the calendar has. */
export function DateText(options: FieldOptions): PropertyDecorator {
  const { label } = options;
  return field(
    options,
    { type: String, format: 'date' },
    ValidateBy({
      name: 'calendarDay',
      validator: {
        validate: (value) => typeof value === 'string' && isCalendarDay(value),
        defaultMessage: (given) => {
          if (typeof given?.value === 'number') return notText(label)(given);
          const text = String(given?.value);
          if (dateForm.test(text)) return `${label}有误：日历上没有 ${text} 这一天`;
          return `${label}须写作年-月-日，如 2023-06-30${orMeant(dateMeant(text))}`;
        },
      },
    }),
  );
}

const dateForm = /^\d{4}-\d{2}-\d{2}$/;

/** A decimal number as text, kept to the digit: no exponent, no sign on zero, at most 15 + 20 digits. */
export const DecimalText = pattern(
  /^(?!-0+(\.0+)?$)-?(0|[1-9]\d{0,14})(\.\d{1,20})?$/,
  '须为十进制数文本，如 "55.30"（整数至多 15 位、小数至多 20 位，不用科学计数法）',
  decimalMeant,
);

/**
 * A target as plans print it, or a rule over other figures. What it means is read where its indicator is known; here only
 * what can mean nothing is refused.
 */
export function TargetText(options: FieldOptions): PropertyDecorator {
  const { label } = options;
  const isTarget = (value: unknown): value is string =>
    typeof value === 'string' &&
    (/^=[ -~\u00a0-\ud7ff\ue000-\ufffd]{1,499}$/.test(value) ||
      (value.length <= 100 && typeof printedTarget(value) === 'object'));
  return field(
    options,
    { type: String, maxLength: 500 },
    ValidateBy({
      name: 'target',
      validator: {
        validate: isTarget,
        defaultMessage: (given) => {
          if (typeof given?.value !== 'string') return notText(label)(given!);
          switch (printedTarget(given.value.slice(0, 100))) {
            case 'no-ends':
              return `${label}没有写明上下限，无法判断：有上下限的请写作 下限..上限，如 5..6；没有的请不设目标`;
            case 'about':
              return `${label}“左右”“约”没有上下限，无法判断：请写作区间，如 4.5..5.5，或写数`;
            default: {
              const meant = decimalMeant(given.value);
              const fits = meant !== undefined && isTarget(meant);
              return `${label}须为十进制数文本，如 "55.30"；区间写作 5..6，下限写作 >=7 或 >7，上限写作 <=5.5 或 <5.5，规则以 = 开头，如 =1.3*value("04")${orMeant(fits ? meant : undefined)}`;
            }
          }
        },
      },
    }),
  );
}

/** When something became known: a bare date (end of that day in the plan's time zone) or an instant with offset. */
export const KnownTimeText = pattern(
  /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/,
  '须为日期（2023-06-30）或带时区的时刻（2023-06-30T18:00:00+08:00）',
  dateMeant,
);

export function PeriodText(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: String },
    ValidateBy({
      name: 'period',
      validator: {
        validate: (value) => typeof value === 'string' && findPeriod(value) !== undefined,
        defaultMessage: (args) => {
          const value: unknown = args?.value;
          if (args && typeof value === 'number') return notText(options.label)(args);
          const meant = typeof value === 'string' ? periodMeant(value) : undefined;
          return `${options.label}须写作 ${periodForms}${orMeant(meant)}`;
        },
      },
    }),
  );
}

export function OneOf(values: readonly string[], options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { enum: [...values] },
    IsIn([...values], {
      message: ({ value }: ValidationArguments) => {
        const meant = typeof value === 'string' ? codeMeant(value, values) : undefined;
        return `${options.label}须为 ${values.join('、')} 之一${orMeant(meant)}`;
      },
    }),
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
    IsObject({ each: true, message: `${options.label}各项须为对象` }),
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

/** A list of some of the choices, each at most once. */
export function ChoiceList(values: readonly string[], options: FieldOptions): PropertyDecorator {
  const { label } = options;
  return field(
    options,
    { enum: [...values], isArray: true, maxItems: values.length },
    IsArray({ message: `${label}须为列表` }),
    ArrayMaxSize(values.length, { message: `${label}至多 ${values.length} 项` }),
    ArrayUnique({ message: `${label}各项不能重复` }),
    IsIn([...values], { each: true, message: `${label}各项须为 ${values.join('、')} 之一` }),
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
        defaultMessage: () => `${options.label}含有不能如实保存的内容：数请写作带引号的文本`,
      },
    }),
    IsOptional(),
  );
}
