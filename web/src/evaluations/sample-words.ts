import type { AuditSample } from '../api/types';
import { t } from '../shared/i18n';

type Drawn = AuditSample['strata'][number];

export const stratumWords: Readonly<Record<Drawn['stratum'], string>> = {
  marked: t('有标记'),
  corrected: t('有更正'),
  other: t('其余'),
};

export const outcomeWords: Readonly<Record<keyof AuditSample['outcomes'][number]['outcomes'], string>> = {
  confirmed: t('属实'),
  corrected: t('须更正'),
  unsupported: t('无依据'),
};
