import type { FormFigure } from '../api/types';
import { figure as numberText, rounded } from '../format';
import { t } from '../shared/i18n';

/** What a value is compared with while it is filled in. */
export function Comparison({ figure: { last, target, required, range, decimals } }: { readonly figure: FormFigure }) {
  return (
    <dl className="compared">
      <div>
        <dt>{t('上期')}</dt>
        <dd className="number">{last ? numberText(last.shown) : <span className="none">{t('没有')}</span>}</dd>
      </div>
      <div>
        <dt>{t('目标')}</dt>
        <dd className="number">
          {target ? (
            <>
              {numberText(target.value)} <small className="muted">{target.period}</small>
            </>
          ) : (
            <span className="none">{t('没有')}</span>
          )}
        </dd>
      </div>
      {(required ?? range) !== undefined && (
        <div>
          <dt>{t('序时要求')}</dt>
          <dd className="number">
            {range
              ? numberText(`${range.lower}..${range.upper}`)
              : numberText(rounded(required ?? '', Math.max(decimals, 2)))}
          </dd>
        </div>
      )}
    </dl>
  );
}
