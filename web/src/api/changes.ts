import { noteReached, setFollowed } from './connection';
import { askOnce } from './session-calls';
import type { ChangeNotice } from './types';

/** Milliseconds without a sign of life after which the stream is given up; the server sends one every 15 seconds. */
const silence = 40_000;
/** Milliseconds before the stream is opened again, at first and at most. */
const soon = 1_000;
const late = 10_000;
/** Attempts in vain after which a position is given up that the server's log perhaps no longer has. */
const manyFailures = 4;

/** What the tab with the stream received, and that the stream broke. */
type Received = { readonly notice: ChangeNotice } | { readonly position: string } | { readonly broke: true };

export const isAfter = (position: string, other: string): boolean => BigInt(position) > BigInt(other);

/**
 * Tells what changes in a plan, until the signal. The tabs of a browser share one stream: whoever has the lock has it
 * open and passes on what it receives; the next one goes on from there. Without locks each tab has its own stream.
 */
export function followChanges(plan: string, tell: (notice: ChangeNotice) => void, signal: AbortSignal): void {
  const name = `tongjian.changes.${plan}`;
  // Browsers have locks over TLS and on the own machine only.
  const locks = (navigator as Partial<Navigator>).locks;
  const channel = locks && new BroadcastChannel(name);
  let last: string | undefined;
  const take = (received: Received): void => {
    if (signal.aborted) return;
    setFollowed(!('broke' in received));
    if ('broke' in received) return;
    noteReached();
    last = 'notice' in received ? received.notice.position : received.position;
    if ('notice' in received) tell(received.notice);
  };
  const share = (received: Received): void => {
    take(received);
    if (!signal.aborted) channel?.postMessage(received);
  };
  const keepOpen = async (): Promise<void> => {
    for (let failures = 0; !signal.aborted;) {
      const openedAt = performance.now();
      await receive(addressOf(plan, last), share, signal);
      if (signal.aborted) return;
      failures = performance.now() - openedAt > late ? 0 : failures + 1;
      share({ broke: true });
      // The browser does not say why. If access has ended, the sign-in page takes the place of this one.
      const isAnswered = await askOnce();
      if (isAnswered && failures >= manyFailures) last = undefined;
      await pause(failures < 2 ? soon : Math.min(soon * 2 ** (failures - 1), late), signal);
    }
  };
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Received>) => {
      take(data);
      if ('broke' in data) void askOnce();
    };
  }
  signal.addEventListener('abort', () => {
    channel?.close();
    setFollowed(false);
  });
  // Whoever is told to end while waiting for the lock does not get it.
  void (locks ? locks.request(name, { signal }, keepOpen).catch(() => undefined) : keepOpen());
}

const addressOf = (plan: string, after: string | undefined): string =>
  `/api/plans/${encodeURIComponent(plan)}/changes${after === undefined ? '' : `?after=${after}`}`;

/** Passes on what comes, until the stream breaks, falls silent, or the signal. */
function receive(address: string, share: (received: Received) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const source = new EventSource(address);
    const end = () => {
      clearTimeout(watch);
      signal.removeEventListener('abort', end);
      source.close();
      resolve();
    };
    let watch = setTimeout(end, silence);
    const on = (event: string, read: (data: string) => Received) =>
      source.addEventListener(event, ({ data }: MessageEvent<string>) => {
        clearTimeout(watch);
        watch = setTimeout(end, silence);
        share(read(data));
      });
    on('position', (position) => ({ position }));
    on('change', (data) => ({ notice: JSON.parse(data) as ChangeNotice }));
    source.onerror = end;
    signal.addEventListener('abort', end);
  });
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
