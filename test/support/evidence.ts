import type { KeptEvidence } from '../../src/evidence/evidence.controller.js';

/** A whole PDF, another one for each mark. */
export const pdfOf = (mark = ''): Buffer =>
  Buffer.from(`%PDF-1.7\n%${mark}\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n`);

/** Asks to keep a file for a unit of a plan, whose path begins with `/api/plans/`. */
export async function keepFile(
  { url, plan }: { readonly url: string; readonly plan: string },
  bytes: Buffer,
  unit: string,
  headers: Readonly<Record<string, string>>,
) {
  const query = new URLSearchParams({ unit, title: '2023 年核查记录' }).toString();
  const response = await fetch(`${url}${plan}/evidence?${query}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  const body = (await response.json()) as KeptEvidence & { code?: string };
  return { status: response.status, body, position: response.headers.get('tongjian-position') };
}
