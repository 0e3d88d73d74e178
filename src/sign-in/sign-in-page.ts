/** The page at which people sign in. */
const signInPage = '/';

/** Its address for a sign-in that failed. The page knows words for the code; text of an address it does not show. */
export const signInPageAfter = (problemCode: string): string => `${signInPage}?problem=${problemCode}`;
