import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentedCodes } from '../support/documented-codes.js';

const kinds = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 412,
  refused: 422,
  throttled: 429,
  unavailable: 503,
  'out-of-turn': 409,
};
type Kind = keyof typeof kinds;
const makers: Readonly<Record<string, Kind>> = { invalid: 'invalid', refused: 'refused', notFound: 'not-found' };

/** A code, and the status it answers with; without one it is an entry of `problems` only. */
interface Raised {
  readonly code: string;
  readonly status?: number;
  readonly where: string;
}

/** `figure.already-reported`; not `plan.yaml`. */
const code = `'(?!(?!folder\\.)[a-z-]+\\.(?:csv|yaml)')([a-z]+(?:-[a-z]+)*\\.[a-z]+(?:-[a-z]+)*)'`;

/** Codes whose first part is put before them by a helper of their own file, and how that helper is called. */
const prefixed: Readonly<Record<string, { prefix: string; call: RegExp }>> = {
  'src/assessment/trajectory.ts': { prefix: 'trajectory', call: /\bproblem\(\s*'([a-z-]+)'/g },
  // require(holds, code, field, message)
  'src/plans/evaluation-rules.ts': {
    prefix: 'evaluation-rules',
    call: /,\s*'([a-z-]+)',\s*['`][\w.${}]+['`],\s*['`]/g,
  },
};

/** Where a code is handed through instead of written: the helpers themselves, and the first of several problems. */
const handedThrough: Readonly<Record<string, number>> = {
  'src/kernel/errors.ts': 4,
  'src/assessment/trajectory.ts': 1,
};

function sources(folder = 'src'): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return path.endsWith('.ts') && !path.endsWith('.spec.ts') ? [path] : [];
  });
}

const all = (text: string, form: RegExp) => [...text.matchAll(form)];

/** How a code is written, with the status or kind before it where there is one. */
const forms: readonly { form: string; status?: (said: string) => number }[] = [
  { form: `\\b(invalid|refused|notFound)\\(\\s*${code}`, status: (maker) => kinds[makers[maker]!] },
  { form: `\\bnew DomainError\\(\\s*'([a-z-]+)',\\s*${code}`, status: (kind) => kinds[kind as Kind] },
  { form: `\\bdetails\\(\\s*(\\d{3}),\\s*${code}`, status: Number },
  { form: `^\\s*(\\d{3}): ${code},$`, status: Number },
  { form: `\\bcode: ${code}` },
  { form: `\\b(?:[Mm]istakes\\.add|mistake)\\([^;]*?${code}` },
];

function raisedIn(where: string): Raised[] {
  const text = readFileSync(where, 'utf8');
  const written = forms.flatMap(({ form, status }) =>
    all(text, new RegExp(form, 'gm')).map((match) => ({
      code: match.at(-1)!,
      where,
      ...(status && { status: status(match[1]!) }),
    })),
  );
  const { prefix, call } = prefixed[where] ?? {};
  return call ? [...written, ...all(text, call).map(([, rest]) => ({ code: `${prefix}.${rest}`, where }))] : written;
}

const documented = documentedCodes();
const raised = sources().flatMap(raisedIn);

it('the codes are found in the sources and in the page', () => {
  const found = raised.map(({ code }) => code);
  for (const known of [
    ...['figure.already-reported', 'known-time.no-right', 'revision.mismatch', 'stream.busy', 'route.unknown'],
    ...['folder.csv-header', 'folder.unknown-actor', 'folder.no-plan', 'input.unknown-field', 'submission.refused'],
    ...['trajectory.geometric-zero', 'evaluation-rules.order', 'evaluation-rules.source-missing'],
  ]) {
    expect(found).toContain(known);
    expect([...documented.keys()]).toContain(known);
  }
});

it('every refusal writes its code out, so that it can be found', () => {
  const begun = /(?<![.\w])(?:invalid|refused|notFound|new DomainError)\(/g;
  const written = new RegExp(`^(?:(?:invalid|refused|notFound)\\(|new DomainError\\(\\s*'[a-z-]+',)\\s*${code}`);
  const unwritten = sources().flatMap((where) => {
    const text = readFileSync(where, 'utf8');
    const count = all(text, begun).filter(({ index }) => !written.test(text.slice(index))).length;
    return count === (handedThrough[where] ?? 0) ? [] : [where];
  });
  expect(unwritten).toEqual([]);
});

it('docs/http-api.md explains every code, with its status', () => {
  const missing = raised.filter(({ code, status }) => {
    const statuses = documented.get(code);
    return !statuses || (status !== undefined && !statuses.includes(status));
  });
  expect(missing).toEqual([]);
});

it('docs/http-api.md explains no code that is gone', () => {
  const known = new Set(raised.map(({ code }) => code));
  // What is no one's mistake has one code for all of it.
  known.add('internal');
  expect([...documented.keys()].filter((found) => !known.has(found))).toEqual([]);
});
