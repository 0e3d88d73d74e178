import { ApiProperty } from '@nestjs/swagger';
import { Matches, ValidateIf } from 'class-validator';
import { KnownTimeText } from '../slice/field.js';

/** The moment that every query can be asked as of. */
export class MomentQuery {
  @KnownTimeText({
    label: '截至',
    description: '按该日所知；只写日期即该日终了',
    optional: true,
    example: '2023-06-30',
  })
  asOf?: string;

  @ValidateIf((_, value) => value !== undefined)
  @Matches(/^(0|[1-9]\d{0,18})$/, { message: '日志位置须为数字' })
  @ApiProperty({ required: false, description: '日志位置：按当时的日志', example: '120' })
  atPosition?: string;
}
