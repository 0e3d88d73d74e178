/** Stands for better-sqlite3 in `*.spec.ts`: they open no database, so that they run on any Node.js. */
export default class NoSqlite {
  constructor(path: string) {
    throw new Error(`a *.spec.ts opened the SQLite database ${path}: that is for *.int.spec.ts`);
  }
}
