const STORE = 'unsent';

export interface Unsent { key: string; owner: string; doc: string; bytes: Uint8Array }

/** Edits the server's disk does not have yet, kept in this browser over a reload; per workspace and account. Without such a store nothing is kept. */
export class Kept {
  private readonly database: Promise<IDBDatabase | null>;
  private readonly window = crypto.getRandomValues(new Uint32Array(2)).join('');
  private owner = '';

  constructor(private readonly workspace: string) { this.database = opened(); }

  /** Whose edits these are: nobody sends what another wrote. */
  of(account: string): void { this.owner = `${this.workspace}\n${account}`; }

  keep(n: number, doc: string, bytes: Uint8Array): void {
    const row: Unsent = { key: `${this.window}:${n}`, owner: this.owner, doc, bytes };
    void this.within('readwrite', (store) => store.put(row));
  }

  forget(n: number): void { void this.within('readwrite', (store) => store.delete(`${this.window}:${n}`)); }

  /** What other windows of this account left unsent here. */
  async read(): Promise<Unsent[]> {
    const all = await this.within<Unsent[]>('readonly', (store) => store.getAll());
    return (all ?? []).filter((row) => row.owner === this.owner && !row.key.startsWith(`${this.window}:`));
  }

  clear(rows: Unsent[]): void { for (const { key } of rows) void this.within('readwrite', (store) => store.delete(key)); }

  private async within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<T | null> {
    const database = await this.database;
    if (!database) return null;
    return new Promise((done) => {
      try {
        const asked = work(database.transaction(STORE, mode).objectStore(STORE));
        asked.onsuccess = () => done(asked.result as T);
        asked.onerror = () => done(null);
      } catch {
        done(null);
      }
    });
  }
}

function opened(): Promise<IDBDatabase | null> {
  return new Promise((done) => {
    try {
      const asked = indexedDB.open('desirelines-draft', 1);
      asked.onupgradeneeded = () => { asked.result.createObjectStore(STORE, { keyPath: 'key' }); };
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => done(null);
      asked.onblocked = () => done(null);
    } catch {
      done(null);
    }
  });
}
