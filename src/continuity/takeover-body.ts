import { acceptedIn } from '../submissions/submission-body.js';
import { checkedInput } from '../slice/command.js';
import { Flag, Identifier, PlanSlug, Text, TextList } from '../slice/field.js';

/** What a takeover of bases asks for. */
export class TakeoverBody {
  @PlanSlug({ label: '原规划', example: 'lishui-civil-affairs-2021-2025' })
  formerPlan: string;

  @Identifier({ label: '总结评估', description: '原规划已发布的总结评估', example: 'final-2025' })
  evaluation: string;

  @Text({ label: '事由', description: '已有基期而不同的，更正的事由', max: 2000, optional: true })
  reason?: string;

  @TextList({ label: '接受的警告', description: '编号或代码', max: 1000, optional: true })
  acceptWarnings?: string[];

  @Flag({ label: '试报', description: '逐行答复，不写入任何数据', optional: true })
  dryRun?: boolean;
}

/** @throws {DomainError} `input.invalid`, `input.not-an-object`, `submission.accept-warnings` */
export function readTakeoverBody(body: unknown) {
  const accepted = acceptedIn(body);
  const { formerPlan, evaluation, reason, dryRun = false } = checkedInput(TakeoverBody, body);
  return { former: { formerPlan, evaluation }, ...(reason !== undefined && { reason }), accepted, dryRun };
}
