import { Command } from '../slice/command.js';
import { DecimalText, Identifier, ListOf, Nested, OneOf, PlanSlug, Text, Whole } from '../slice/field.js';
import { countNames, type CountName } from './appraisal-rules.js';

const countField = (label: string) => OneOf(countNames, { label, example: 'late' });

class LossStepInput {
  @Whole({ label: '起点', description: '一项至少计这么多，如逾期 10 天', min: 1, max: 3660, example: 10 })
  from: number;

  @DecimalText({ label: '扣分系数', example: '0.5' })
  factor: string;
}

class LossInput {
  @countField('计数')
  count: CountName;

  @DecimalText({ label: '扣分系数', description: '每计一项扣多少；分档的不填', optional: true, example: '0.5' })
  factor?: string;

  @ListOf(() => LossStepInput, {
    label: '分档',
    description: '只用于 lateDays：一项达到哪一档，即按该档的系数扣',
    ...{ min: 1, max: 20, optional: true },
  })
  steps?: LossStepInput[];
}

class CapInput {
  @countField('计数')
  count: CountName;

  @DecimalText({ label: '上限', description: '计数不为 0 时，本项至多得满分的几分之几', example: '0.5' })
  share: string;
}

class AppraisalItemInput {
  @Identifier({ label: '项目代码', example: 'timeliness' })
  code: string;

  @Text({ label: '项目名称', max: 40, example: '报送及时' })
  name: string;

  @DecimalText({ label: '满分', example: '20' })
  weight: string;

  @countField('基数')
  base: CountName;

  @ListOf(() => LossInput, { label: '扣分', min: 1, max: 20 })
  losses: LossInput[];

  @Nested(() => CapInput, { label: '封顶', optional: true })
  cap?: CapInput;
}

/** States all rules of the 考核 sheet anew. */
export class SetAppraisalRules extends Command {
  get type() {
    return 'SetAppraisalRules' as const;
  }

  @PlanSlug({ label: '规划' })
  plan: string;

  @Text({ label: '出处', description: '考核办法的名称和文号；没有的写明“自定”', max: 400 })
  source: string;

  @Whole({ label: '申诉期限', description: '考核表公示后多少天内可申诉', min: 1, max: 366, example: 5 })
  objectionDays: number;

  @ListOf(() => AppraisalItemInput, { label: '考核项目', min: 1, max: 40 })
  items: AppraisalItemInput[];
}
