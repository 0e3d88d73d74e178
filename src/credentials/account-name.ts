import { invalid } from '../kernel/errors.js';

const form = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,59}$/u;

/** An account's name as it is stored and compared: in the compatibility form of Unicode and in lower case. */
export const normalName = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** @throws {DomainError} `account.name` */
export function accountName(text: string): string {
  const name = normalName(text);
  if (form.test(name)) return name;
  throw invalid(
    'account.name',
    '账号须为 2–60 位的字母、汉字、数字、点、横线、下划线或 @，以字母、汉字或数字开头',
    'account',
  );
}
