import { useMutation } from '@tanstack/react-query';
import { answer, api } from './client';

export interface EvidenceFile {
  readonly plan: string;
  readonly unit: string;
  readonly file: File;
}

/** Keeps a file. Resolves with the hash under which a command names it. */
export const useKeepEvidence = () =>
  useMutation({
    mutationFn: ({ plan, unit, file }: EvidenceFile) =>
      answer(
        api.POST('/api/plans/{plan}/evidence', {
          params: { path: { plan }, query: { unit, title: file.name } },
          body: file as unknown as string,
          bodySerializer: (body) => body as unknown as BodyInit,
          headers: { 'Content-Type': 'application/octet-stream' },
        }),
      ),
  });

export const evidenceAddress = (plan: string, sha256: string): string =>
  `/api/plans/${encodeURIComponent(plan)}/evidence/${sha256}`;
