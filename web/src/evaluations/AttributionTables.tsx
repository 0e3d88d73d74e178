import type { KnownSince } from '../api/types';
import { useIndicators } from '../api/queries';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';
import { groupsOfMoves, moveText, placeText, type Moves } from './attribution';
import { numberWords, partKindWords, verdictKindWords, verdictText } from './attribution-words';
import { Cause } from './Cause';

/** The difference of two states, split by its causes. */
export type Attribution = Pick<KnownSince, 'parts' | 'numbers' | 'verdicts'>;
type Part = Attribution['parts'][number];

const moves = ({ numbers, verdicts }: Part): boolean => numbers.length + verdicts.length > 0;

/** What flips and by which cause; each cause once, with all that it moves; and each number, with its causes. */
export function AttributionTables({
  attribution: { parts, numbers, verdicts },
}: {
  readonly attribution: Attribution;
}) {
  const plan = usePlanHere();
  const named = useNamed();
  const causes = (by: readonly number[]) => by.map((at) => String(at + 1)).join(t('、'));
  const differing = numbers.filter(({ from, to, by }) => from !== to || by.length > 1);
  const placed = parts.map((part, at) => ({ part, at }));
  const quiet = placed.filter(({ part }) => !moves(part));
  const heads = [t('对象'), t('数'), t('由'), t('到'), t('变动'), t('因第几项')];
  const verdictHeads = [t('对象'), t('结论'), t('由'), t('到'), t('因第几项')];
  return (
    <>
      <section className="card" aria-labelledby="attributed-verdicts">
        <h2 id="attributed-verdicts">{t('翻转的结论 {{count}} 项', { count: verdicts.length })}</h2>
        {verdicts.length === 0 ? (
          <p className="muted">{t('没有一项结论因此不同')}</p>
        ) : (
          <table className="plain-table cards" data-testid="attributed-verdicts">
            <Heads heads={verdictHeads} />
            <tbody>
              {verdicts.map((verdict) => (
                <tr key={`${verdict.of} ${placeText(verdict, plan.units, named)}`}>
                  <th scope="row">{placeText(verdict, plan.units, named)}</th>
                  <td data-label={verdictHeads[1]}>{verdictKindWords[verdict.of]}</td>
                  <td data-label={verdictHeads[2]}>{verdictText(verdict, verdict.from)}</td>
                  <td data-label={verdictHeads[3]}>{verdictText(verdict, verdict.to)}</td>
                  <td data-label={verdictHeads[4]}>{causes(verdict.by)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section className="card" aria-labelledby="attributed-parts">
        <h2 id="attributed-parts">{t('逐项计入 {{count}} 项', { count: parts.length })}</h2>
        <p className="muted">{t('各项的变动之和，恰为由到之差；“单独”指只计入该事件及其同一事项此前的事件')}</p>
        <ol className="parts" data-testid="attributed-parts">
          {placed
            .filter(({ part }) => moves(part))
            .map(({ part, at }) => (
              <PartLine key={at} part={part} at={at} />
            ))}
        </ol>
        {quiet.length > 0 && (
          <details>
            <summary>
              {t('另有 {{count}} 项只改动了文字、审核状态等，没有改动数和结论', { count: quiet.length })}
            </summary>
            <ol className="parts">
              {quiet.map(({ part, at }) => (
                <PartLine key={at} part={part} at={at} />
              ))}
            </ol>
          </details>
        )}
      </section>
      <section className="card" aria-labelledby="attributed-numbers">
        <h2 id="attributed-numbers">{t('改动的数 {{count}} 个', { count: differing.length })}</h2>
        <details>
          <summary>{t('逐个列出')}</summary>
          <table className="plain-table cards" data-testid="attributed-numbers">
            <Heads heads={heads} />
            <tbody>
              {differing.map((number) => (
                <tr key={`${number.of} ${placeText(number, plan.units, named)}`}>
                  <th scope="row">{placeText(number, plan.units, named)}</th>
                  <td data-label={heads[1]}>{numberWords[number.of]}</td>
                  <td className="exact" data-label={heads[2]}>
                    {number.from ?? t('无')}
                  </td>
                  <td className="exact" data-label={heads[3]}>
                    {number.to ?? t('无')}
                  </td>
                  <td className="exact" data-label={heads[4]}>
                    {number.change ?? '—'}
                  </td>
                  <td data-label={heads[5]}>{causes(number.by)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </section>
    </>
  );
}

function Heads({ heads }: { readonly heads: readonly string[] }) {
  return (
    <thead>
      <tr>
        {heads.map((head) => (
          <th scope="col" key={head}>
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function PartLine({ part, at }: { readonly part: Part; readonly at: number }) {
  const { kind, entry, taken, events } = part;
  const groups = groupsOfMoves(part);
  const named = useNamed();
  const subjectText = ({ subject: { code, period, id } }: NonNullable<Part['entry']>) =>
    [code !== undefined && named(code), period, id].filter(Boolean).join(' ');
  return (
    <li id={`part-${at + 1}`} value={at + 1}>
      {taken && <b>{t('撤去：')}</b>}
      {entry ? (
        <>
          <span className="muted">{subjectText(entry)}</span>
          <Cause entry={entry} />
        </>
      ) : (
        <b>
          {partKindWords[kind]}
          {events !== undefined && t('（{{count}} 个）', { count: events })}
        </b>
      )}
      {groups.map(({ key, word, moves, isOpen }) => (
        <details key={key} open={isOpen}>
          <summary>{t('{{word}} {{count}} 个', { word, count: moves.length })}</summary>
          <MoveList moves={moves} />
        </details>
      ))}
    </li>
  );
}

function MoveList({ moves }: { readonly moves: Moves }) {
  const plan = usePlanHere();
  const named = useNamed();
  return (
    <ul className="plain-list">
      {moves.map((move) => (
        <li key={`${move.of} ${placeText(move, plan.units, named)}`}>
          {placeText(move, plan.units, named)} {moveText(move)}
          {move.together && (
            <small className="together">
              {move.alone
                ? t('单独为 {{alone}}：与其他事件共同起作用', { alone: moveText({ ...move, ...move.alone }) })
                : t('单独不起作用：与其他事件共同起作用')}
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The names of indicators by their codes. */
function useNamed(): (code: string) => string {
  const indicators = useIndicators(usePlanHere().plan).data ?? [];
  return (code) => `${code} ${indicators.find((each) => each.code === code)?.name ?? ''}`.trim();
}
