import { Button } from 'antd';
import type { WhatIf } from '../api/types';
import { t } from '../shared/i18n';
import { unitLabel, useScope } from '../state/scope';
import { useIndicators } from '../api/queries';
import { named } from '../shared/translated';
import type { Change } from './changes';
import { kindWords, thresholdChoices } from './words';

interface Props {
  readonly changes: readonly Change[];
  /** What the server says of them: what stands, and what is supposed instead. */
  readonly made: WhatIf['changes'] | undefined;
  readonly remove: (at: number) => void;
}

/** The suppositions by their numbers, which the answer refers to. */
export function ChangeList({ changes, made, remove }: Props) {
  return (
    <ol className="what-if-changes" aria-label={t('假设清单')}>
      {changes.map((change, at) => (
        <ChangeItem key={JSON.stringify(change)} change={change} made={made?.[at]} remove={() => remove(at)} />
      ))}
    </ol>
  );
}

interface ItemProps {
  readonly change: Change;
  readonly made: WhatIf['changes'][number] | undefined;
  readonly remove: () => void;
}

function ChangeItem({ change, made, remove }: ItemProps) {
  const about = useAbout(change);
  const { value, numerator, denominator, version } = change;
  const asked = value ?? (numerator === undefined ? version : `${numerator} ÷ ${denominator}`);
  return (
    <li>
      <b>{kindWords[change.kind]}</b> {about}{' '}
      {made ? (
        <span>
          {made.from ?? t('无')} → {made.to ?? t('无')}
        </span>
      ) : (
        asked
      )}{' '}
      <Button
        size="small"
        className="unprinted"
        aria-label={t('删去：{{what}}', { what: `${kindWords[change.kind]} ${about}` })}
        onClick={remove}
      >
        {t('删去')}
      </Button>
    </li>
  );
}

function useAbout({ code, unit, period, threshold }: Change): string {
  const { plan } = useScope();
  const indicators = useIndicators(plan.plan).data ?? [];
  const indicator = indicators.find((each) => each.code === code);
  return [
    code !== undefined && [code, indicator && named(indicator).name].filter(Boolean).join(' '),
    unit !== undefined && unitLabel(plan.units, unit),
    period,
    threshold !== undefined && (thresholdChoices.find(({ value }) => value === threshold)?.label ?? threshold),
  ]
    .filter(Boolean)
    .join(' · ');
}
