import { IndicatorLink, ThingLink } from '../app/links';
import type { KnownSince } from '../api/types';
import { resourceOf } from '../programme/things';
import { t } from '../shared/i18n';
import { moveText, placeKey, type Moves, type MovesOfGroup } from './attribution';
import { partKindWords } from './attribution-words';
import { Cause } from './Cause';
import { PlaceLink, useNamed } from './PlaceLink';

/** A cause of a difference, with what it moves. */
export interface ToldCause extends Pick<KnownSince['parts'][number], 'kind' | 'entry' | 'taken' | 'events'> {
  readonly groups: readonly MovesOfGroup[];
}

interface Props {
  readonly causes: readonly ToldCause[];
  readonly testId: string;
}

/** The causes in order, numbered from 1; those that move nothing are closed up. */
export function CauseList({ causes, testId }: Props) {
  const placed = causes.map((cause, at) => ({ cause, at }));
  const quiet = placed.filter(({ cause }) => cause.groups.length === 0);
  return (
    <>
      <ol className="parts" data-testid={testId}>
        {placed
          .filter(({ cause }) => cause.groups.length > 0)
          .map(({ cause, at }) => (
            <CauseLine key={at} cause={cause} at={at} />
          ))}
      </ol>
      {quiet.length > 0 && (
        <details>
          <summary>{t('另有 {{count}} 项只改动了文字、审核状态等，没有改动数和结论', { count: quiet.length })}</summary>
          <ol className="parts">
            {quiet.map(({ cause, at }) => (
              <CauseLine key={at} cause={cause} at={at} />
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function CauseLine({ cause, at }: { readonly cause: ToldCause; readonly at: number }) {
  const { kind, entry, taken, events, groups } = cause;
  return (
    <li id={`part-${at + 1}`} value={at + 1}>
      {taken && <b>{t('撤去：')}</b>}
      {entry ? (
        <>
          <SubjectLink entry={entry} />
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

/** What the event is about, with a link to its page: there stands its history with this event. */
function SubjectLink({ entry }: { readonly entry: NonNullable<ToldCause['entry']> }) {
  const named = useNamed();
  const { category, subject } = entry;
  const { code, unit, period, id } = subject;
  const text = [code !== undefined && named(code), period, id].filter(Boolean).join(' ');
  if (code !== undefined) {
    return (
      <IndicatorLink
        code={code}
        {...(unit !== undefined && { unit })}
        {...(category === 'figure' && period !== undefined && { trail: period })}
      >
        {text}
      </IndicatorLink>
    );
  }
  const resource = resourceOf(category);
  return resource && id !== undefined ? <ThingLink thing={{ resource, id }}>{text}</ThingLink> : text;
}

function MoveList({ moves }: { readonly moves: Moves }) {
  return (
    <ul className="plain-list">
      {moves.map((move) => (
        <li key={placeKey(move.of, move)}>
          <PlaceLink place={move} /> {moveText(move)}
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
