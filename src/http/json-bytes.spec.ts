import fc from 'fast-check';
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
