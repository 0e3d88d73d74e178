import fc from 'fast-check';
import { calendarText } from './icalendar.js';

const entry = {
  uid: 'small/331102/2022@tongjian',
  day: '2023-02-14',
  summary: '莲都区 2022 年报报送截止',
  description: '指标 3 项，欠 2 项；项目\\政策, 任务\n以系统为准',
};

it('is what RFC 5545 asks for', () => {
  expect(calendarText('报送任务', [entry], '2023-01-05T08:09:10.123Z')).toBe(
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Tongjian//Obligations//ZH',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:报送任务',
      'BEGIN:VEVENT',
      'UID:small/331102/2022@tongjian',
      'DTSTAMP:20230105T080910Z',
      'DTSTART;VALUE=DATE:20230214',
      'SUMMARY:莲都区 2022 年报报送截止',
      'DESCRIPTION:指标 3 项，欠 2 项；项目\\\\政策\\, 任务\\n以系统\r\n 为准',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
});

it('has no line above 75 octets, and unfolds to what was said', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const summary = text.replaceAll(/[\r\n]/g, '');
      const written = calendarText('n', [{ ...entry, summary }], '2023-01-05T08:09:10.123Z');
      for (const line of written.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      const unfolded = written.replaceAll('\r\n ', '');
      const said = /SUMMARY:(.*)\r\n/.exec(unfolded)![1]!;
      expect(said.replaceAll(/\\([\\;,])/g, '$1')).toBe(summary);
    }),
  );
});
