import { Command } from '../slice/command.js';
import { ChoiceList, PlanSlug, TextList } from '../slice/field.js';
import { publicParts, type PublicPart } from './publication.js';

/** What of published evaluations is public. */
export class SetPublication extends Command {
  get type() {
    return 'SetPublication' as const;
  }

  @PlanSlug({ label: '规划', example: 'lishui-civil-affairs-2021-2025' })
  plan: string;

  @ChoiceList(publicParts, {
    label: '公开的部分',
    description: '已发布的评估，在综合指数、总体判断、主要指标的本级数值以外，还公开哪些；空即都不公开',
    example: ['judgements', 'projects'],
  })
  parts: PublicPart[];

  @TextList({
    label: '公开的指标',
    description: '指标代码；不填即全部主要指标',
    max: 500,
    optional: true,
    example: ['01', '02'],
  })
  indicators?: string[];
}
