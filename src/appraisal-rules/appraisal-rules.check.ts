import { Decimal } from '../kernel/decimal.js';
import type { Problem } from '../kernel/errors.js';
import { countsWithAmounts, countWords, type AppraisalItemRule, type AppraisalRules } from './appraisal-rules.js';

/** Why rules of the right shape cannot be used: one problem for each mistake, none where they can. */
export function appraisalRulesProblems({ items }: AppraisalRules): Problem[] {
  const repeated = items.flatMap(({ code }, at) =>
    items.findIndex((item) => item.code === code) < at
      ? [mistake('appraisal-rules.repeated', `items.${at}.code`, `考核项目代码 ${code} 重复：每个项目须有自己的代码`)]
      : [],
  );
  const ofItems = items.flatMap((item, at) =>
    itemProblems(item).map(({ code, message, field }) =>
      mistake(code, `items.${at}.${field}`, `考核项目“${item.name}”：${message}`),
    ),
  );
  return [...repeated, ...ofItems];
}

const mistake = (code: string, field: string, message: string) => ({ code, field, message });

function itemProblems({ weight, losses, cap }: AppraisalItemRule): ReturnType<typeof mistake>[] {
  const ofWeight = isPositive(weight)
    ? []
    : [mistake('appraisal-rules.number', 'weight', `满分须大于 0，收到 ${weight}`)];
  const ofCap =
    !cap || isShare(cap.share)
      ? []
      : [mistake('appraisal-rules.number', 'cap.share', `上限须为满分的 0 至 1，如 0.5，收到 ${cap.share}`)];
  return [...ofWeight, ...losses.flatMap((_, at) => lossProblems(losses, at)), ...ofCap];
}

function lossProblems(losses: AppraisalItemRule['losses'], at: number): ReturnType<typeof mistake>[] {
  const { count, factor, steps } = losses[at]!;
  const [field, word] = [`losses.${at}`, countWords[count]];
  if (losses.findIndex((loss) => loss.count === count) < at) {
    const message = `“${word}”（${count}）的扣分重复：请合为一条`;
    return [mistake('appraisal-rules.repeated', `${field}.count`, message)];
  }
  if ((factor === undefined) === (steps === undefined)) {
    const message = `“${word}”须填扣分系数（factor）或分档（steps），不可都填`;
    return [mistake('appraisal-rules.factor-or-steps', `${field}.factor`, message)];
  }
  if (factor !== undefined && !isPositive(factor)) {
    return [mistake('appraisal-rules.number', `${field}.factor`, `“${word}”的扣分系数须大于 0，收到 ${factor}`)];
  }
  return (steps ?? []).flatMap((step, stair) => {
    const where = `${field}.steps.${stair}`;
    const before = steps?.[stair - 1];
    if (!countsWithAmounts.has(count)) {
      const only = [...countsWithAmounts].map((each) => `“${countWords[each]}”（${each}）`).join('、');
      const message = `“${word}”每项只计 1，不分档：只有${only}可分档，其余请填 factor`;
      return [mistake('appraisal-rules.steps', where, message)];
    }
    if (!isPositive(step.factor)) {
      return [mistake('appraisal-rules.number', `${where}.factor`, `分档的扣分系数须大于 0，收到 ${step.factor}`)];
    }
    if (before && step.from <= before.from) {
      const message = `分档须由低到高：${step.from} 不大于上一档的 ${before.from}`;
      return [mistake('appraisal-rules.order', `${where}.from`, message)];
    }
    return [];
  });
}

const isPositive = (text: string): boolean => new Decimal(text).gt(0);
const isShare = (text: string): boolean => new Decimal(text).gte(0) && new Decimal(text).lte(1);
