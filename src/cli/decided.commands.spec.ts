import { Command } from 'commander';
import { leavesOf } from '../../test/support/leaf-commands.js';
import { fieldsOf } from '../slice/field.js';
import { slices } from '../slices.js';
import { decidedCommands } from './decided.commands.js';
import { callGroups, figureCalls, type CallGroup } from './decided.js';

const named = (group: CallGroup['calls'], before = '') =>
  Object.entries(group).map(([name, call]) => ({
    ...{ name: `${before}${name}`, operands: [] as readonly string[], options: {} },
    ...(typeof call === 'function' ? { type: call } : call),
  }));
const calls = [
  ...named(figureCalls),
  ...Object.entries(callGroups).flatMap(([name, group]) => named(group.calls, `${name} `)),
];
const routes = slices.flatMap(({ deciding }) => deciding?.commands ?? []).filter(({ internal }) => !internal);

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

it.each(calls.map((call) => [call.name, call] as const))(
  'each field of the class is an operand or an option of %s, and nothing else is',
  (name, { type, operands, options }) => {
    const { path } = routes.find((route) => route.type === type)!;
    const inPath = [...path.matchAll(/:(\w+)/g)].map(([, field]) => field!);
    const behind = [...inPath.filter((field) => field !== 'plan' && field !== 'on'), ...operands];
    const fields = [...fieldsOf(type).keys()];
    expect(operandsOf(name)).toEqual(behind.map((field) => fieldsOf(type).get(field)!.label));
    const byOption = fields.filter((field) => !behind.includes(field)).map((field) => options[field] ?? field);
    // A kept file is named beside its title.
    expect([...new Set(optionsOf(name))].sort()).toEqual([...byOption, 'evidenceSha256'].sort());
  },
);

it('an option of a list takes several values', () => {
  const { options } = leaves.get('unit merge')!;
  expect(options.filter(({ variadic }) => variadic).map(({ long }) => long)).toEqual(['--units']);
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
