import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { NotJsonError, canonicalJson, plain, repeatedKey, sha256, strictJson, type JsonValue } from './json.js';

class Person {
  constructor(readonly name: string) {}
}

const deep = (levels: number): unknown => (levels === 0 ? 'bottom' : [deep(levels - 1)]);
const sparse: unknown[] = [];
sparse[2] = 1;

/**
 * Removes properties that are `undefined`, because `toEqual` compares one named like an inherited method with that
 * method.
 */
const defined = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(defined)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, defined(item)]])),
        )
      : value;

describe('strict JSON', () => {
  it.each<[string, unknown, RegExp]>([
    ['a lone surrogate', { name: '\ud83d' }, /^\$\.name: .*surrogate/],
    ['a key with a lone surrogate', { '\udc00': 1 }, /^\$: a key/],
    ['NaN', [NaN], /^\$\[0\]/],
    ['infinity', { a: { b: -Infinity } }, /^\$\.a\.b/],
    ['negative zero', { a: -0 }, /negative zero/],
    ['an integer beyond 2^53 − 1', { a: 2 ** 53 }, /unsafe integer/],
    ['a huge double, which is an integer too', 1e300, /unsafe integer/],
    ['undefined itself', undefined, /undefined/],
    ['undefined in a list', [1, undefined], /^\$\[1\]/],
    ['a hole in a list', sparse, /^\$\[0\]/],
    ['a big integer', { a: 1n }, /bigint/],
    ['a function', { a: () => 1 }, /function/],
    ['a symbol', Symbol('a'), /symbol/],
    ['a date', { at: new Date(0) }, /not a plain object/],
    ['a map', new Map(), /not a plain object/],
    ['an instance of a class', { by: new Person('张三') }, /^\$\.by: not a plain object/],
    ['nesting beyond 64 levels', deep(65), /nested deeper/],
  ])('refuses %s', (_, value, message) => {
    expect(() => strictJson(value)).toThrow(NotJsonError);
    expect(() => strictJson(value)).toThrow(message);
  });

  it('refuses a circular reference', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    expect(() => strictJson(circular)).toThrow(NotJsonError);
  });

  it('accepts what JSON represents exactly, and omits undefined properties', () => {
    expect(strictJson(deep(64))).toBe(JSON.stringify(deep(64)));
    expect(strictJson({ b: [1.5, -3, true, null, '低保 🏠'], a: undefined })).toBe(
      '{"b":[1.5,-3,true,null,"低保 🏠"]}',
    );
    expect(strictJson(Object.assign(Object.create(null) as object, { a: 1 }))).toBe('{"a":1}');
    expect(strictJson(Number.MAX_SAFE_INTEGER)).toBe('9007199254740991');
  });

  it('round-trips every value or refuses it', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: false }), (value) => {
        let text: string;
        try {
          text = strictJson(value);
        } catch (error) {
          expect(error).toBeInstanceOf(NotJsonError);
          return;
        }
        expect(JSON.parse(text)).toEqual(defined(value));
      }),
      { numRuns: 500 },
    );
  });
});

describe('canonical JSON (RFC 8785)', () => {
  it('reproduces the RFC’s example', () => {
    const numbers = [Number('333333333.33333329'), 2 ** 53 - 1, 4.5, 2e-3, 0.000000000000000000000000001];
    const literals = [null, true, false];
    const string = '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/';
    // The RFC’s 1E30 is left out: it is an unsafe integer, which strict JSON refuses.
    expect(canonicalJson({ numbers, string, literals })).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,9007199254740991,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by UTF-16 code units, as in the RFC’s example', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, key])));
    expect(Object.keys(JSON.parse(text) as object)).toEqual([
      '1',
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ]);
    expect(text.indexOf('"\\r"')).toBeLessThan(text.indexOf('"1"'));
  });

  it('does not depend on the insertion order of keys', () => {
    const shuffled = (value: JsonValue): JsonValue => {
      if (value === null || typeof value !== 'object') return value;
      if (Array.isArray(value)) return (value as JsonValue[]).map(shuffled);
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, shuffled(member)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        let text: string;
        try {
          text = canonicalJson(value);
        } catch (error) {
          expect(error).toBeInstanceOf(NotJsonError);
          return;
        }
        expect(canonicalJson(shuffled(value as JsonValue))).toBe(text);
        expect(canonicalize(value)).toBe(text);
        expect(JSON.parse(text)).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the order of lists, and refuses values that are not strict JSON', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
    expect(() => canonicalJson({ a: NaN })).toThrow(NotJsonError);
  });

  it('treats keys such as __proto__ and toString like any other key', () => {
    const odd = JSON.parse('{"toString":1,"__proto__":{"b":2,"a":1},"constructor":null}') as object;
    expect(canonicalJson(odd)).toBe('{"__proto__":{"a":1,"b":2},"constructor":null,"toString":1}');
  });
});

it('computes SHA-256 (FIPS 180 test vector)', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256(Buffer.from('abc'))).toBe(sha256('abc'));
});

it('converts class instances to plain objects and omits undefined properties', () => {
  const input = { by: [new Person('张三')], at: undefined, inner: { gone: undefined, kept: null } };
  expect(plain(input)).toStrictEqual({ by: [{ name: '张三' }], inner: { kept: null } });
});

describe('a repeated key', () => {
  it.each([
    ['{"a":1,"a":1}', 'a'],
    ['{"a":{"b":1},"c":[{"b":1,"d":"}","b":2}]}', 'b'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"":1 , "" :2}', ''],
    ['{ "a\\"":"x,{", "b":[], "a\\"":0 }', 'a"'],
  ])('is found in %s', (text, key) => {
    expect(repeatedKey(text)).toBe(key);
  });

  it.each([
    '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}',
    '["a","a",{"b":"a","a":"a"},"a"]',
    '{"a":"\\",\\"a\\":"}',
    '{"a":"a","A":"b"}',
    '"a"',
    '',
    `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  ])('is not found in %.60s', (text) => {
    expect(repeatedKey(text)).toBeUndefined();
  });

  it('is not found in the output of JSON.stringify, and is found once a member is added again', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { minKeys: 1 }), (value) => {
        const text = JSON.stringify(value);
        expect(repeatedKey(text)).toBeUndefined();
        const [key, member] = Object.entries(value)[0]!;
        expect(repeatedKey(`${text.slice(0, -1)},${JSON.stringify(key)}:${JSON.stringify(member)}}`)).toBe(key);
      }),
    );
  });

  it('is searched in linear time', () => {
    const long = JSON.stringify({ files: { a: 'x"\\'.repeat(1_000_000), b: '' } });
    expect(repeatedKey(long)).toBeUndefined();
  });
});
