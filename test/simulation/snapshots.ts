import type { Engine } from '../../src/engine.js';
import type { EvaluationOpened, SnapshotTaken } from '../../src/evaluations/evaluation.events.js';
import { evaluationProjection } from '../../src/evaluations/evaluation.projection.js';
import { freeze, verify } from '../../src/evaluations/snapshot.js';
import type { RecordedEvent } from '../../src/kernel/event.js';
import { canonicalJson, sha256 } from '../../src/kernel/json.js';
import { plan } from './plan.js';
import { assertThat, shown } from './violation.js';

interface Taken {
  readonly id: string;
  readonly opened: (typeof EvaluationOpened)['example'];
  readonly taken: (typeof SnapshotTaken)['example'];
}

/** Checks that snapshots taken earlier stay reproducible. */
export class Snapshots {
  private readonly opened = new Map<string, Taken['opened']>();
  private readonly all: Taken[] = [];
  /** Number of snapshots checked so far; they are checked in turn. */
  private turn = 0;

  get count(): number {
    return this.all.length;
  }

  apply({ type, stream, data }: RecordedEvent): void {
    const id = stream.slice(stream.indexOf('.') + 1);
    if (type === 'EvaluationOpened') this.opened.set(id, data as unknown as Taken['opened']);
    if (type === 'SnapshotTaken') {
      this.all.push({ id, opened: this.opened.get(id)!, taken: data as unknown as Taken['taken'] });
    }
  }

  /** Recomposes the next snapshot in turn from the current views. */
  async recompose({ views, files }: Engine): Promise<void> {
    const { opened, taken } = this.next() ?? {};
    if (!opened || !taken) return;
    const content = await freeze(views, { ...opened, ...taken, plan });
    const hash = sha256(canonicalJson(content));
    assertThat(hash === taken.contentHash, () => `the views give ${hash} for snapshot ${shown(taken)}`);
    const stored = await files.get(taken.contentHash);
    assertThat(
      stored !== undefined && sha256(stored) === hash,
      () => `the file of ${shown(taken)} is missing or differs`,
    );
  }

  /** Verifies the next snapshot in turn from the log. */
  async verify(engine: Engine): Promise<void> {
    const { id, opened, taken } = this.next() ?? {};
    if (!opened || !taken) return;
    const evaluation = await engine.views.get(evaluationProjection, `${plan}/${id}`);
    const entry = evaluation?.body.snapshots.find(({ number }) => number === taken.number);
    assertThat(entry?.contentHash === taken.contentHash, () => `${id} no longer lists ${shown(taken)}`);
    const scratch = engine.scratch();
    try {
      const { log, files, projections } = engine;
      const subject = { ...opened, plan, asOf: taken.asOf };
      const found = await verify({ log, files, scratch, projections }, subject, entry);
      assertThat(found.reproduced && found.stored === 'intact', () => `snapshot ${shown(taken)}: ${shown(found)}`);
    } finally {
      await scratch.close();
    }
  }

  private next(): Taken | undefined {
    return this.all[this.turn++ % Math.max(1, this.all.length)];
  }
}
