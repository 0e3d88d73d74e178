import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answer, api } from '../../api/client';
import type { CommandAnswer } from '../../api/types';
import { newId } from '../new-id';
import { schemaOf, type CommandName } from './commands';

/** Parts of the address of a command, and the fields of its body. */
export interface CommandInput {
  readonly path: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** The revision of what the person saw: somebody else's change since then refuses the command. */
  readonly revision?: number;
}

/**
 * Sends a command. What is sent again unchanged has the same idempotency key, so that it is carried out once however
 * often it is sent. Everything that is shown is asked for anew afterwards.
 */
export function useCommand(command: CommandName) {
  const queries = useQueryClient();
  const attempt = useRef<{ readonly of: string; readonly key: string }>(undefined);
  return useMutation({
    mutationFn: ({ path, body, revision }: CommandInput): Promise<CommandAnswer> => {
      const of = JSON.stringify([path, body, revision]);
      if (attempt.current?.of !== of) attempt.current = { of, key: newId() };
      const header = {
        'Idempotency-Key': attempt.current.key,
        ...(revision !== undefined && { 'If-Match': `"${revision}"` }),
      };
      // The types of the document know each address by itself, and not one that is chosen while the page runs.
      const post = api.POST as unknown as (
        path: string,
        init: object,
      ) => Promise<{ data?: CommandAnswer; error?: unknown; response: Response }>;
      return answer(post(schemaOf(command).path, { params: { path, header }, body }));
    },
    onSuccess: async () => {
      attempt.current = undefined;
      await queries.invalidateQueries();
    },
  });
}
