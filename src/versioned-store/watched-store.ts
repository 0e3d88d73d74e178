import { StoreDamaged, type VersionedStore } from '../kernel/versioned-store.js';
import { isDamage } from '../sqlite/open-database.js';

/** Wraps a store: translates SQLite damage to `StoreDamaged`, and calls `onDamage` for the first such error only. */
export function watchedStore(store: VersionedStore, onDamage: (error: StoreDamaged) => void): VersionedStore {
  let reported = false;
  function translate(error: unknown): unknown {
    const damage = isDamage(error) ? new StoreDamaged(String(error), { cause: error }) : error;
    if (damage instanceof StoreDamaged && !reported) {
      reported = true;
      onDamage(damage);
    }
    return damage;
  }
  const watch =
    <Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      try {
        return await call.apply(store, given);
      } catch (error) {
        throw translate(error);
      }
    };
  return {
    views: watch(store.views),
    createView: watch(store.createView),
    switchTo: watch(store.switchTo),
    dropView: watch(store.dropView),
    commit: watch(store.commit),
    get: watch(store.get),
    list: watch(store.list),
    listWritten: watch(store.listWritten),
    history: watch(store.history),
    close: watch(store.close),
  };
}
