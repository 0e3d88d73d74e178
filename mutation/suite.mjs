const phases = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'];

/** Milliseconds of processor time from which on it pays to keep what `beforeAll` made. */
const costly = 100;

class Block {
  /** `beforeAll` has run, `afterAll` has not. */
  isReady = false;
  cost = 0;
  duration = 0;
  children = [];

  constructor(parent) {
    this.parent = parent;
    this.hooks = Object.fromEntries(phases.map((phase) => [phase, []]));
  }

  get tests() {
    return this.children.flatMap((child) => (child instanceof Block ? child.tests : [child]));
  }

  /** From the file down to this block. */
  get line() {
    return [...(this.parent?.line ?? []), this];
  }
}

class TimedOut extends Error {}

function withinTime(work, milliseconds) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut(`no end within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([late, (async () => work())()]).finally(() => clearTimeout(timer));
}

/**
 * The tests of one spec file, which can be run many times, all or some of them. Knows what unit specs use: `describe`, `it`,
 * `each` and the four hooks.
 */
export class Suite {
  root = new Block(undefined);
  current = this.root;

  /** The globals with which the spec file declares its tests. */
  globals(bindEach) {
    const describe = (name, declare) => {
      const block = new Block(this.current);
      this.current.children.push(block);
      this.current = block;
      declare();
      this.current = block.parent;
    };
    const it = (name, body) => this.current.children.push({ name, body, block: this.current, duration: 0, cost: 0 });
    describe.each = bindEach(describe, false);
    it.each = bindEach(it, false);
    const hooks = phases.map((phase) => [phase, (body) => this.current.hooks[phase].push({ body })]);
    return { describe, it, test: it, ...Object.fromEntries(hooks) };
  }

  get tests() {
    return this.root.tests;
  }

  /**
   * Runs the tests in their order until one fails; returns the failure, if any. `begin` is called before each hook and test.
   * What `beforeAll` of a block made at great cost is used again, unless `isTouched` says that the block must run anew.
   */
  async run(tests, { limit = () => 600_000, begin = () => undefined, isTouched = () => false } = {}) {
    const chosen = new Set(tests);
    const fresh = new Set();
    const step = async (what, body) => {
      begin(what);
      await withinTime(body, limit(what));
    };
    const enter = async (block) => {
      if (fresh.has(block)) return;
      if (block.isReady && !isTouched(block) && !fresh.has(block.parent)) return;
      await this.leave(block, step);
      block.isReady = true;
      fresh.add(block);
      for (const { body } of block.hooks.beforeAll) await step(block, body);
    };
    const isKept = (block) => block.cost >= costly && !isTouched(block);
    let at;
    let inHooksOf;
    try {
      for (const test of this.tests.filter((candidate) => chosen.has(candidate))) {
        at = test;
        const line = test.block.line;
        for (const block of [...fresh].toReversed()) {
          if (line.includes(block) || isKept(block)) continue;
          await this.leave(block, step);
          fresh.delete(block);
        }
        for (const block of line) {
          inHooksOf = block;
          await enter(block);
        }
        inHooksOf = undefined;
        for (const block of line) for (const { body } of block.hooks.beforeEach) await step(test, body);
        await step(test, test.body);
        for (const block of line.toReversed()) for (const { body } of block.hooks.afterEach) await step(test, body);
      }
      for (const block of [...fresh].toReversed()) if (!isKept(block)) await this.leave(block, step);
      return undefined;
    } catch (error) {
      const failure = { test: at, block: inHooksOf, error, isTimeout: error instanceof TimedOut };
      for (const block of [...fresh].toReversed()) if (!isKept(block) || block === inHooksOf) await this.forget(block);
      return failure;
    }
  }

  /** Runs `afterAll` of the block and of those in it, as far as they are in use. */
  async leave(block, step) {
    for (const child of block.children) if (child instanceof Block) await this.leave(child, step);
    if (!block.isReady) return;
    block.isReady = false;
    for (const { body } of block.hooks.afterAll) await step(block, body);
  }

  /** Leaves the block, whatever fails. */
  async forget(block = this.root) {
    await this.leave(block, (_, body) => withinTime(body, 5_000).catch(() => undefined));
  }
}
