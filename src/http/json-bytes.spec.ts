import fc from 'fast-check';
import { WrittenJson } from '../kernel/json.js';
import { jsonBytes } from './json-bytes.js';

const item = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(undefined, NaN, new Date(0), () => 1, Symbol('s')),
);
const list = fc.array(item, { maxLength: 60, size: 'max' });

it('writes what JSON.stringify writes', () => {
  const answer = fc.oneof(list, fc.dictionary(fc.string({ unit: 'grapheme' }), fc.oneof(item, list)));
  fc.assert(
    fc.property(answer, (value) => {
      expect(jsonBytes(value).toString()).toBe(JSON.stringify(value));
    }),
  );
});

/** Written before: as text or in UTF-8. */
const written = fc
  .tuple(fc.jsonValue(), fc.boolean())
  .map(([value, asText]) => new WrittenJson(asText ? JSON.stringify(value) : Buffer.from(JSON.stringify(value))));

it('passes on what was written before, wherever it stands', () => {
  const documents = fc.array(fc.oneof(written, fc.jsonValue()), { maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(fc.oneof(written, documents, fc.record({ documents, next: fc.string() })), (answer) => {
      expect(JSON.parse(jsonBytes(answer).toString())).toEqual(JSON.parse(JSON.stringify(answer)));
    }),
  );
});

it('does not read what it passes on', () => {
  const spaced = new WrittenJson('{ "名称" : "示例" }');
  expect(jsonBytes({ documents: Array(20).fill(spaced) }).toString()).toContain('[{ "名称" : "示例" },{ "名称"');
});

it.each([
  [
    'an instance of a class',
    new (class Answer {
      constructor(readonly rows = Array.from({ length: 30 }, (_, at) => ({ at, 名称: '示例' }))) {}
    })(),
  ],
  ['what says itself how it is written', { rows: Array(30).fill(1), toJSON: () => ({ 合计: 30 }) }],
  ['nothing but what cannot be written', { a: undefined, rows: Array(30).fill(undefined) }],
  ['an own key named __proto__', JSON.parse(`{"__proto__": [${Array(30).fill('1').join()}]}`) as object],
  ['a short list of long ones', [Array(30).fill(1), Array(30).fill('示例')]],
  ['half of a surrogate pair', { rows: Array(30).fill('\ud83d') }],
])('writes %s', (_, value) => {
  expect(jsonBytes(value).toString()).toBe(JSON.stringify(value));
});
