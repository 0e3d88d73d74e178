import { checkedInput } from '../slice/command.js';
import { Text, TextList } from '../slice/field.js';

class WithdrawalBody {
  @Text({ label: '事由', max: 2000, example: '填错了期间' })
  reason: string;

  @TextList({ label: '保留的行', max: 20_000, optional: true })
  leave?: string[];
}

/** Why a submission is withdrawn, and which of its rows stay. @throws {DomainError} `input.invalid`, `input.not-an-object` */
export function readWithdrawalBody(body: unknown): { readonly reason: string; readonly leave: readonly string[] } {
  const { reason, leave = [] } = checkedInput(WithdrawalBody, body);
  return { reason, leave };
}
