import type { KnownSince } from '../api/types';
import { t } from '../shared/i18n';
import { placeKey } from './attribution';
import { numberWords, verdictKindWords, verdictText } from './attribution-words';
import { PlaceLink } from './PlaceLink';

const causes = (by: readonly number[]) => by.map((at) => String(at + 1)).join(t('、'));

const verdictHeads = [t('对象'), t('结论'), t('由'), t('到'), t('因第几项')];

interface VerdictsProps {
  readonly verdicts: KnownSince['verdicts'];
  readonly testId: string;
}

/** Conclusions that differ, each with the places of its causes. */
export function VerdictsTable({ verdicts, testId }: VerdictsProps) {
  return (
    <table className="plain-table cards" data-testid={testId}>
      <Heads heads={verdictHeads} />
      <tbody>
        {verdicts.map((verdict) => (
          <tr key={placeKey(verdict.of, verdict)}>
            <th scope="row">
              <PlaceLink place={verdict} />
            </th>
            <td data-label={verdictHeads[1]}>{verdictKindWords[verdict.of]}</td>
            <td data-label={verdictHeads[2]}>{verdictText(verdict, verdict.from)}</td>
            <td data-label={verdictHeads[3]}>{verdictText(verdict, verdict.to)}</td>
            <td data-label={verdictHeads[4]}>{causes(verdict.by)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const numberHeads = [t('对象'), t('数'), t('由'), t('到'), t('变动'), t('因第几项')];

interface NumbersProps {
  readonly numbers: KnownSince['numbers'];
  readonly testId: string;
}

/** Numbers with all their digits, each with the places of its causes. */
export function NumbersTable({ numbers, testId }: NumbersProps) {
  return (
    <table className="plain-table cards" data-testid={testId}>
      <Heads heads={numberHeads} />
      <tbody>
        {numbers.map((number) => (
          <tr key={placeKey(number.of, number)}>
            <th scope="row">
              <PlaceLink place={number} />
            </th>
            <td data-label={numberHeads[1]}>{numberWords[number.of]}</td>
            <td className="exact" data-label={numberHeads[2]}>
              {number.from ?? t('无')}
            </td>
            <td className="exact" data-label={numberHeads[3]}>
              {number.to ?? t('无')}
            </td>
            <td className="exact" data-label={numberHeads[4]}>
              {number.change ?? '—'}
            </td>
            <td data-label={numberHeads[5]}>{causes(number.by)}</td>
          </tr>
        ))}
      </tbody>
    </table>
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
