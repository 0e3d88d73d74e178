import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useSearchChange } from '../app/links';
import { noFrame } from '../app/search';
import type { WayOut } from '../state/address';

/** Leads on from an address that shows nothing; it does not stay in the history. */
export function WaysOut({ ways }: { readonly ways: readonly WayOut[] }) {
  const navigate = useNavigate();
  const change = useSearchChange();
  const go = (way: WayOut) => {
    if ('change' in way) change(way.change, { replace: true });
    else if ('href' in way) void navigate({ href: way.href, replace: true });
    else void navigate({ to: '/p/$plan', params: { plan: way.plan }, search: noFrame, replace: true });
  };
  return (
    <span className="ways-out">
      {ways.map((way) => (
        <Button key={way.text} size="small" onClick={() => go(way)}>
          {way.text}
        </Button>
      ))}
    </span>
  );
}
