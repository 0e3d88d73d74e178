/** The zone of days that are about people: the server's, because a grant may be for several plans, or for none. */
export const dayZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
