import { make, specification } from '../../test/support/decider-spec.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { recordedOn } from '../../test/support/recorded.js';
import { PauseFeed, RemoveFeed, ResumeFeed, SetFeed } from './feed.commands.js';
import { feedDecider } from './feed.decider.js';
import {
  FeedFailed,
  FeedFetchBegun,
  FeedFetched,
  FeedPaused,
  FeedRemoved,
  FeedResumed,
  FeedSet,
  FeedTaken,
  FeedUnchanged,
  feedEvents,
} from './feed.events.js';
import { fetchDecider } from './fetch.decider.js';

const now = '2024-03-01T02:00:00.000Z';
const given = specification(feedDecider, feedEvents, { known: { plan: planState() }, now });
const settings = { ...FeedSet.example, unit: '331102' };
const set = FeedSet.of(settings);
const id = { plan, id: 'elderly' };
const setFeed = (more: object = {}) => make(SetFeed, { ...id, ...settings, ...more });

describe('the settings of a feed', () => {
  it('are stated, and stated anew where they differ', () => {
    given().when(setFeed()).then(set);
    given(set).when(setFeed()).thenNothing();
    given(set)
      .when(setFeed({ name: '市平台' }))
      .then(FeedSet.of({ ...settings, name: '市平台' }));
    given(set, FeedRemoved.of({})).when(setFeed()).then(set);
  });

  it.each<[object, string, string]>([
    [{ folder: 'elderly' }, 'feed.source', 'address'],
    [{ address: undefined }, 'feed.source', 'address'],
    [{ address: 'ftp://data.example/a.csv' }, 'feed.source', 'address'],
    [{ address: 'https://user:word@data.example/a.csv' }, 'feed.source', 'address'],
    [{ pointer: '/rows' }, 'feed.source', 'pointer'],
    [{ schedule: {} }, 'feed.schedule', 'schedule'],
    [{ schedule: { everyHours: 1, dailyAt: '06:30' } }, 'feed.schedule', 'schedule'],
    [{ unit: '999999' }, 'unit.unknown', 'unit'],
    [{ mapping: { ...settings.mapping, period: {} } }, 'feed.mapping', 'mapping.period'],
    [
      { mapping: { ...settings.mapping, figures: [{ code: { is: '03' } }] } },
      'feed.mapping',
      'mapping.figures.0.value',
    ],
    [
      { mapping: { ...settings.mapping, figures: [{ code: { is: '03' }, numerator: '甲' }] } },
      ...(['feed.mapping', 'mapping.figures.0.value'] as const),
    ],
    [
      { mapping: { ...settings.mapping, period: { column: '年', others: 'skip' } } },
      'feed.mapping',
      'mapping.period.others',
    ],
  ])('are refused with %j', (more, code, field) => {
    given().when(setFeed(more)).thenRefused(code, field);
  });

  it('are paused, resumed and removed', () => {
    given(set).when(make(PauseFeed, id)).then(FeedPaused.of({}));
    given(set, FeedPaused.of({})).when(make(ResumeFeed, id)).then(FeedResumed.of({}));
    given(set).when(make(ResumeFeed, id)).thenNothing();
    given(set).when(make(RemoveFeed, id)).then(FeedRemoved.of({}));
    given().when(make(PauseFeed, id)).thenRefused('feed.unknown', 'id');
    given(set, FeedRemoved.of({})).when(make(RemoveFeed, id)).thenRefused('feed.unknown', 'id');
  });
});

describe('a fetch', () => {
  const known = { timeZone: 'Asia/Shanghai' };
  const fetching = specification(fetchDecider, feedEvents, { known, now: '2100-01-01T00:00:00.000Z' });
  const begin = (manual = false) => ({ type: 'BeginFetch', manual }) as const;
  const begun = (attempt = 1) => FeedFetchBegun.of({ attempt });
  const why = { code: 'feed.away', message: '数据源答复 503', problems: [] };
  const failing = { type: 'NoteFetch', attempt: 1, outcome: { failed: why } } as const;

  it('is begun when it is due, by one process', () => {
    fetching(set)
      .when(begin(), { now: recordedOn(2) })
      .then(begun());
    fetching(set, begun(), FeedUnchanged.of({ attempt: 1, next: '2100-01-02T00:00:00.000Z' }))
      .when(begin())
      .thenNothing();
    fetching(set, FeedPaused.of({})).when(begin()).thenNothing();
    fetching(set, FeedPaused.of({}))
      .when(begin(true), { now: recordedOn(3) })
      .then(begun());
    fetching(set, FeedRemoved.of({})).when(begin(true)).thenNothing();
    fetching().when(begin(true)).thenNothing();
  });

  it('that has no outcome is taken for one whose process died', () => {
    fetching(set, begun())
      .when(begin(), { now: recordedOn(2) })
      .thenNothing();
    fetching(set, begun())
      .when(begin(), { now: recordedOn(3) })
      .then(begun(2));
  });

  it('is noted once, and not by a process that was taken for dead', () => {
    const fetched = { sha256: '0'.repeat(64), size: 1 };
    const note = { type: 'NoteFetch', attempt: 1, outcome: { fetched } } as const;
    fetching(set, begun())
      .when(note)
      .then(FeedFetched.of({ attempt: 1, ...fetched }));
    fetching(set, begun(), begun(2)).when(note).thenNothing();
    fetching(set).when(note).thenNothing();
    fetching(set, begun(), set).when(note).thenNothing();
  });

  it('that succeeds is followed by the next of the schedule, at once while files wait', () => {
    const { attempt: _, next: __, ...taken } = FeedTaken.example;
    const note = (more: boolean) => ({ type: 'NoteFetch', attempt: 1, outcome: { taken, more } }) as const;
    // 08:00 in China: the next 06:30 is tomorrow's.
    fetching(set, begun())
      .when(note(false))
      .then(FeedTaken.of({ attempt: 1, ...taken, next: '2100-01-01T22:30:00.000Z' }));
    fetching(set, begun())
      .when(note(true))
      .then(FeedTaken.of({ attempt: 1, ...taken, next: '2100-01-01T00:00:00.000Z' }));
  });

  it.each([
    [0, '2100-01-01T00:05:00.000Z'],
    [1, '2100-01-01T00:15:00.000Z'],
    [2, '2100-01-01T01:00:00.000Z'],
    [3, '2100-01-01T06:00:00.000Z'],
    [9, '2100-01-01T06:00:00.000Z'],
  ])('that fails after %d failures is tried again at %s', (before, next) => {
    const failed = FeedFailed.of({ attempt: 1, ...why, next });
    const former = Array.from({ length: before }, () => [begun(), failed]).flat();
    fetching(set, ...former, begun())
      .when(failing)
      .then(failed);
  });

  it('that fails is not tried later than the schedule asks for', () => {
    const late = { now: '2100-01-01T22:28:00.000Z' };
    fetching(set, begun())
      .when(failing, late)
      .then(FeedFailed.of({ attempt: 1, ...why, next: '2100-01-01T22:30:00.000Z' }));
  });
});
