import type { PipeTransform } from '@nestjs/common';
import { checkedInput } from '../slice/command.js';

/** Query parameters checked like any input: unknown ones are refused by name. */
export const CheckedQuery = <T extends object>(type: new () => T): PipeTransform<unknown, T> => ({
  transform: (value) => checkedInput(type, value ?? {}),
});
