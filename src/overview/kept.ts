interface Cache<Value> {
  get(key: string): Promise<Value> | undefined;
  set(key: string, value: Promise<Value>): unknown;
  delete(key: string): unknown;
}

/** What a cache has under a key, or what is composed now and kept there. What failed is not kept. */
export function kept<Value>(cache: Cache<Value>, key: string, compose: () => Promise<Value>): Promise<Value> {
  const known = cache.get(key);
  if (known) return known;
  const composing = compose();
  cache.set(key, composing);
  composing.catch(() => cache.delete(key));
  return composing;
}
