import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from './client';
import type { Seen } from './overview-calls';
import type { SupposedChange } from './types';

/** What would be otherwise under the changes. A question: nothing is recorded. */
export const useWhatIf = ({ plan, period, moment }: Seen, changes: readonly SupposedChange[]) =>
  useQuery({
    queryKey: ['what-if', plan, period, moment, changes],
    queryFn: () =>
      answer(
        api.POST('/api/plans/{plan}/what-if', {
          params: { path: { plan } },
          body: { period, ...moment, changes: [...changes] },
        }),
      ),
  });

/** How little each verdict takes to flip; of one unit, or of all. */
export const useMargins = ({ plan, period, moment }: Seen, unit: string | undefined) =>
  useQuery({
    queryKey: ['margins', plan, period, moment, unit],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const query = { period, ...moment, ...(unit !== undefined && { unit }) };
      return answer(api.GET('/api/plans/{plan}/margins', { params: { path: { plan }, query } }));
    },
  });
