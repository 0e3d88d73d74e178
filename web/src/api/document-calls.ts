import { useMutation } from '@tanstack/react-query';
import { answer, api } from './client';
import type { ReconciledReport } from './types';

export interface Letterhead {
  readonly issuer?: string;
  readonly date?: string;
  readonly number?: string;
  readonly secrecy?: string;
}

interface WordReport {
  readonly plan: string;
  readonly id: string;
  readonly number: string;
  readonly letterhead: Letterhead;
  readonly template?: File;
}

const asFile = (file: File) => ({
  body: file as unknown as string,
  bodySerializer: (body: string) => body as unknown as BodyInit,
  headers: { 'Content-Type': 'application/octet-stream' },
});

const word = '/api/plans/{plan}/evaluations/{id}/snapshots/{number}/report.docx';

/** Writes a Word report. Resolves with the file. */
export const useWordReport = () =>
  useMutation({
    mutationFn: async ({ plan, id, number, letterhead, template }: WordReport): Promise<Blob> => {
      const params = { path: { plan, id, number }, query: letterhead };
      const file = template
        ? answer(api.POST(word, { params, ...asFile(template), parseAs: 'blob' }))
        : answer(api.GET(word, { params, parseAs: 'blob' }));
      return await file;
    },
  });

interface PublicSite {
  readonly plan: string;
  readonly id: string;
  readonly number: string;
  readonly options: { readonly baseUrl?: string; readonly license?: string };
}

/** Writes a published snapshot as a site for everybody. Resolves with the ZIP file. */
export const usePublicSite = () =>
  useMutation({
    mutationFn: async ({ plan, id, number, options }: PublicSite): Promise<Blob> => {
      const params = { path: { plan, id, number }, query: options };
      return await answer(
        api.GET('/api/plans/{plan}/evaluations/{id}/snapshots/{number}/site.zip', { params, parseAs: 'blob' }),
      );
    },
  });

export const templateAddress = (plan: string): string => `/api/plans/${encodeURIComponent(plan)}/report-template.docx`;

/** Compares a Word file with the snapshot that it was written from. The file is not kept. */
export const useReconciling = (plan: string) =>
  useMutation({
    mutationFn: (file: File): Promise<ReconciledReport> =>
      answer(api.POST('/api/plans/{plan}/reports/reconcile', { params: { path: { plan } }, ...asFile(file) })),
  });
