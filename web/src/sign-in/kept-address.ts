const key = 'tongjian.address';

/** Keeps what the address says for the time at the OpenID provider, which leads back to the first page. */
export function keepAddress(): void {
  try {
    sessionStorage.setItem(key, location.pathname + location.search);
  } catch {
    // Without session storage, the first page is shown after signing in.
  }
}

/** Takes up again what was kept, unless the address says something itself. */
export function resumeAddress(): void {
  try {
    const address = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    // Addresses of other hosts, which begin with two slashes, are none of the page's.
    const isOwn = address !== null && /^\/(?!\/)/.test(address);
    if (isOwn && location.pathname === '/' && location.search === '') history.replaceState(null, '', address);
  } catch {
    // As above.
  }
}
