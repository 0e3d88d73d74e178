/** What the specs use of the validator, which has no types of its own. */
declare module 'datapackage' {
  interface Table {
    readonly name: string;
    /** Checks types, constraints, keys and, with `relations`, that every reference is of a row that is there. */
    read(options: { readonly keyed: true; readonly relations: boolean }): Promise<readonly Record<string, unknown>[]>;
  }
  class Package {
    static load(descriptor: object, options: { readonly basePath: string; readonly strict: boolean }): Promise<Package>;
    readonly valid: boolean;
    readonly errors: readonly Error[];
    readonly resources: readonly Table[];
  }
}
