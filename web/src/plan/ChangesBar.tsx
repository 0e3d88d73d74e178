import { useIsMutating, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { followChanges, isAfter } from '../api/changes';
import { useRefetchedTo } from '../api/client';
import type { ChangeNotice } from '../api/types';
import { t } from '../shared/i18n';
import { changedThings, shortly } from './changed-things';

/** Milliseconds for which notices are collected: a folder or a workbook brings many at once. */
const together = 300;

/** A browser opens six connections to a server, and each plan that is followed keeps one. */
const most = 3;

interface Props {
  /** Codes of the plans that the page shows; the first three are followed. */
  readonly plans: readonly string[];
}

/** Says what others changed since it was read, and shows it when asked to: nothing moves by itself under the reader. */
export function ChangesBar({ plans }: Props) {
  const queries = useQueryClient();
  const { asOf, at } = useSearch({ strict: false });
  const isSending = useIsMutating() > 0;
  const refetchedTo = useRefetchedTo();
  const [came, setCame] = useState<readonly ChangeNotice[]>([]);
  const [shown, setShown] = useState(came);
  const followed = plans.slice(0, most).join(' ');

  useEffect(() => {
    const end = new AbortController();
    let collected: ChangeNotice[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pass = () => {
      const notices = collected;
      [collected, timer] = [[], undefined];
      if (!end.signal.aborted) setCame((before) => [...before, ...notices]);
    };
    const tell = (notice: ChangeNotice) => {
      collected.push(notice);
      timer ??= setTimeout(pass, together);
    };
    for (const plan of followed.split(' ')) followChanges(plan, tell, end.signal);
    return () => {
      end.abort();
      setCame([]);
    };
  }, [followed]);

  // The notice of an own change may come before its answer, which tells that it is one.
  useEffect(() => {
    if (!isSending) setShown(came.filter(({ position }) => !refetchedTo || isAfter(position, refetchedTo)));
  }, [came, isSending, refetchedTo]);

  const things = changedThings(shown);
  const isPast = asOf !== undefined || at !== undefined;
  const update = () => {
    setCame([]);
    void queries.invalidateQueries();
    document.getElementById('content')?.focus({ preventScroll: true });
  };
  return (
    <div className="changes-bar" role="status" data-testid="changes">
      {things.length > 0 && !isPast && (
        <>
          <strong>{t('{{count}} 项新变化', { count: things.length })}</strong>
          <span>{shortly(things)}</span>
          <Button size="small" type="primary" onClick={update}>
            {t('更新')}
          </Button>
        </>
      )}
    </div>
  );
}
