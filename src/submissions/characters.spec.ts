import fc from 'fast-check';
import { memoryEngine } from '../../test/support/engine.js';
import { programmeFolder, programmeWarnings } from '../../test/support/programme-folder.js';
import type { Engine } from '../engine.js';
import { DomainError } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { flawIn } from '../kernel/text.js';
import { checkedInput, type Command, type CommandClass } from '../slice/command.js';
import type { FolderFiles } from '../slice/folder-part.js';
import { slices } from '../slices.js';
import { readPlanFolder } from './read-plan-folder.js';
import { textOf } from './folder-text.js';

const flawed = [
  '\uFFFD',
  '\ud800',
  '\udfff',
  '\u0000',
  '\u0007',
  '\u000b',
  '\u007f',
  '\u0085',
  '\uFFFE',
  '\uFFFF',
  '\uFDD0',
];
const whole = ['丽', '𠮷', '\t', '\n', '\r\n', '“', '\u2028', '\uFEFF'];
const character = fc.oneof(fc.constantFrom(...flawed), fc.constantFrom(...whole));

/** Every text in a value, keys included. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...textsIn(member)]);
}

/** A copy with something put into its n-th text. */
function spoilt(value: unknown, at: { n: number }, spoil: (text: string) => string): unknown {
  if (typeof value === 'string') return at.n-- === 0 ? spoil(value) : value;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => spoilt(item, at, spoil));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, spoilt(member, at, spoil)]));
}

const isStored = (value: unknown) => textsIn(value).every((text) => !flawIn(text) && !text.includes('\r'));

/** One command of each class that a folder brings, as plain input. */
function samples(): [CommandClass, object][] {
  const rules = 'source: 自定\nstatus: {}\noutlook: {}\nverdict: {}\nindex: {}\n';
  const parts = slices.flatMap(({ folder }) => folder ?? []);
  const { commands } = readPlanFolder(textOf({ ...programmeFolder(), 'rules.yaml': rules }), parts);
  const byClass = new Map<CommandClass, object>();
  for (const { command } of commands) byClass.set(command.constructor as CommandClass, plain(command));
  return [...byClass];
}

describe('whatever is put into a text of a command', () => {
  const commands = samples();

  it('the commands of a folder are of these classes', () => {
    expect(commands.length).toBeGreaterThan(25);
  });

  it('it is refused, or holds nothing that may not be stored', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...commands), fc.nat(40), fc.nat(20), character, ([type, input], n, at, put) => {
        const spoil = (text: string) => text.slice(0, at) + put + text.slice(at);
        let command: Command;
        try {
          command = checkedInput(type, spoilt(input, { n: n % textsIn(input).length }, spoil));
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
          expect(isStored((error as DomainError).message)).toBe(true);
          return;
        }
        taken++;
        expect(isStored(plain(command))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it('U+FFFD is told to come from a wrong conversion', () => {
    const [type, input] = commands.find(([{ name }]) => name === 'DraftPlan')!;
    expect(() => checkedInput(type, { ...input, title: '丽\uFFFD市' })).toThrow('规划名称含有乱码字符 U+FFFD');
    const evidence = [{ title: '年\ud800报' }];
    expect(() => checkedInput(type, { ...input, evidence })).toThrow('依据含有损坏的字符');
  });
});

describe('whatever is put into a folder', () => {
  let engine: Engine;
  beforeEach(() => void (engine = memoryEngine()));

  const inYaml = (text: string) => `"${text}\\u0007"`;

  it.each<[string, FolderFiles]>([
    ['the title', { 'plan.yaml': `title: ${inYaml('小规划')}` }],
    ['the loader', { 'plan.yaml': `name: ${inYaml('装载员')}` }],
    ['the source', { 'plan.yaml': `source: { title: ${inYaml('规划文本')} }` }],
    ['an area', { 'plan.yaml': `name: ${inYaml('幸福颐养标杆区')}` }],
    ['an indicator', { 'indicators.yaml': `name: ${inYaml('康养联合体数')}` }],
    ['the rules', { 'rules.yaml': `source: ${inYaml('自定')}` }],
  ])('as an escape of YAML in %s is refused', async (_, changes) => {
    const files: Record<string, string> = { ...programmeFolder() };
    for (const [file, line] of Object.entries(changes)) {
      const [key, value] = [line.slice(0, line.indexOf(':')), /"(.*)\\u0007"/.exec(line)![1]!];
      const text = files[file] ?? 'source: 自定\n';
      const old = key === 'source' && file === 'plan.yaml' ? `source: { title: ${value} }` : `${key}: ${value}`;
      expect(text).toContain(old);
      files[file] = text.replace(old, line);
    }
    const refusal: unknown = await engine.submissions.submit(files).catch((error: unknown) => error);
    expect((refusal as DomainError).problems[0]!.message).toContain('控制字符 U+0007');
    expect(await engine.log.head()).toBeUndefined();
  });

  it.each(['\uFFFD', '\u0007', '\ud800'])('as a character of a file, %j, is refused or not there', async (put) => {
    for (const [file, text] of Object.entries(programmeFolder())) {
      const at = text.indexOf('\n') + 8;
      const files = { ...programmeFolder(), [file]: text.slice(0, at) + put + text.slice(at) };
      await expect(engine.submissions.submit(files)).rejects.toMatchObject({
        problems: [{ file, code: 'folder.characters' }],
      });
    }
  });

  it('is told in a message that can be stored', async () => {
    await engine.submissions.submit(programmeFolder(), undefined, programmeWarnings);
    const yaml = programmeFolder()['plan.yaml']!.replace(
      'title: 小规划',
      'title: "小\\uD800规划\\uFFFE"\n"x\\u0000": 1',
    );
    const refusal: unknown = await engine.submissions
      .submit({ ...programmeFolder(), 'plan.yaml': yaml })
      .catch((error: unknown) => error);
    const { message, problems } = refusal as DomainError;
    expect(problems.length).toBeGreaterThan(1);
    expect(isStored([message, problems])).toBe(true);
  });
});
