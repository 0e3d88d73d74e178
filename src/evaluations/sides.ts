import { currentMethod, methodNumbered } from '../assessment/method.js';
import type { State } from '../attribution/attribution.js';
import type { Reading } from '../http/reading.js';
import { invalid } from '../kernel/errors.js';
import type { FileStore } from '../kernel/file-store.js';
import type { LogClock } from '../kernel/log-clock.js';
import type { LogPresence } from '../kernel/log-presence.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading, Views } from '../kernel/views.js';
import { askedPeriod } from '../overview/asked-period.js';
import type { PlanReaders } from '../overview/plan-readers.js';
import { readPlan } from '../plans/read-plan.js';
import type { EvaluationDocument, SnapshotEntry } from './evaluation.projection.js';
import { readSnapshot, snapshotNamed } from './read-snapshot.js';
import { readContent, shownCutOff } from './snapshot.js';
import { TakenOver, takeableWords, type Takeable } from './taken-over.js';

export const SIDES = Symbol('Sides');

/** Two states to compare. */
export interface Pair {
  readonly labels: readonly [string, string];
  readonly states: readonly [State, State];
  /** By which methods they are, or were, computed. */
  readonly methods: readonly [number, number];
  /** The documents from which both are composed. */
  readonly documents: DocumentReading;
  /** The right side is the left one with only this taken over from the right; absent: with all. */
  readonly only?: ReadonlySet<Takeable>;
}

interface Asked {
  readonly plan: string;
  readonly left: string;
  readonly right: string;
  readonly period?: string | undefined;
  readonly only?: readonly Takeable[] | undefined;
}

interface Named {
  readonly label: string;
  readonly asOf: AsOf;
  readonly snapshot?: { readonly evaluation: EvaluationDocument; readonly entry: SnapshotEntry };
}

/** Finds the states that a reader names. */
export class Sides {
  constructor(
    private readonly reading: Reading,
    private readonly views: Views,
    private readonly files: FileStore,
    private readonly presence: LogPresence,
    private readonly readers: PlanReaders,
    private readonly clock: LogClock,
  ) {}

  /**
   * Two sides by their names: `midterm-2022/1`, `2023-06-30`, `@120`, `now`. Moments have the asked period, or else that of
   * the snapshot on the other side, or the latest with figures on the left.
   * @throws {DomainError} `comparison.period`, what `readSnapshot`, `readContent`, `shownCutOff` and `askedPeriod` throw
   */
  async pair({ plan, left, right, period, only }: Asked): Promise<Pair> {
    const [first, second] = [await this.named(plan, left, 'left'), await this.named(plan, right, 'right')];
    const { snapshot } = first.snapshot ? first : second;
    if (period !== undefined && snapshot) {
      throw invalid('comparison.period', '快照有自己的期间：请去掉期间（period）', 'period');
    }
    const text = snapshot?.entry.period ?? (await this.periodOf(plan, period, first.asOf));
    const from = await this.stateOf(plan, first, text);
    const method = methodOf(first);
    if (only === undefined) {
      const to = await this.stateOf(plan, second, text);
      const [labels, methods] = [
        [first.label, second.label],
        [method, methodOf(second)],
      ] as const;
      return { labels, methods, states: [from, to], documents: this.views };
    }
    const words = only.map((each) => takeableWords[each]).join('、');
    const taken = new Set(only);
    return {
      labels: [first.label, `${first.label}，改按${second.label}的${words}`],
      methods: [method, method],
      states: [from, { question: from.question, documents: second.asOf }],
      documents: new TakenOver(this.views, first.asOf, taken),
      only: taken,
    };
  }

  private async stateOf(plan: string, { asOf, snapshot }: Named, period: string): Promise<State> {
    if (!snapshot) {
      const question = { plan, period, asOf, now: await this.clock.now(), method: currentMethod };
      return { question, documents: asOf };
    }
    const { entry } = snapshot;
    const { overview } = await readContent(this.files, entry.contentHash);
    const question = {
      ...{ plan, period: entry.period, asOf },
      // A method that is not known is refused only where something has to be composed by it.
      get method() {
        return methodNumbered(entry.method);
      },
    };
    return { question, documents: asOf, stored: overview };
  }

  private async named(plan: string, name: string, field: string): Promise<Named> {
    if (name === 'now') return { label: '今日', asOf: {} };
    if (/^\d{4}-\d{2}-\d{2}(T|$)/.test(name)) {
      return { label: `截至 ${name}`, asOf: await this.reading.moment(plan, { asOf: name }, undefined, field) };
    }
    if (name.startsWith('@')) {
      const atPosition = name.slice(1);
      await this.reading.wait(atPosition, field);
      return { label: `系统记录序号 ${atPosition}`, asOf: { position: atPosition } };
    }
    const { id, number } = snapshotNamed(name);
    const snapshot = await readSnapshot(this.views, plan, id, number);
    const { evaluation, entry } = snapshot;
    const asOf = { knownAt: entry.asOf, position: await shownCutOff(this.presence, entry) };
    return { label: `${evaluation.title} 快照 ${entry.number}`, asOf, snapshot };
  }

  /** The asked period, or the latest one with figures as of the moment. */
  private async periodOf(plan: string, asked: string | undefined, asOf: AsOf): Promise<string> {
    const now = await this.clock.now();
    return (await askedPeriod(this.readers.open, await readPlan(this.views, plan, asOf), asked, { asOf, now })).text;
  }
}

const methodOf = ({ snapshot }: Named): number => snapshot?.entry.method ?? currentMethod.number;
