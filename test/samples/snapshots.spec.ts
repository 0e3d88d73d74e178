import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentMethod, methodNumbered } from '../../src/assessment/method.js';
import { MemoryEventLog } from '../../src/event-log/memory/memory-event-log.js';
import type { EvaluationKind } from '../../src/evaluations/evaluation.events.js';
import { evaluationProjection, type EvaluationDocument } from '../../src/evaluations/evaluation.projection.js';
import { freeze, verify } from '../../src/evaluations/snapshot.js';
import type { RecordedEvent } from '../../src/kernel/event.js';
import { canonicalJson, sha256 } from '../../src/kernel/json.js';
import type { Engine } from '../../src/engine.js';
import { MemoryVersionedStore } from '../../src/versioned-store/memory/memory-versioned-store.js';
import { memoryEngine } from '../support/engine.js';

/**
 * The log of a small plan as the last program of each method wrote it, with snapshots that it took. The plan has whatever
 * a later method computes otherwise.
 */
const recordings = [
  { method: 1, plan: 'first-formulas', file: 'first-method.ndjson', evaluations: ['annual-2022', 'annual-2023'] },
  { method: 2, plan: 'second-digits', file: 'second-method.ndjson', evaluations: ['annual-2021', 'annual-2022'] },
];

describe.each(recordings)('snapshots taken by method $method', ({ method, plan, file, evaluations }) => {
  let engine: Engine;
  beforeAll(async () => {
    const text = readFileSync(join(process.cwd(), 'test', 'samples', 'snapshots', file), 'utf8');
    const log = new MemoryEventLog();
    await log.takeOver(
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as RecordedEvent),
    );
    engine = memoryEngine({ log });
    await engine.start();
    await engine.caughtUp();
  });
  afterAll(() => engine.close());

  const evaluationOf = async (id: string): Promise<EvaluationDocument> =>
    (await engine.views.get(evaluationProjection, `${plan}/${id}`))!.body;
  const subjectOf = ({ kind, title, period, snapshots }: EvaluationDocument) => ({
    ...{ plan, kind: kind satisfies EvaluationKind, title, period, asOf: snapshots[0]!.asOf },
  });
  const verified = async (evaluation: EvaluationDocument, entry = evaluation.snapshots[0]!) => {
    const scratch = new MemoryVersionedStore();
    try {
      const { log, files, projections } = engine;
      return await verify({ log, files, scratch, projections }, subjectOf(evaluation), entry);
    } finally {
      await scratch.close();
    }
  };

  it.each(evaluations)('%s is still reproduced', async (id) => {
    const evaluation = await evaluationOf(id);
    expect(evaluation.snapshots).toMatchObject([{ number: 1, method }]);
    expect(await verified(evaluation)).toMatchObject({ reproduced: true, stored: 'missing' });
  });

  it.each(evaluations.slice(-1))('%s would be another by the present method', async (id) => {
    const evaluation = await evaluationOf(id);
    const [entry] = evaluation.snapshots;
    const hashBy = async (number: number) => {
      const { position } = entry!;
      return sha256(
        canonicalJson(await freeze(engine.views, { ...subjectOf(evaluation), position }, methodNumbered(number))),
      );
    };
    expect(await hashBy(method)).toBe(entry!.contentHash);
    expect(await hashBy(currentMethod.number)).not.toBe(entry!.contentHash);
  });

  it('of a method that this program does not know are refused, not computed by another', async () => {
    const evaluation = await evaluationOf(evaluations[0]!);
    const newer = { ...evaluation.snapshots[0]!, method: currentMethod.number + 1 };
    await expect(verified(evaluation, newer)).rejects.toMatchObject({ code: 'snapshot.unknown-method' });
    expect(() => methodNumbered(0)).toThrow();
  });
});
