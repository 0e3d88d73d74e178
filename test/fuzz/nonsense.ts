import type { Chance } from '../support/chance.js';

/** Texts that often cause errors in programs. */
export const oddTexts: readonly string[] = [
  ...[
    '',
    ' ',
    '\t\n',
    '0',
    '-0',
    '-1',
    '1e400',
    'NaN',
    'Infinity',
    '007',
    '+1',
    '0x1F',
    '1,5',
    '９９',
    'null',
    'undefined',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'then'],
  ...['\u0000', 'a\u0000b', '\u0007', '\u001b[31m', '\u007f', '\u0085', '\u2028', '\u202e', '\ufeff', '\ufffd'],
  ...['\ud800', 'a\udc00', 'e\u0301', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', '\u{10ffff}', '丽水', 'İ', 'ﬁ'],
  ...[
    '..',
    '../..',
    '../../etc/passwd',
    '%00',
    '%2e%2e%2f',
    'a/b',
    'a\\b',
    '.',
    'C:\\',
    '//evil',
    '?x=1',
    '#',
    ';',
    '&',
  ],
  ...[
    "' OR 1=1 --",
    '"; DROP TABLE events; --',
    '<script>alert(1)</script>',
    '${7*7}',
    '{{7*7}}',
    '=1+1',
    '*',
    '%',
    '_',
  ],
  ...['2022-13', '2022-Q5', '2022-S3', '0000', '9999', '10000', '2023-02-30', '2023-2-3', '2023-06-31T25:00:00Z'],
  ...['2023-06-30T00:00:00+99:99', '1899-12-31', '2999-12-31', '2023-06-30 00:00', 'now', '今天', '2022年'],
  ...['9'.repeat(40), '0.'.padEnd(60, '3'), '1'.repeat(400), 'x'.repeat(2_001), '汉'.repeat(70_000), 'a'.repeat(41)],
];

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { evidence: value };
  return value;
};

const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, -0, [], {}, [null], [[]], ['x'], { length: 1 }, { toString: 1 }],
  ...[{ $ref: '#' }, { type: 'x' }, { then: 'x' }, { valueOf: null }, deep(15), deep(18), deep(2_000)],
  ...[Array(600).fill(0), Array(30).fill({ title: 'x' }), JSON.parse('{"__proto__":{"polluted":1}}')],
];

/** A random odd value in place of the expected one. */
export const nonsense = (chance: Chance): unknown => chance.of(chance.oneIn(2) ? oddTexts : oddValues);

/** Request bodies that are not JSON objects, or JSON objects with repeated or odd members. */
export const oddBodies: readonly string[] = [
  ...['', ' ', 'null', 'true', '1', '"x"', '[]', '[{}]', '{bad', '{"a":}', "{'a':1}", '{"a":1,}', '{"a":1}{"b":2}'],
  ...['\u0000', '\ufeff{}', '{"reason":"\\ud800"}', '{"reason":"\\u0000"}', '{"reason":"a","reason":"b"}', '{"":1}'],
  ...['{"__proto__":{"x":1}}', '{"constructor":{"prototype":{"x":1}}}', `${'['.repeat(20_000)}`, '{"plan":"other"}'],
  ...[`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, `{"${'k'.repeat(100_000)}":1}`, '{"value":1e999}'],
];

/** Odd path segments, as sent over the wire. */
export const oddPaths: readonly string[] = [
  ...[
    '%',
    '%ZZ',
    '%00',
    '%C0%AE',
    '%ED%A0%80',
    '%2F',
    '%2e%2e',
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '..',
    '.',
    '//',
    '%5C',
  ],
  ...[
    '%252e',
    '%E4%B8',
    '%F0%9F%98%80',
    '%20',
    '+',
    '*',
    ':',
    ';a=b',
    '%0d%0aX:1',
    '__proto__',
    'constructor',
    '~',
    '|',
  ],
  ...['a'.repeat(6_000), `${'a/'.repeat(300)}`],
];

export const oddQueries: readonly string[] = [
  ...['?', '?&', '?=', '?x', '?x=1', '?period=2022&period=2023', '?asOf=2023-06-30&asOf=x', '?asOf[]=1', '?asOf[a]=1'],
  ...[
    '?asOf=%',
    '?asOf=%00',
    '?period=%ED%A0%80',
    '?__proto__=1',
    '?constructor=1',
    '?limit=0',
    '?limit=1001',
    '?limit=1e3',
  ],
  ...['?limit=-1', '?cursor=x', '?cursor=%00', '?atPosition=-1', '?atPosition=1.5', '?atPosition=99999999999999999999'],
  ...[
    '?atPosition=0',
    '?format=xml',
    `?unit=${'x'.repeat(5_000)}`,
    '?left=&right=',
    '?left=E1/1&right=E1/99',
    '?left=now',
  ],
];
