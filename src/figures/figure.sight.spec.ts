import {
  approved,
  beds2107,
  beds2161,
  corrected,
  lianduBeds,
  measured,
  missing,
  returned,
  withdrawn,
} from '../../test/support/examples/figures.js';
import { by, recorded, reviewer, saying, type Said } from '../../test/support/recorded.js';
import { documentOf } from '../../test/support/replay.js';
import type { Looking } from '../slice/sight.js';
import { figureStream, type FigureEvent } from './figure.events.js';
import { figureProjection, inUse, type FigureDocument } from './figure.projection.js';
import { figureSight } from './figure.sight.js';

const { plan, unit } = lianduBeds;
const looking = (sees: boolean, seesApproved: boolean): Looking => ({
  principal: { id: 'p_a', means: 'web', grants: [] },
  plan,
  sees: (asked) => sees && asked === unit,
  seesApproved: (asked) => seesApproved && asked === unit,
});
const [own, others, strangers] = [looking(true, true), looking(false, true), looking(false, false)];

const after = (...events: readonly Said<FigureEvent>[]): Promise<FigureDocument> =>
  documentOf(figureProjection, recorded(events, { stream: figureStream(lianduBeds) }));

const reported = measured(beds2161);
const passed = by(reviewer, approved(beds2161));
const correction = saying({ reason: '复核' }, corrected(beds2161, beds2107));
const sentBack = by(reviewer, saying({ reason: '与台账不符' }, returned(beds2107)));

describe('a figure is seen', () => {
  it('whole by the unit and those above it, whatever its standing', async () => {
    for (const events of [
      [reported],
      [reported, passed, correction],
      [missing('not-due')],
      [reported, withdrawn(beds2161)],
    ]) {
      const figure = await after(...events);
      expect(figureSight.seen(figure, own)).toBe(figure);
    }
  });

  it('not at all by others while it was never approved', async () => {
    for (const events of [
      [reported],
      [reported, by(reviewer, returned(beds2161))],
      [reported, withdrawn(beds2161)],
      [reported, passed, withdrawn(beds2161)],
    ]) {
      expect(figureSight.seen(await after(...events), others)).toBeUndefined();
    }
  });

  it('by others once it is approved, and where there is declared to be none', async () => {
    for (const events of [[reported, passed], [missing('not-due')]]) {
      const figure = await after(...events);
      expect(figureSight.seen(figure, others)).toBe(figure);
    }
  });

  it('by others as it was approved, while a correction waits or was returned', async () => {
    for (const events of [
      [reported, passed, correction],
      [reported, passed, correction, sentBack],
    ]) {
      const figure = await after(...events);
      const seen = figureSight.seen(figure, others)!;
      expect(seen).toMatchObject({ standing: 'approved', changesSinceApproval: 0, corrections: 0 });
      expect(inUse(seen)).toEqual(figure.approved);
      // Neither the value nor the reason, nor who brought it, is anywhere in it.
      const text = JSON.stringify(seen);
      for (const hidden of [beds2107, '复核', '与台账不符']) {
        expect(text).not.toContain(typeof hidden === 'string' ? hidden : JSON.stringify(hidden));
      }
    }
  });

  it('without the value that came before the approved one', async () => {
    const figure = await after(
      reported,
      correction,
      by(reviewer, approved(beds2107)),
      saying({ reason: '再核' }, corrected(beds2107, beds2161)),
    );
    const seen = figureSight.seen(figure, others)!;
    expect(seen.first).toBeUndefined();
    expect(seen.approved!.reported).toEqual(beds2107);
    expect(seen.corrections).toBe(1);
  });

  it('by nobody else', async () => {
    for (const events of [[reported, passed], [missing('not-due')], [reported]]) {
      expect(figureSight.seen(await after(...events), strangers)).toBeUndefined();
    }
  });
});
