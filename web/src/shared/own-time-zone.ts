/** The time zone of the browser, for times that are about the person and no plan. */
export const ownTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
