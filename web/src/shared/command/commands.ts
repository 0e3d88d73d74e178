import commands from '../../../../generated/commands.json';

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

/** The name of a field: what its description says before the colon. */
export const labelOf = (name: string, { description = name }: FieldSchema): string => description.split('：')[0]!;

/** What the description of a field says after the colon. */
export const hintOf = ({ description = '' }: FieldSchema): string | undefined =>
  description.split('：').slice(1).join('：') || undefined;
