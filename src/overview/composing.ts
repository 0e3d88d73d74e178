import type { DocumentReading } from '../kernel/views.js';
import { kept } from './kept.js';
import type { PlanReader } from './plan-reader.js';

/**
 * Where an answer is composed, part by part. Whoever composes the same answer again and again from documents of which few
 * differ can keep the parts of which no document differs. So a part reads its documents through what it is given, and
 * through nothing else; only the plan itself and what is asked may come from outside.
 */
export interface Composing {
  readonly views: DocumentReading;
  reader(): Promise<PlanReader>;
  /** A part, composed once. `key` tells it from the other parts of the answer. */
  part<Value>(key: string, compose: (own: Composing) => Promise<Value>): Promise<Value>;
  /** What follows from these inputs alone: it need not be computed again for the same objects. */
  given<Value>(key: string, inputs: readonly unknown[], compute: () => Value): Value;
}

/** Composes everything anew, with one reader of the same documents. */
export function directly(reader: PlanReader, views: DocumentReading): Composing {
  const parts = new Map<string, Promise<unknown>>();
  const own: Composing = {
    views,
    reader: () => Promise.resolve(reader),
    part: <Value>(key: string, compose: (own: Composing) => Promise<Value>) =>
      kept(parts, key, () => compose(own)) as Promise<Value>,
    given: (_, __, compute) => compute(),
  };
  return own;
}
