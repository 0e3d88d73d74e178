/** An all-day entry of a calendar. */
export interface CalendarEntry {
  /** Stays the same when the entry changes. */
  readonly uid: string;
  /** `2023-02-14` */
  readonly day: string;
  readonly summary: string;
  readonly description: string;
}

/**
 * A calendar as text (iCalendar, RFC 5545). `now` is the moment at which it was made.
 * Lines end in CRLF and are folded to at most 75 octets (3.1); backslash, comma, semicolon and line feed in text are
 * escaped (3.3.11).
 */
export function calendarText(name: string, entries: readonly CalendarEntry[], now: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tongjian//Obligations//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    ...entries.flatMap((entry) => entryLines(entry, now)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const entryLines = ({ uid, day, summary, description }: CalendarEntry, now: string): string[] => [
  'BEGIN:VEVENT',
  `UID:${escaped(uid)}`,
  `DTSTAMP:${now.replaceAll(/[-:]|\.\d+/g, '')}`,
  `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
  `SUMMARY:${escaped(summary)}`,
  `DESCRIPTION:${escaped(description)}`,
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
];

const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');

const longest = 75;

/** Characters are not cut in two: a line is counted in octets of UTF-8. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const more = Buffer.byteLength(character);
    if (octets + more > longest) {
      pieces.push(piece);
      // The blank that begins a continued line counts.
      [piece, octets] = [' ', 1];
    }
    piece += character;
    octets += more;
  }
  return [...pieces, piece].join('\r\n');
}
