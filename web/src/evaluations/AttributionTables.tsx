import type { KnownSince } from '../api/types';
import { t } from '../shared/i18n';
import { differing, groupsOfMoves } from './attribution';
import { CauseList } from './CauseList';
import { NumbersTable, VerdictsTable } from './MovedTables';

/** The difference of two states, split by its causes. */
type Attribution = Pick<KnownSince, 'parts' | 'numbers' | 'verdicts'>;

/** What flips and by which cause; each cause once, with all that it moves; and each number, with its causes. */
export function AttributionTables({
  attribution: { parts, numbers, verdicts },
}: {
  readonly attribution: Attribution;
}) {
  const changed = numbers.filter(differing);
  return (
    <>
      <section className="card" aria-labelledby="attributed-verdicts">
        <h2 id="attributed-verdicts">{t('翻转的结论 {{count}} 项', { count: verdicts.length })}</h2>
        {verdicts.length === 0 ? (
          <p className="muted">{t('没有一项结论因此不同')}</p>
        ) : (
          <VerdictsTable verdicts={verdicts} testId="attributed-verdicts" />
        )}
      </section>
      <section className="card" aria-labelledby="attributed-parts">
        <h2 id="attributed-parts">{t('逐项计入 {{count}} 项', { count: parts.length })}</h2>
        <p className="muted">{t('各项的变动之和，恰为由到之差；“单独”指只计入该事件及其同一事项此前的事件')}</p>
        <CauseList causes={parts.map((part) => ({ ...part, groups: groupsOfMoves(part) }))} testId="attributed-parts" />
      </section>
      <section className="card" aria-labelledby="attributed-numbers">
        <h2 id="attributed-numbers">{t('改动的数 {{count}} 个', { count: changed.length })}</h2>
        <details>
          <summary>{t('逐个列出')}</summary>
          <NumbersTable numbers={changed} testId="attributed-numbers" />
        </details>
      </section>
    </>
  );
}
