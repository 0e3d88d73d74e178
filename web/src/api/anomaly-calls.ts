import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from './client';
import { language } from '../shared/i18n';
import type { Seen } from './overview-calls';

/** What is out of the ordinary in the figures of all units, or of one. */
export const useAnomalies = ({ plan, moment }: Pick<Seen, 'plan' | 'moment'>, unit: string | undefined) =>
  useQuery({
    queryKey: ['anomalies', plan, moment, unit],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const params = { path: { plan }, query: { ...moment, language, ...(unit !== undefined && { unit }) } };
      return answer(api.GET('/api/plans/{plan}/anomalies', { params }));
    },
  });
