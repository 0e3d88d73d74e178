import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';

/** An optional whole number in a query string. */
export function WholeText(min: number, max: number, label: string): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value) => value !== undefined),
    ValidateBy({
      name: 'wholeText',
      validator: {
        validate: (value) =>
          typeof value === 'string' && /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max,
        defaultMessage: () => `${label}须为 ${min}–${max} 的整数`,
      },
    }),
    ApiProperty({ required: false, type: 'integer', minimum: min, maximum: max, description: label }),
  );
}
