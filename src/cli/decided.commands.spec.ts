import { Command } from 'commander';
import { leavesOf } from '../../test/support/leaf-commands.js';
import { fieldsOf } from '../slice/field.js';
import { slices } from '../slices.js';
import { decidedCommands } from './decided.commands.js';
import { callGroups, figureCalls } from './decided.js';

const calls = [figureCalls, ...Object.values(callGroups).map((group) => group.calls)].flatMap((each) =>
  Object.values(each).map((call) => (typeof call === 'function' ? { type: call } : call)),
);
const routes = slices.flatMap(({ deciding }) => deciding?.commands ?? []);

const program = new Command();
decidedCommands(program);
const leaves = new Map(leavesOf(program).map(({ name, command }) => [name, command]));

it('every command of the deciders has exactly one command line', () => {
  const names = (types: readonly { readonly name: string }[]) => types.map(({ name }) => name).sort();
  expect(names(calls.map(({ type }) => type))).toEqual(names(routes.map(({ type }) => type)));
  expect(leaves.size).toBe(routes.length);
});

/** `documentNumber` for `--document-number`. */
const optionsOf = (name: string) => leaves.get(name)!.options.map((option) => option.attributeName());
const operandsOf = (name: string) => leaves.get(name)!.registeredArguments.map((argument) => argument.name());

it('each field of a command is an operand or an option of its command line', () => {
  for (const { type, operands = [], options = {} } of calls.map((call) => ({ operands: [], options: {}, ...call }))) {
    const { path } = routes.find((route) => route.type === type)!;
    const inPath = [...path.matchAll(/:(\w+)/g)].map(([, field]) => field!).filter((field) => field !== 'on');
    const byOption = [...fieldsOf(type).keys()].filter((field) => ![...inPath, ...operands].includes(field));
    const names = byOption.map((field) => (options as Record<string, string>)[field] ?? field);
    const plan = operands.includes('plan') ? [] : ['plan'];
    const own = [...leaves.entries()].find(([, command]) => {
      const had = new Set(command.options.map((option) => option.attributeName()));
      return [...names, ...plan].every((name) => had.has(name)) && had.size === names.length + plan.length;
    });
    expect([type.name, own?.[0]]).toEqual([type.name, expect.any(String)]);
  }
});

it.each([
  ['measure', ['指标代码', '单位代码', '期间', '数值'], ['numerator', 'denominator', 'exception']],
  ['target revise', ['指标代码', '单位代码', '期间', '目标值'], ['documentNumber', 'approvedBy', 'approvedOn']],
  ['indicator scope', ['指标代码', '单位代码'], ['applies', 'applies', 'fromPeriod']],
  ['project correct-investment', ['项目编号'], ['on', 'amount']],
  ['project reschedule', ['项目编号'], ['to']],
  ['plan draft', ['规划'], ['title', 'territory', 'timeZone', 'startYear', 'endYear', 'baseline', 'midterm']],
  ['unit merge', [], ['units', 'into', 'on']],
  ['evaluation rectify', ['评估编号', '建议序号'], ['text', 'finished', 'finished']],
])('%s takes %j and the options %j', (name, operands, options) => {
  expect(operandsOf(name)).toEqual(operands);
  expect(optionsOf(name)).toEqual(expect.arrayContaining(options));
});

it('no label breaks the syntax of an option', () => {
  for (const { type } of calls) {
    for (const { label } of fieldsOf(type).values()) expect(label).not.toMatch(/[\s,|<>[\]]/);
  }
});
