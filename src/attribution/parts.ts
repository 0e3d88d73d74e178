import { isDeepStrictEqual } from 'node:util';
import type { RecordedEvent } from '../kernel/event.js';
import type { DocumentReading } from '../kernel/views.js';
import type { Composing } from '../overview/composing.js';
import type { PlanReader } from '../overview/plan-reader.js';
import { DocumentsRead, isRead, type MovedDocuments, type Reads } from './moved-documents.js';

/** A part of an answer, with the documents that it was composed from. */
interface Part {
  readonly value: Promise<unknown>;
  readonly reads: Reads;
}

/** What was computed from inputs. */
interface Given {
  readonly inputs: readonly unknown[];
  readonly value: unknown;
}

/**
 * Composes the parts of an answer from moved documents. Of an earlier composition it keeps the parts of which no document
 * differs, and the object of each part that comes out the same. Both compositions are of the same plan document.
 */
export class Parts {
  private readonly parts = new Map<string, Part>();
  private readonly given: Map<string, Given>;
  /** Those of which a document differs. */
  private readonly stale = new Map<string, Part>();

  constructor(
    private readonly documents: MovedDocuments,
    private readonly open: (views: DocumentReading) => Promise<PlanReader>,
    before?: { readonly parts: Parts; readonly events: readonly RecordedEvent[] },
  ) {
    this.given = new Map(before?.parts.given);
    for (const [key, part] of before?.parts.parts ?? []) {
      const isStale = before!.events.some((event) => isRead(event, part.reads));
      (isStale ? this.stale : this.parts).set(key, part);
    }
  }

  /** Composes the whole, and says what was read for it. */
  async compose<Value>(work: (own: Composing) => Promise<Value>): Promise<{ value: Value; reads: Reads }> {
    const { own, views } = this.composing();
    const value = await work(own);
    this.stale.clear();
    return { value, reads: views.reads };
  }

  readsOf(key: string): Reads {
    return this.parts.get(key)!.reads;
  }

  private composing(): { own: Composing; views: DocumentsRead } {
    const views = new DocumentsRead(this.documents);
    let reader: Promise<PlanReader> | undefined;
    const own: Composing = {
      views,
      reader: () => (reader ??= this.open(views)),
      part: async (key, compose) => {
        const { value, reads } = this.parts.get(key) ?? this.begin(key, compose);
        const found = (await value) as Awaited<ReturnType<typeof compose>>;
        views.add(reads);
        return found;
      },
      given: (key, inputs, compute) => this.once(key, inputs, compute),
    };
    return { own, views };
  }

  private begin(key: string, compose: (own: Composing) => Promise<unknown>): Part {
    const { own, views } = this.composing();
    const value = this.steady(compose(own), this.stale.get(key));
    const part = { value, reads: views.reads };
    this.parts.set(key, part);
    return part;
  }

  /** The object that stood before where the new one is the same: what follows from it need not be computed again. */
  private async steady(composing: Promise<unknown>, stale: Part | undefined): Promise<unknown> {
    const [value, before] = [await composing, await stale?.value];
    return isDeepStrictEqual(value, before) ? before : value;
  }

  private once<Value>(key: string, inputs: readonly unknown[], compute: () => Value): Value {
    const known = this.given.get(key);
    if (known?.inputs.every((input, at) => input === inputs[at])) return known.value as Value;
    const value = compute();
    this.given.set(key, { inputs, value });
    return value;
  }
}
