const key = 'tongjian.address';

/** Keeps what the address says for the time at the OpenID provider, which leads back to the first page. */
export function keepAddress(): void {
  try {
    sessionStorage.setItem(key, location.search);
  } catch {
    // Without session storage, the first page is shown after signing in.
  }
}

/** Takes up again what was kept, unless the address says something itself. */
export function resumeAddress(): void {
  try {
    const search = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    if (search !== null && location.search === '') history.replaceState(null, '', `/${search}`);
  } catch {
    // As above.
  }
}
