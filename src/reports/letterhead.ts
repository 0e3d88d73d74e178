import { languageField } from '../http/moment.js';
import { DateText, Text } from '../slice/field.js';

/** What a bureau says of a Word report itself; all of it may be left out. */
export class LetterheadQuery {
  @languageField()
  language?: string;

  @Text({ label: '发文机关', max: 100, optional: true, example: '丽水市民政局' })
  issuer?: string;

  @DateText({ label: '成文日期', optional: true, example: '2023-06-30' })
  date?: string;

  @Text({ label: '发文字号', max: 60, optional: true, example: '丽民〔2023〕1号' })
  number?: string;

  @Text({ label: '密级和保密期限', max: 40, optional: true, example: '内部' })
  secrecy?: string;
}

/** Bytes of a template or of a report that is sent. */
export const largestWordFile = 20_000_000;
