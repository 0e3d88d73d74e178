interface Cache<Value> {
  get(key: string): Promise<Value> | undefined;
  peek?(key: string): Promise<Value> | undefined;
  set(key: string, value: Promise<Value>, options?: { readonly size: number }): unknown;
  delete(key: string): unknown;
}

/**
 * What a cache has under a key, or what is composed now and kept there. What failed is not kept. A cache with a limit of
 * size is told the size of what was composed; until then it counts 1.
 */
export function kept<Value>(
  cache: Cache<Value>,
  key: string,
  compose: () => Promise<Value>,
  sizeOf?: (value: Value) => number,
): Promise<Value> {
  const known = cache.get(key);
  if (known) return known;
  const composing = compose();
  cache.set(key, composing, sizeOf && { size: 1 });
  composing.then(
    (value) => {
      if (sizeOf && cache.peek?.(key) === composing) cache.set(key, composing, { size: sizeOf(value) });
    },
    () => cache.delete(key),
  );
  return composing;
}
