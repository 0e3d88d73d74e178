import { Button, Checkbox, Tag } from 'antd';
import { useEffect, useRef } from 'react';
import type { ReviewItem } from '../api/types';
import { figure } from '../format';
import { t } from '../shared/i18n';
import { keyOf, nameOf } from './review-words';

interface Props {
  readonly items: readonly ReviewItem[];
  readonly current: string | undefined;
  readonly selected: readonly string[];
  readonly isFiltered: boolean;
  readonly isLoading: boolean;
  readonly onOpen: (item: ReviewItem) => void;
  readonly onToggle: (item: ReviewItem) => void;
  readonly more?: () => void;
}

/** The queue, with the opened figure kept in sight. */
export function ReviewList({ items, current, selected, isFiltered, isLoading, onOpen, onToggle, more }: Props) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  if (items.length === 0) {
    return (
      <p className="card muted" data-testid="review-empty">
        {isFiltered ? t('按现在的筛选，没有待审核的数据') : t('没有待审核的数据')}
      </p>
    );
  }
  return (
    <section className="review-list card" aria-label={t('待审核的数据')}>
      <ol ref={list}>
        {items.map((item) => {
          const key = keyOf(item);
          return (
            <li key={key} data-figure={key} aria-current={key === current ? 'true' : undefined}>
              <Checkbox
                aria-label={t('选择 {{key}}', { key: nameOf(item) })}
                checked={selected.includes(key)}
                onChange={() => onToggle(item)}
              />
              <button type="button" onClick={() => onOpen(item)}>
                <span className="review-name">
                  <b>{item.unitName}</b> {item.period}
                  <small className="muted">
                    {item.code} {item.name}
                  </small>
                </span>
                <span className="number">
                  {figure(item.shown)}
                  <small className="muted">{item.unitOfMeasure}</small>
                </span>
                <span className="review-tags">
                  {item.inUse && <Tag color="orange">{t('更正')}</Tag>}
                  {item.marks.length > 0 && <Tag color="red">{t('标记 {{count}}', { count: item.marks.length })}</Tag>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      {more && (
        <Button block loading={isLoading} onClick={more}>
          {t('再看一页')}
        </Button>
      )}
    </section>
  );
}
