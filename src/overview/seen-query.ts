import { languageField, MomentQuery } from '../http/moment.js';
import { PeriodText, Text } from '../slice/field.js';

/** A plan in a period, as of a moment. */
export class PeriodQuery extends MomentQuery {
  @PeriodText({ label: '期间', description: '不填即届时有数据的最近一期', optional: true, example: '2022' })
  period?: string;
}

export class SeenQuery extends PeriodQuery {
  @languageField()
  language?: string;
}

export class UnitSeenQuery extends SeenQuery {
  @Text({ label: '单位代码', description: '不填即整个规划', max: 60, optional: true, example: '331102' })
  unit?: string;
}
