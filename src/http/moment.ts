import { KnownTimeText, LanguageTag, PositionText } from '../slice/field.js';

/** The moment that every query can be asked as of. */
export class MomentQuery {
  @KnownTimeText({
    label: '截至',
    description: '按该日掌握的数据；只写日期即该日终了',
    optional: true,
    example: '2023-06-30',
  })
  asOf?: string;

  @PositionText({ label: '系统记录序号', description: '按当时的日志', optional: true, example: '120' })
  atPosition?: string;
}

export const languageField = (): PropertyDecorator =>
  LanguageTag({
    label: '语言',
    description: '名称所用的语言；没有该语言名称的，仍用规划本身的语言',
    optional: true,
    example: 'en',
  });

/** The moment, and the language in which names are given. */
export class MomentInLanguageQuery extends MomentQuery {
  @languageField()
  language?: string;
}
