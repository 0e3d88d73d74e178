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

/** Every snapshot that was ever taken stays what it was. */
export class Snapshots {
  private readonly opened = new Map<string, Taken['opened']>();
  private readonly all: Taken[] = [];
  private turn = 0;

  get count(): number {
    return this.all.length;
  }

  take({ type, stream, data }: RecordedEvent): void {
    const id = stream.slice(stream.indexOf('.') + 1);
    if (type === 'EvaluationOpened') this.opened.set(id, data as unknown as Taken['opened']);
    if (type === 'SnapshotTaken') {
      this.all.push({ id, opened: this.opened.get(id)!, taken: data as unknown as Taken['taken'] });
    }
  }

  /** The next one in turn, composed anew from the views as they are now. */
  async recompose({ views, files }: Engine): Promise<void> {
    const { opened, taken } = this.next() ?? {};
    if (!opened || !taken) return;
    const content = await freeze(views, { ...opened, ...taken, plan });
    const hash = sha256(canonicalJson(content));
    assertThat(hash === taken.contentHash, () => `the views give ${hash} for snapshot ${shown(taken)}`);
    const stored = await files.get(taken.contentHash);
    assertThat(stored !== undefined && sha256(stored) === hash, () => `the file of ${shown(taken)} is not there`);
  }

  /** The next one in turn, computed anew from the log alone. */
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
