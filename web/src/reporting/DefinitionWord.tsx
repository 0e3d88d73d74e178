import { Button, Popover } from 'antd';
import type { FormFigure } from '../api/types';
import { t } from '../shared/i18n';
import { aggregationWords, directionWords } from '../words';

/** The definition of a figure, beside its name. */
export function DefinitionWord({ figure: { name, definition, decimals, direction } }: { readonly figure: FormFigure }) {
  const { text, unitOfMeasure, measurement, minimum, maximum, aggregation } = definition;
  return (
    <Popover
      trigger="click"
      title={name}
      content={
        <dl className="definition-card">
          <dt>{t('口径')}</dt>
          <dd>{text}</dd>
          <dt>{t('计量单位')}</dt>
          <dd>{unitOfMeasure}</dd>
          {measurement.type === 'ratio' && (
            <>
              <dt>{t('算法')}</dt>
              <dd>
                {t('{{numerator}}（{{numeratorUnit}}）÷ {{denominator}}（{{denominatorUnit}}）× {{scale}}', {
                  numerator: measurement.numerator.name,
                  numeratorUnit: measurement.numerator.unit,
                  denominator: measurement.denominator.name,
                  denominatorUnit: measurement.denominator.unit,
                  scale: measurement.scale,
                })}
              </dd>
            </>
          )}
          <dt>{t('小数')}</dt>
          <dd>{decimals === 0 ? t('整数') : t('至多 {{count}} 位', { count: decimals })}</dd>
          {(minimum ?? maximum) !== undefined && (
            <>
              <dt>{t('取值')}</dt>
              <dd className="number">
                {minimum ?? '…'} – {maximum ?? '…'}
              </dd>
            </>
          )}
          <dt>{t('方向')}</dt>
          <dd>{directionWords[direction]}</dd>
          <dt>{t('汇总')}</dt>
          <dd>{aggregationWords[aggregation]}</dd>
        </dl>
      }
    >
      <Button type="link" size="small" className="definition-word" aria-label={t('{{name}}的口径', { name })}>
        {t('口径')}
      </Button>
    </Popover>
  );
}
