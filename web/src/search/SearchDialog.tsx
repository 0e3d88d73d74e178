import { useMatch, useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';
import { useAuditChoices } from '../api/audit-calls';
import { useSearchHits, type SearchFrame } from '../api/search-calls';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { reportingUnits } from '../state/rights';
import { usePlanHere } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';
import { hitFind, pageFinds, peopleFinds, periodFinds, type Find } from './finds';

export interface SearchDialogProps {
  readonly onClose: () => void;
}

/** Milliseconds without a key after which it is searched. */
const pause = 150;

/** Finds things of the plan, people and pages by words. Arrows choose, Enter opens, Esc closes. */
export function SearchDialog({ onClose }: SearchDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  /** Enter was pressed before what is typed was answered. */
  const [isDue, setDue] = useState(false);
  const list = useId();
  const { finds, total, error, isSettled, seesPeople } = useFinds(text.trim());
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  useEffect(() => {
    dialog.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const open = ({ path, search = {} }: Find) => {
    // First, so that the focus is given back before the page that is opened takes it.
    dialog.current?.close();
    void navigate({ to: path as '/', search });
  };
  const chosen = finds[Math.min(at, finds.length - 1)];
  useEffect(() => {
    if (!isDue || !isSettled) return;
    setDue(false);
    if (chosen) open(chosen);
  });
  const step = (by: 1 | -1) => setAt((before) => (before + by + finds.length) % Math.max(finds.length, 1));
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => setDue(true),
  };
  const optionId = (index: number) => `${list}-${index}`;
  return (
    <dialog
      ref={dialog}
      className="search-dialog"
      aria-label={t('查找')}
      data-testid="search"
      data-settled={isSettled}
      onClose={onClose}
      // A click beside it closes it.
      onClick={({ target }) => target === dialog.current && dialog.current.close()}
    >
      <div className="search-body">
        <input
          autoFocus
          type="text"
          role="combobox"
          className="search-input"
          aria-label={t('查找')}
          aria-expanded={finds.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen && optionId(finds.indexOf(chosen))}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          placeholder={t('代码、名称、文号，多个词以空格分开')}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setAt(0);
            setDue(false);
          }}
          onKeyDown={(event) => {
            const run = keys[event.key];
            // Enter of an input method takes what it proposes.
            if (!run || event.nativeEvent.isComposing) return;
            event.preventDefault();
            run();
          }}
        />
        {error && <ProblemAlert error={error} />}
        <ul id={list} role="listbox" aria-label={t('找到的')} className="search-finds">
          {finds.map((find, index) => (
            <li
              key={find.key}
              id={optionId(index)}
              role="option"
              aria-selected={find === chosen}
              onClick={() => open(find)}
              onPointerMove={() => setAt(index)}
            >
              <span className="search-kind">{find.kind}</span>
              {find.code !== undefined && <span className="code">{find.code}</span>}
              <span className="search-title">{find.title}</span>
              {find.note !== undefined && <small className="muted">{find.note}</small>}
            </li>
          ))}
        </ul>
        <p className="search-foot muted" role="status">
          {isSettled && !error && footOf({ text: text.trim(), finds, total, seesPeople })}
        </p>
      </div>
    </dialog>
  );
}

interface Foot {
  readonly text: string;
  readonly finds: readonly Find[];
  readonly total: number;
  readonly seesPeople: boolean;
}

function footOf({ text, finds, total, seesPeople }: Foot): string {
  if (text === '') return t('↑ ↓ 选择，Enter 打开，Esc 关闭');
  if (finds.length === 0) {
    return seesPeople
      ? t(
          '没有找到“{{text}}”。查找的是指标、单位、项目、政策（含文号）、任务、规划任务目标、问题、评估、期间、页面和经办人',
          {
            text,
          },
        )
      : t('没有找到“{{text}}”。查找的是指标、单位、项目、政策（含文号）、任务、规划任务目标、问题、评估、期间和页面', {
          text,
        });
  }
  const hits = finds.filter(({ isHit }) => isHit).length;
  return total > hits
    ? t('规划中共有 {{total}} 项，列出前 {{count}} 项：多写一个词可缩小范围', { total, count: hits })
    : t('找到 {{count}} 项', { count: finds.length });
}

interface Found {
  readonly finds: readonly Find[];
  /** Things of the plan that fit, also those that are not listed. */
  readonly total: number;
  readonly error: Error | null;
  /** Whether it is the answer to what is typed. */
  readonly isSettled: boolean;
  readonly seesPeople: boolean;
}

function useFinds(text: string): Found {
  const plan = usePlanHere();
  const session = useSession();
  const frame = useFrame();
  const q = usePaused(text);
  const hits = useSearchHits(plan.plan, q, frame);
  const seesPeople = mayAnywhere(session, ['audit.read'], plan.plan);
  const choices = useAuditChoices(plan.plan, seesPeople);
  const isSettled = q === text && !hits.isPlaceholderData && !(q !== '' && hits.isPending && !hits.error);
  if (text === '') return { finds: pageFinds(plan.plan, session, ''), total: 0, error: null, isSettled, seesPeople };
  const people = seesPeople ? (choices.data?.people ?? []) : [];
  return {
    finds: [
      ...periodFinds(plan, reportingUnits(session, plan).length > 0, text),
      ...(hits.data?.hits ?? []).map((hit) => hitFind(plan.plan, hit)),
      ...peopleFinds(plan.plan, people, text),
      ...pageFinds(plan.plan, session, text),
    ],
    total: hits.data?.total ?? 0,
    error: hits.error,
    isSettled,
    seesPeople,
  };
}

/** Period and moment of a reading page; today on the others. */
function useFrame(): SearchFrame {
  const search = useMatch({ from: '/p/$plan/reading', shouldThrow: false })?.search;
  if (!search) return {};
  const { period, asOf, at } = search;
  return { ...(period && { period }), ...(asOf && { asOf }), ...(at && { atPosition: at }) };
}

/** The text once nothing was typed for a while. */
function usePaused(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
