import fc from 'fast-check';
import { AppendRejected, limits } from '../../../src/kernel/event-log.js';
import { NotJsonError, strictJson, type JsonObject } from '../../../src/kernel/json.js';
import type { Subject } from './subject.js';
import { contents, measured, newStream, ofSize, several } from './samples.js';

const texts = {
  'Chinese and punctuation': '丽水市民政事业发展“十四五”规划',
  'an emoji of several code points': '👩‍👩‍👧‍👦🇨🇳',
  'characters beyond the Basic Multilingual Plane': '𠮷𡈽\u{10FFFF}',
  'combining marks, composed and decomposed': 'é e\u0301',
  'a null character': 'a\u0000b',
  'control characters': '\u0001\u001f\u007f\u0085\r\n\t',
  'line and paragraph separators': '\u2028\u2029',
  'right to left and bidirectional marks': '\u202eאב\u200f',
  'noncharacters and a byte order mark': '\ufeff\uffff\ufffe',
  'quotes and backslashes': `'"\\\\";--`,
  'text that looks like JSON': '{"a":[1,null]}',
  'an empty text': '',
};

/** JSON text nested `levels` deep, including the outer object. */
const nested = (open: string, close: string, levels: number) =>
  `{"a":${open.repeat(levels - 1)}0${close.repeat(levels - 1)}}`;

export function contentsAndSizes(subject: Subject): void {
  it.each(Object.entries(texts))('keeps %s exactly', async (_, text) => {
    const stream = newStream();
    const event = measured({ text, [text]: [text] }, { reason: text });
    await subject.log.append(stream, 'none', [event]);
    expect((await subject.log.readStream(stream)).map(contents)).toEqual([contents(event)]);
    expect((await subject.appended()).map(contents)).toEqual([contents(event)]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '1'])('keeps a key named %s', async (key) => {
    const stream = newStream();
    const text = `{"a":1,"${key}":{"${key}":"x"}}`;
    const event = measured(JSON.parse(text) as JsonObject);
    await subject.log.append(stream, 'none', [event]);

    const [read] = await subject.log.readStream(stream);
    expect(JSON.stringify(read!.data)).toBe(JSON.stringify(event.data));
    expect(Object.keys(read!.data)).toContain(key);
    expect(Object.getPrototypeOf(read!.data)).toBe(Object.prototype);
  });

  it('keeps 64 levels of nesting and refuses 65', async () => {
    const [fits, tooDeep] = [64, 65].map((levels) => measured(JSON.parse(nested('[', ']', levels)) as JsonObject));
    const stream = newStream();
    await subject.log.append(stream, 'none', [fits!]);
    await expect(subject.log.append(stream, 0, [tooDeep!])).rejects.toThrow(NotJsonError);
    expect((await subject.log.readStream(stream)).map(contents)).toEqual([contents(fits!)]);
  });

  it('keeps any JSON', async () => {
    const isStrict = (value: unknown) => {
      try {
        return JSON.stringify(JSON.parse(strictJson(value))) === JSON.stringify(value);
      } catch {
        return false;
      }
    };
    const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 }).filter(isStrict);
    await fc.assert(
      fc.asyncProperty(fc.array(json, { minLength: 1, maxLength: 5 }), async (values) => {
        const stream = newStream();
        const events = values.map((value) => measured({ value } as JsonObject));
        await subject.log.append(stream, 'none', events);
        const read = await subject.log.readStream(stream);
        expect(read.map(({ data }) => JSON.stringify(data))).toEqual(events.map(({ data }) => JSON.stringify(data)));
      }),
      { numRuns: 50 },
    );
  });

  const refused: Record<string, () => ReturnType<typeof measured>> = {
    'a lone surrogate in a string': () => measured({ text: 'a\ud83d' }),
    'a lone surrogate in a key': () => measured({ '\udc00': 1 }),
    'a lone surrogate in the metadata': () => measured({}, { reason: '\ud83d' }),
    'lists 10,000 levels deep': () => measured(JSON.parse(nested('[', ']', 10_000)) as JsonObject),
    'objects 10,000 levels deep': () => measured(JSON.parse(nested('{"a":', '}', 10_000)) as JsonObject),
    'metadata 10,000 levels deep': () =>
      measured({}, { evidence: JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`) as [] }),
    'a key called __proto__ with a lone surrogate beneath it': () =>
      measured(JSON.parse('{"__proto__":{"a":"\\ud83d"}}') as JsonObject),
    'an unsafe integer': () => measured({ value: 2 ** 53 }),
    NaN: () => measured({ value: NaN }),
    'a BigInt': () => measured({ value: 1n as never }),
  };
  it.each(Object.entries(refused))('refuses %s and stores nothing of that append', async (_, event) => {
    await expect(subject.log.append(newStream(), 'none', [measured(), event()])).rejects.toThrow(NotJsonError);
    expect(await subject.appended()).toEqual([]);
  });

  it('stores the contents at the time of the call, and returns copies', async () => {
    const stream = newStream();
    const data = { value: '1', list: ['a'] };
    const append = subject.log.append(stream, 'none', [measured(data)]);
    data.value = 'changed';
    data.list.push('changed');
    await append;

    for (let time = 0; time < 2; time++) {
      const [read] = await subject.log.readStream(stream);
      expect(read!.data).toEqual({ value: '1', list: ['a'] });
      Object.assign(read!.data, { value: 'changed' });
      (read!.data['list'] as string[]).push('changed');
    }
  });

  it('keeps empty data', async () => {
    const stream = newStream();
    await subject.log.append(stream, 'none', [measured({})]);
    expect((await subject.log.readStream(stream))[0]!.data).toEqual({});
  });

  it.each(['x', '低', '𠮷', '\u0001'])('accepts an event up to the limit in bytes, filled with %j', async (filling) => {
    const stream = newStream();
    const { bytesPerEvent } = limits;
    // JSON escapes a control character as six characters.
    const escaped = filling === '\u0001';
    const over = escaped ? measured({ text: filling.repeat(bytesPerEvent / 6) }) : ofSize(bytesPerEvent + 1, filling);
    await expect(subject.log.append(stream, 'none', [over])).rejects.toThrow(AppendRejected);
    expect(await subject.appended()).toEqual([]);

    const fitting = escaped
      ? [measured({ text: filling.repeat(bytesPerEvent / 6 - 200) })]
      : [ofSize(bytesPerEvent - 1, filling), ofSize(bytesPerEvent, filling)];
    for (const [index, event] of fitting.entries()) {
      await subject.log.append(stream, index === 0 ? 'none' : index - 1, [event]);
    }
    expect((await subject.log.readStream(stream)).map(contents)).toEqual(fitting.map(contents));
  });

  it('accepts an append up to the limit in bytes', async () => {
    const half = limits.bytesPerAppend / 2;
    const stream = newStream();
    const tooLarge = subject.log.append(stream, 'none', [ofSize(half, '低'), ofSize(half + 1, '低')]);
    await expect(tooLarge).rejects.toThrow(AppendRejected);
    expect(await subject.appended()).toEqual([]);

    await subject.log.append(stream, 'none', [ofSize(half, '低'), ofSize(half - 1)]);
    await subject.log.append(stream, 1, [ofSize(half), ofSize(half, '低')]);
    expect(await subject.log.readStream(stream)).toHaveLength(4);
  });

  it('accepts many small events whose sum is within the limit', async () => {
    const { revision } = await subject.log.append(newStream(), 'none', several(400));
    expect(revision).toBe(399);
  });
}
