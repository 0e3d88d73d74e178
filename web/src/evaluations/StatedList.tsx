import type { ReactNode } from 'react';
import { CommandButton } from '../shared/command/CommandButton';
import { DemoTag } from '../shared/DemoTag';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';

interface Stated {
  readonly number: number;
  readonly text: string;
  readonly note?: string;
  readonly by: string;
  readonly demo?: boolean;
  readonly withdrawn?: { readonly reason?: string };
  /** What may be done about it. */
  readonly action?: ReactNode;
}

interface Props {
  readonly name: string;
  readonly note?: string;
  /** The evaluation. */
  readonly id: string;
  readonly entries: readonly Stated[];
  /** What is withdrawn by its number; absent where nothing is. */
  readonly kind?: 'survey' | 'lesson' | 'adjustment';
  readonly mayWithdraw?: boolean;
  /** The form of another one. */
  readonly children: ReactNode;
}

/** Statements of one kind; those that were withdrawn stay readable. */
export function StatedList({ name, note, id, entries, kind, mayWithdraw = false, children }: Props) {
  const plan = usePlanHere();
  return (
    <section className="card" aria-label={name}>
      <h2>
        {name}
        {note !== undefined && <small className="muted">{note}</small>}
      </h2>
      {entries.length === 0 && <p className="muted">{t('没有记载')}</p>}
      {entries.length > 0 && (
        <ol className="stated">
          {entries.map(({ number, text, note: more, by, demo, withdrawn, action }) => (
            <li key={number} className={withdrawn ? 'withdrawn' : ''}>
              {text}
              {demo && <DemoTag />}
              <small className="muted">{[more, by].filter(Boolean).join(' · ')}</small>
              {withdrawn && (
                <small className="muted">{t('已撤回：{{reason}}', { reason: withdrawn.reason ?? '—' })}</small>
              )}
              {action}
              {kind && mayWithdraw && !withdrawn && (
                <CommandButton
                  command="withdrawStatement"
                  text={t('撤回')}
                  isDangerous
                  path={{ id }}
                  place={{ plan: plan.plan, units: plan.units }}
                  fixed={{ kind, number }}
                  fields={['reason']}
                  alsoRequired={['reason']}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      {children}
    </section>
  );
}
