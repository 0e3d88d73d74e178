import commands from '../../../../generated/commands.json';
import { t } from '../i18n';

/** The rules of a field of a command, in the words of JSON Schema. */
export interface FieldSchema {
  readonly type?: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
}

/** What the server's document says of a command. */
export interface CommandSchema {
  /** With the names of its parts in braces. */
  readonly path: string;
  readonly title: string;
  readonly required: readonly string[];
  readonly fields: Readonly<Record<string, FieldSchema>>;
}

/** The name of a command in the server's document, for example `startProject`. */
export type CommandName = keyof typeof commands;

export const schemaOf = (command: CommandName): CommandSchema => commands[command];

/** What the parts of an address are called, where a form asks for them. */
const partFields: Readonly<Record<string, FieldSchema>> = {
  plan: {
    type: 'string',
    description: `${t('规划代码')}：${t('小写字母、数字和连字符')}`,
    pattern: '^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$',
  },
  code: { type: 'string', description: t('代码'), pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$' },
  person: { type: 'string', description: t('人员') },
  unit: { type: 'string', description: t('单位') },
  period: { type: 'string', description: t('期间'), example: '2025' },
  id: { type: 'string', description: t('编号'), pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$' },
};

/** The parts of a command's address that are not given, as fields to ask. */
export const partsOf = (
  { path }: CommandSchema,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, FieldSchema>> =>
  Object.fromEntries(
    [...path.matchAll(/\{(\w+)\}/g)]
      .map(([, name = '']) => name)
      .filter((name) => !(name in given))
      .map((name) => [name, partFields[name] ?? { type: 'string', description: name }]),
  );

/** What a command is called: what its title says before the colon. */
export const titleOf = (command: CommandName): string => t(schemaOf(command).title.split('：')[0]!);

/** The name of a field: what its description says before the colon. */
export const labelOf = (name: string, { description = name }: FieldSchema): string => t(description.split('：')[0]!);

/** What the description of a field says after the colon. */
export const hintOf = ({ description = '' }: FieldSchema): string | undefined => {
  const [, ...hint] = description.split('：');
  return hint.length > 0 ? t(hint.join('：')) : undefined;
};
