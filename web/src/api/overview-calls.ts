import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { language } from '../shared/i18n';
import { answer, api } from './client';
import type { Moment } from './queries';

/** The days on which something became known, and the latest period that had figures at the moment. */
export const timelineOf = (plan: string, moment: Moment) =>
  queryOptions({
    queryKey: ['timeline', plan, moment],
    queryFn: () => answer(api.GET('/api/plans/{plan}/timeline', { params: { path: { plan }, query: moment } })),
  });

export const useTimeline = (plan: string, moment: Moment, enabled = true) =>
  useQuery({ ...timelineOf(plan, moment), enabled, placeholderData: keepPreviousData });

/** A plan in a period, as of a moment. */
export interface Seen {
  readonly plan: string;
  readonly period: string;
  readonly moment: Moment;
}

interface Shown extends Seen {
  readonly unit: string;
}

/** What every part of the overview is asked with. Its names are in the language of the page. */
export const seenIn = ({ period, moment }: Seen) => ({ period, ...moment, language });

/** One screen of one unit. */
export const summaryOf = (shown: Shown) =>
  queryOptions({
    queryKey: ['summary', shown],
    queryFn: () => {
      const { plan, unit } = shown;
      const params = { path: { plan }, query: { ...seenIn(shown), unit } };
      return answer(api.GET('/api/plans/{plan}/overview/summary', { params }));
    },
  });

export const useSummary = (shown: Shown) => useQuery({ ...summaryOf(shown), placeholderData: keepPreviousData });

/** One unit: index and rank, indicators, projects, findings, rectification and punctuality. */
export const useUnitOverview = (shown: Shown) =>
  useQuery({
    queryKey: ['unit-overview', shown],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const { plan, unit } = shown;
      const params = { path: { plan, unit }, query: seenIn(shown) };
      return answer(api.GET('/api/plans/{plan}/overview/units/{unit}', { params }));
    },
  });

/** The main indicators of one unit, with their whole cells. */
export const useUnitIndicators = (shown: Shown, enabled: boolean) =>
  useQuery({
    queryKey: ['unit-indicators', shown],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: () => {
      const { plan, unit } = shown;
      const params = { path: { plan }, query: { ...seenIn(shown), unit } };
      return answer(api.GET('/api/plans/{plan}/overview/indicators', { params }));
    },
  });

/** Units and indicators. */
export const useMatrix = (seen: Seen, enabled = true) =>
  useQuery({
    queryKey: ['matrix', seen],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: () => {
      const params = { path: { plan: seen.plan }, query: seenIn(seen) };
      return answer(api.GET('/api/plans/{plan}/overview/matrix', { params }));
    },
  });

/** One indicator at all units. */
export const useIndicatorCells = (seen: Seen, code: string, enabled: boolean) =>
  useQuery({
    queryKey: ['indicator-cells', seen, code],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: () => {
      const params = { path: { plan: seen.plan, code }, query: seenIn(seen) };
      return answer(api.GET('/api/plans/{plan}/overview/indicators/{code}', { params }));
    },
  });

/** Rules, background figures, and what the index of one unit is made of. */
export const useNotes = (shown: Shown) =>
  useQuery({
    queryKey: ['notes', shown],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const { plan, unit } = shown;
      const params = { path: { plan }, query: { ...seenIn(shown), unit } };
      return answer(api.GET('/api/plans/{plan}/overview/notes', { params }));
    },
  });
