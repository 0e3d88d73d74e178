import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { defaultSizes, drawSample, rankOf, sampleSeed, strata, type SampledFigure } from './audit-sample.js';

const hash = 'a'.repeat(64);

it('seeds the sample with the hash of the snapshot, as anybody can compute it', () => {
  const byHand = (text: string) => createHash('sha256').update(text).digest('hex');
  expect(sampleSeed(hash)).toBe(byHand(`${hash}/audit-sample/1`));
  expect(rankOf('seed', { code: '02', unit: '331102', period: '2022' })).toBe(byHand('seed/02/331102/2022'));
});

const figures = fc.uniqueArray(
  fc.record<SampledFigure>({
    code: fc.constantFrom('01', '02', '03', '04', '05', '06'),
    unit: fc.constantFrom('331102', '331121', '331122'),
    period: fc.constantFrom('2020', '2021', '2022'),
    stratum: fc.constantFrom(...strata),
  }),
  { selector: ({ code, unit, period }) => `${code}/${unit}/${period}`, maxLength: 54 },
);

it('draws the same whatever the order, the whole of what is not more than the size, and never more', () => {
  fc.assert(
    fc.property(figures, fc.string(), (all, contentHash) => {
      const seed = sampleSeed(contentHash);
      const drawn = drawSample(seed, all, defaultSizes);
      expect(drawSample(seed, all.toReversed(), defaultSizes)).toEqual(drawn);
      expect(drawn.reduce((sum, each) => sum + each.of, 0)).toBe(all.length);
      for (const { unit, stratum, of, figures: found } of drawn) {
        expect(found).toHaveLength(Math.min(of, defaultSizes[stratum]));
        const rest = all.filter((each) => each.unit === unit && each.stratum === stratum && !found.includes(each));
        for (const left of rest) {
          expect(found.every((each) => rankOf(seed, each) < rankOf(seed, left))).toBe(true);
        }
      }
    }),
  );
});

it('draws each figure equally often over many snapshots', () => {
  const all = ['01', '02', '03', '04', '05', '06'].map((code): SampledFigure => ({
    ...{ code, unit: '331102', period: '2022', stratum: 'other' },
  }));
  const counts = new Map(all.map(({ code }) => [code, 0]));
  const snapshots = 3000;
  for (let index = 0; index < snapshots; index += 1) {
    const found = drawSample(sampleSeed(String(index)), all, defaultSizes)[0]!.figures;
    for (const { code } of found) counts.set(code, counts.get(code)! + 1);
  }
  // Half of the snapshots each: 1500, with a deviation of 27.
  for (const count of counts.values()) expect(Math.abs(count - snapshots / 2)).toBeLessThan(140);
});
