/**
 * A small door to IndexedDB: one database an account, key and value. Where the browser gives none (a
 * private window), what is kept lives as long as the page.
 */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const STORES = ["outbox", "drafts"];

export class Database {
  /** @param {IDBDatabase | null} database */
  constructor(database) {
    this.database = database;
    /** @type {Map<string, Map<string, any>>} */
    this.memory = new Map(STORES.map((name) => [name, new Map()]));
  }

  /** @param {string} account whose database */
  static async open(account) {
    try {
      const request = indexedDB.open(`plenary-${account}`, 1);
      request.onupgradeneeded = () => {
        for (const name of STORES) request.result.createObjectStore(name);
      };
      return new Database(await done(request));
    } catch {
      return new Database(null);
    }
  }

  /** @param {string} store @returns {Promise<any[]>} */
  async all(store) {
    if (!this.database) return [...(this.memory.get(store)?.values() ?? [])];
    return done(this.database.transaction(store).objectStore(store).getAll());
  }

  /** @param {string} store @param {string} key */
  async get(store, key) {
    if (!this.database) return this.memory.get(store)?.get(key);
    return done(this.database.transaction(store).objectStore(store).get(key));
  }

  /** Resolves when the value is kept. @param {string} store @param {string} key @param {any} value undefined deletes */
  async put(store, key, value) {
    if (!this.database) {
      const values = this.memory.get(store);
      if (value === undefined) values?.delete(key);
      else values?.set(key, value);
      return;
    }
    const transaction = this.database.transaction(store, "readwrite");
    const objects = transaction.objectStore(store);
    if (value === undefined) objects.delete(key);
    else objects.put(value, key);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  /** Forgets all: for signing out. */
  async clear() {
    for (const name of STORES) {
      this.memory.get(name)?.clear();
      if (this.database) await done(this.database.transaction(name, "readwrite").objectStore(name).clear());
    }
  }
}
