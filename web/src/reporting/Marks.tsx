import type { QualityMark } from '../api/types';
import { t } from '../shared/i18n';
import { said } from '../shared/said';

interface Props {
  readonly marks: readonly QualityMark[];
  /** Whether the row has an explanation, which stands for all its marks. */
  readonly hasNote: boolean;
}

/** What the rules of data quality say of a value. They refuse nothing; some want an explanation. */
export function Marks({ marks, hasNote }: Props) {
  return (
    <ul className="marks">
      {marks.map(({ rule, message, required, explanation }) => {
        const isOpen = required !== undefined && explanation === undefined && !hasNote;
        return (
          <li key={rule} className={isOpen ? 'mark open' : 'mark'} data-mark={rule}>
            <b>{isOpen ? t('须说明') : t('请核对')}</b> {said(message)} <code>{rule}</code>
          </li>
        );
      })}
    </ul>
  );
}
