import { createEmptyTestResult } from '@jest/test-result';
import { bind } from 'jest-each';
import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { currentRun } from './current-run.mjs';
import { Suite } from './suite.mjs';

const require = createRequire(import.meta.url);
const { mutants, progress, specs, reloading, slowest } = currentRun();

/** Ids of the mutants that a test has noticed, here or in an earlier process. */
const noticed = new Set(currentRun().noticed);
const tried = new Set(currentRun().tried);

const tell = (line) => appendFileSync(progress, `${JSON.stringify(line)}\n`);

/** Runs one spec file against all mutants that no spec before it has noticed. jest calls it for each spec file. */
export default async function runSpec(globalConfig, config, environment, runtime, path) {
  const result = { ...createEmptyTestResult(), testFilePath: path };
  tell({ begins: path });
  const open = mutants.filter(({ id }) => !noticed.has(id));
  if (open.length > 0) await new SpecRun(environment, runtime, path).against(open);
  // jest takes a file without tests for a mistake.
  const done = { title: 'mutants', fullName: 'mutants', status: 'passed', ancestorTitles: [] };
  return { ...result, numPassingTests: 1, testResults: [{ ...done, failureMessages: [], failureDetails: [] }] };
}

class SpecRun {
  /** The names of the coverage by hooks and tests. */
  names = new Map();

  constructor(environment, runtime, path) {
    this.environment = environment;
    this.runtime = runtime;
    this.path = path;
    this.switches = { mutantCoverage: { static: {}, perTest: {} } };
    environment.global.__stryker__ = this.switches;
    const { jestExpect } = runtime.requireInternalModule(require.resolve('@jest/expect'));
    environment.global.expect = jestExpect;
  }

  async against(open) {
    this.suite = await this.load();
    await this.measure();
    for (const mutant of open) {
      const key = `${mutant.id} ${this.path}`;
      if (tried.has(key)) continue;
      const tests = this.testsOf(mutant);
      if (tests.length === 0) continue;
      tell({ trying: key });
      await this.try(mutant, tests);
    }
    if (specs.indexOf(this.path) < reloading) await this.againstLoading(open);
    await this.suite.forget();
  }

  /** The tests of the file, declared anew by modules that are loaded anew. */
  async load() {
    const suite = new Suite();
    Object.assign(this.environment.global, suite.globals(bind));
    this.runtime.resetModules();
    await this.runtime.unstable_importModule(this.path);
    return suite;
  }

  /** Runs all tests without a mutant: which test comes past which mutant, and how long each takes. */
  async measure() {
    const { suite, switches } = this;
    let last;
    let since;
    const end = () => {
      if (last) {
        const { user, system } = process.cpuUsage(since.processor);
        last.duration += performance.now() - since.time;
        last.cost += (user + system) / 1_000;
      }
      since = { time: performance.now(), processor: process.cpuUsage() };
    };
    const begin = (what) => {
      end();
      last = what;
      switches.currentTestId = this.nameOf(what);
    };
    this.loading = { ...switches.mutantCoverage.static };
    const failure = await suite.run(suite.tests, { begin });
    end();
    // What runs from now on is counted where nobody looks.
    switches.currentTestId = 'later';
    if (failure) throw new Error(`${failure.test.name} fails without a mutant: ${failure.error.stack}`);
    await this.findUnrepeatable();
  }

  /** Tests that change what `beforeAll` made, so that they fail when they run on it again. */
  async findUnrepeatable() {
    this.unrepeatable = new Set();
    for (;;) {
      const tests = this.suite.tests.filter((test) => !this.unrepeatable.has(test));
      const failure = await this.suite.run(tests);
      if (!failure) return;
      for (const test of failure.block?.tests ?? [failure.test]) this.unrepeatable.add(test);
      await this.suite.forget();
    }
  }

  nameOf(what) {
    if (!this.names.has(what)) this.names.set(what, `t${this.names.size}`);
    return this.names.get(what);
  }

  hits(what, { id }) {
    return this.switches.mutantCoverage.perTest[this.names.get(what)]?.[id] ?? 0;
  }

  /** Whether the hooks of the block must run again for this mutant. */
  isTouched(block, mutant) {
    return (
      block.line.some((each) => this.hits(each, mutant) > 0) || block.tests.every((test) => this.unrepeatable.has(test))
    );
  }

  testsOf(mutant) {
    return this.suite.tests.filter((test) => {
      const line = test.block.line;
      if (![test, ...line].some((what) => this.hits(what, mutant) > 0)) return false;
      const isAnew = (block) => this.unrepeatable.has(test) || this.isTouched(block, mutant);
      return test.cost + line.filter(isAnew).reduce((sum, { cost }) => sum + cost, 0) < slowest;
    });
  }

  async try(mutant, tests) {
    let failure = await this.runWith(mutant, tests);
    if (!failure) return;
    if (this.isDoubtful(failure.test) && (await this.runWith(undefined, [failure.test]))) {
      // Something that is kept has changed: the test fails without the mutant too.
      await this.suite.forget();
      failure = await this.runWith(mutant, tests);
      await this.suite.forget();
      if (!failure) return;
      if (await this.runWith(undefined, [failure.test])) return tell({ unsound: `${this.path} ${failure.test.name}` });
    }
    this.notice(mutant, failure);
  }

  /** Whether a failure of the test is to be checked by a run without a mutant: of slow tests only each tenth. */
  isDoubtful(test) {
    test.failures = (test.failures ?? 0) + 1;
    const cost = [test, ...test.block.line].reduce((sum, { cost }) => sum + cost, 0);
    return cost < 300 || test.failures % 10 === 1;
  }

  async runWith(mutant, tests) {
    const { suite, switches } = this;
    switches.activeMutant = mutant?.id;
    switches.hitCount = 0;
    const hits = [...this.names.keys()].reduce((sum, what) => sum + this.hits(what, mutant ?? {}), 0);
    switches.hitLimit = 1_000 + 20 * hits;
    const limit = ({ duration }) => 5_000 + 10 * duration;
    const failure = await suite.run(tests, { limit, isTouched: (block) => mutant && this.isTouched(block, mutant) });
    switches.activeMutant = undefined;
    return failure;
  }

  /** Mutants of what a module does when it is loaded: each needs the modules anew. */
  async againstLoading(open) {
    for (const mutant of open) {
      const key = `loading ${mutant.id} ${this.path}`;
      if (noticed.has(mutant.id) || tried.has(key) || !this.loading[mutant.id]) continue;
      tell({ trying: key });
      this.switches.activeMutant = mutant.id;
      this.switches.hitCount = undefined;
      const durations = new Map(this.suite.tests.map(({ duration }, at) => [at, duration]));
      try {
        const suite = await this.load();
        const limit = (what) => 5_000 + 10 * (durations.get(suite.tests.indexOf(what)) ?? 10_000);
        const failure = await suite.run(suite.tests, { limit });
        if (failure) this.notice(mutant, failure);
      } catch (error) {
        this.notice(mutant, { test: { name: 'the import of the spec' }, error });
      }
      this.switches.activeMutant = undefined;
    }
  }

  notice({ id }, { test, isTimeout = false, error }) {
    noticed.add(id);
    tell({ noticed: id, spec: this.path, test: test.name, isTimeout, error: String(error?.message).slice(0, 200) });
  }
}
