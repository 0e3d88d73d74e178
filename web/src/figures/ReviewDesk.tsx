import { Button, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useReview } from '../api/review-calls';
import type { ReviewItem } from '../api/types';
import { useFilter, useSearchChange } from '../app/links';
import { t } from '../shared/i18n';
import { say } from '../shared/say';
import { useKeys } from '../shared/use-keys';
import { usePlanHere } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';
import { ChangedLine } from './ChangedLine';
import { Refusal } from './Refusal';
import { ReturnForm } from './ReturnForm';
import { ReviewDetail } from './ReviewDetail';
import { ReviewFiltersBar } from './ReviewFiltersBar';
import { ReviewList } from './ReviewList';
import { keyOf, nameOf } from './review-words';
import { ShortcutSheet } from './ShortcutSheet';

interface Props {
  readonly items: readonly ReviewItem[];
  readonly total: number;
  readonly changedSinceApproval: number;
  readonly isLoading: boolean;
  readonly more?: () => void;
}

type Marks = 'with' | 'none';

/** The server takes so many at once. */
const atOnce = 500;

/** The queue beside the opened figure, worked by keys. */
export function ReviewDesk({ items, total, changedSinceApproval, isLoading, more }: Props) {
  const plan = usePlanHere();
  const session = useSession();
  const change = useSearchChange();
  const [figure] = useFilter('figure');
  const [marks] = useFilter<Marks>('marks');
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [returning, setReturning] = useState<readonly ReviewItem[]>();
  const [isSheetOpen, setSheetOpen] = useState(false);
  const [said, setSaid] = useState('');
  const approving = useReview('approvals', plan.plan);
  const sendingBack = useReview('returns', plan.plan);
  const mayReturn = mayAnywhere(session, ['figures.return'], plan.plan);

  const shown = items.filter((item) => marks === undefined || (marks === 'with') === item.marks.length > 0);
  const at = shown.findIndex((item) => keyOf(item) === figure);
  const current = figure === undefined ? shown[0] : shown[at];
  const chosen = shown.filter((item) => selected.includes(keyOf(item)));
  const unmarked = shown.filter((item) => item.marks.length === 0).slice(0, atOnce);

  // The place in the list goes on to the next figure once the one there is dealt with.
  const lastAt = useRef(0);
  useEffect(() => {
    if (at >= 0) lastAt.current = at;
  }, [at]);

  const open = (item: ReviewItem | undefined) => {
    if (!item) return;
    change({ figure: keyOf(item) }, { replace: true });
    setSaid(
      t('{{figure}}，{{value}} {{unit}}，标记 {{marks}} 条', {
        figure: nameOf(item),
        value: item.shown,
        unit: item.unitOfMeasure,
        marks: item.marks.length,
      }),
    );
  };
  const step = (by: number) => {
    const from = current ? shown.indexOf(current) : lastAt.current - (by > 0 ? 1 : 0);
    open(shown[Math.min(shown.length - 1, Math.max(0, from + by))]);
  };
  const done = (figures: readonly ReviewItem[], text: string) => {
    const gone = new Set(figures.map(keyOf));
    const here = current ? shown.indexOf(current) : 0;
    const next =
      shown.slice(here).find((item) => !gone.has(keyOf(item))) ?? shown.find((item) => !gone.has(keyOf(item)));
    setSelected((before) => before.filter((key) => !gone.has(key)));
    change({ figure: next && keyOf(next) }, { replace: true });
    setSaid(text);
    say.success(text);
  };
  const approve = (figures: readonly ReviewItem[]) => {
    if (figures.length === 0 || approving.isPending) return;
    sendingBack.reset();
    approving.mutate(
      { figures },
      {
        onSuccess: () =>
          done(
            figures,
            figures.length === 1
              ? t('已审核通过：{{figure}}', { figure: nameOf(figures[0]!) })
              : t('已审核通过 {{count}} 条', { count: figures.length }),
          ),
        onError: (error) => setSaid(t('没有办理：{{why}}', { why: error.message })),
      },
    );
  };
  const sendBack = (figures: readonly ReviewItem[], reason: string) => {
    approving.reset();
    sendingBack.mutate(
      { figures, reason },
      {
        onSuccess: () => {
          setReturning(undefined);
          done(
            figures,
            figures.length === 1
              ? t('已退回：{{figure}}', { figure: nameOf(figures[0]!) })
              : t('已退回 {{count}} 条', { count: figures.length }),
          );
        },
        onError: (error) => {
          setReturning(undefined);
          setSaid(t('没有办理：{{why}}', { why: error.message }));
        },
      },
    );
  };
  const toggle = (item: ReviewItem | undefined) => {
    if (!item) return;
    const key = keyOf(item);
    const isChosen = selected.includes(key);
    setSelected(isChosen ? selected.filter((each) => each !== key) : [...selected, key]);
    setSaid(
      isChosen ? t('取消选中 {{figure}}', { figure: nameOf(item) }) : t('选中 {{figure}}', { figure: nameOf(item) }),
    );
  };
  useKeys({
    j: () => step(1),
    ArrowDown: () => step(1),
    k: () => step(-1),
    ArrowUp: () => step(-1),
    a: () => current && approve([current]),
    r: () => current && mayReturn && setReturning([current]),
    x: () => toggle(current),
    '?': () => setSheetOpen(true),
  });

  const error = approving.error ?? sendingBack.error;
  const asked = approving.error ? approving.variables.figures : sendingBack.variables?.figures;
  return (
    <>
      <ReviewFiltersBar />
      <ChangedLine count={changedSinceApproval} />
      <div className="review-bulk">
        <strong>
          {items.length < total
            ? t('待审核 {{total}} 条，已载入 {{count}} 条', { total, count: items.length })
            : t('待审核 {{total}} 条', { total })}
          {marks !== undefined && t('，按标记筛出 {{count}} 条', { count: shown.length })}
        </strong>
        <Button
          type="primary"
          size="small"
          disabled={unmarked.length === 0}
          loading={approving.isPending}
          onClick={() =>
            Modal.confirm({
              title: t('审核通过没有标记的 {{count}} 条？', { count: unmarked.length }),
              content: t('只含列表中没有数据质量标记的；全部通过，或一条也不通过'),
              okText: t('审核通过'),
              cancelText: t('取消'),
              onOk: () => approve(unmarked),
            })
          }
        >
          {t('通过没有标记的 {{count}} 条', { count: unmarked.length })}
        </Button>
        <Button
          size="small"
          disabled={chosen.length === 0}
          loading={approving.isPending}
          onClick={() => approve(chosen)}
        >
          {t('通过选中的 {{count}} 条', { count: chosen.length })}
        </Button>
        {mayReturn && (
          <Button size="small" disabled={chosen.length === 0} onClick={() => setReturning(chosen)}>
            {t('退回选中的 {{count}} 条', { count: chosen.length })}
          </Button>
        )}
        <Button size="small" type="link" onClick={() => setSheetOpen(true)}>
          {t('键盘操作（?）')}
        </Button>
      </div>
      {error && asked && (
        <Refusal
          error={error}
          figures={asked as readonly ReviewItem[]}
          onLeave={(left) => {
            approving.reset();
            sendingBack.reset();
            setSelected(left.map(keyOf));
          }}
        />
      )}
      <div className="review-columns">
        <ReviewList
          items={shown}
          current={current && keyOf(current)}
          selected={selected}
          isFiltered={marks !== undefined || items.length === 0}
          isLoading={isLoading}
          onOpen={open}
          onToggle={toggle}
          {...(more && { more })}
        />
        {current ? (
          <ReviewDetail
            key={keyOf(current)}
            item={current}
            isBusy={approving.isPending}
            onApprove={() => approve([current])}
            {...(mayReturn && { onReturn: () => setReturning([current]) })}
          />
        ) : (
          figure !== undefined && (
            <p className="card muted" data-testid="review-absent">
              {t('这条数据不在待审核之列：可能已经办理，或不合筛选。按 j 看下一条')}
            </p>
          )
        )}
      </div>
      <p className="visually-hidden" role="status" aria-live="polite" data-testid="review-said">
        {said}
      </p>
      <ReturnForm
        figures={returning}
        isSending={sendingBack.isPending}
        onCancel={() => setReturning(undefined)}
        onSend={(reason) => returning && sendBack(returning, reason)}
      />
      <ShortcutSheet isOpen={isSheetOpen} onClose={() => setSheetOpen(false)} />
    </>
  );
}
