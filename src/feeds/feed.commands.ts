import { Command } from '../slice/command.js';
import { Identifier, ListOf, Nested, OneOf, PlanSlug, Text, Whole, pattern } from '../slice/field.js';
import { feedFormats, type FeedFormat } from './feed.events.js';

const TimeOfDay = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, '须写作 时:分，如 06:30');

export class FeedNameInput {
  @Text({ label: '数据源中的写法', example: '莲都' })
  from: string;

  @Text({ label: '代码', description: '单位代码、指标代码或期间', max: 40, example: '331102' })
  to: string;
}

export class FeedColumnInput {
  @Text({ label: '列', description: '数据源中的列名', optional: true, example: '地区' })
  column?: string;

  @Text({ label: '固定值', description: '各行相同，代替列', max: 40, optional: true, example: '03' })
  is?: string;

  @ListOf(() => FeedNameInput, { label: '写法对照', max: 500, optional: true })
  names?: FeedNameInput[];

  @OneOf(['skip'], { label: '对照表以外的', description: 'skip 跳过该行；不填即不接收', optional: true })
  others?: 'skip';
}

export class FeedFigureInput {
  @Nested(() => FeedColumnInput, { label: '指标代码' })
  code: FeedColumnInput;

  @Text({ label: '数值列', optional: true, example: '康养联合体' })
  value?: string;

  @Text({ label: '分子列', optional: true })
  numerator?: string;

  @Text({ label: '分母列', optional: true })
  denominator?: string;
}

export class FeedMappingInput {
  @Nested(() => FeedColumnInput, { label: '单位' })
  unit: FeedColumnInput;

  @Nested(() => FeedColumnInput, { label: '期间' })
  period: FeedColumnInput;

  @ListOf(() => FeedFigureInput, { label: '数据', description: '每行有哪些指标的数', min: 1, max: 100 })
  figures: FeedFigureInput[];
}

export class FeedScheduleInput {
  @Whole({ label: '每隔小时数', min: 1, max: 744, optional: true })
  everyHours?: number;

  @TimeOfDay({ label: '每日时刻', description: '按规划的时区', optional: true, example: '06:30' })
  dailyAt?: string;
}

abstract class OnFeed extends Command {
  @PlanSlug({ label: '规划' })
  plan: string;

  @Identifier({ label: '数据源编号', example: 'elderly' })
  id: string;

  override get about() {
    return { kind: 'feed', id: this.id };
  }
}

export class SetFeed extends OnFeed {
  get type() {
    return 'SetFeed' as const;
  }

  @Text({ label: '名称', max: 60, example: '省养老服务平台月报' })
  name: string;

  @Text({
    label: '地址',
    max: 1000,
    description: 'https:// 地址，不带账号和 #；与 folder 二者填一',
    optional: true,
    example: 'https://data.example/elderly.csv',
  })
  address?: string;

  @Identifier({ label: '文件夹', description: '数据源目录（TONGJIAN_FEED_FOLDER）下的文件夹', optional: true })
  folder?: string;

  @OneOf(feedFormats, { label: '格式', example: 'csv' })
  format: FeedFormat;

  @Text({ label: '各行所在位置', description: 'JSON Pointer，如 /data/rows；不填即整个文件', optional: true })
  pointer?: string;

  @Identifier({ label: '报送单位', description: '只报该单位及其下级的数据', example: '331100' })
  unit: string;

  @Text({ label: '依据名称', description: '各数据的依据；不填即数据源名称', optional: true })
  title?: string;

  @Nested(() => FeedMappingInput, { label: '对应关系' })
  mapping: FeedMappingInput;

  @Nested(() => FeedScheduleInput, { label: '获取时间' })
  schedule: FeedScheduleInput;
}

export class PauseFeed extends OnFeed {
  get type() {
    return 'PauseFeed' as const;
  }
}

export class ResumeFeed extends OnFeed {
  get type() {
    return 'ResumeFeed' as const;
  }
}

export class RemoveFeed extends OnFeed {
  get type() {
    return 'RemoveFeed' as const;
  }
}

export type FeedCommand = SetFeed | PauseFeed | ResumeFeed | RemoveFeed;
