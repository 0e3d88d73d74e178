/** The search parameters of the audit query. */
export const auditKeys = [
  'person',
  'unit',
  'kind',
  'code',
  'period',
  'q',
  'knownFrom',
  'knownTo',
  'recordedFrom',
  'recordedTo',
  'corrections',
  'sort',
] as const;
