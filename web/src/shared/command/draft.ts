const prefix = 'tongjian.draft.';

/** What was filled in and not yet sent is kept on this device, for the person alone, until it is sent or thrown away. */
export function keepDraft(key: string, values: unknown): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(values));
  } catch {
    // Without local storage, or with a full one, a draft lasts as long as the page is open.
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // As above.
  }
}

export function keptDraft<Values>(key: string): Values | undefined {
  try {
    const text = localStorage.getItem(prefix + key);
    return text === null ? undefined : (JSON.parse(text) as Values);
  } catch {
    return undefined;
  }
}
