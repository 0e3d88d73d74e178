import { StoreDamaged, type VersionedStore } from '../kernel/versioned-store.js';
import { isDamage } from '../sqlite/open-database.js';

/** A store that says once when it is found damaged, whoever comes upon it. */
export function watchedStore(store: VersionedStore, onDamage: (error: StoreDamaged) => void): VersionedStore {
  let said = false;
  function found(error: unknown): unknown {
    const damage = isDamage(error) ? new StoreDamaged(String(error), { cause: error }) : error;
    if (damage instanceof StoreDamaged && !said) {
      said = true;
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
        throw found(error);
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
