/** What the rights, which are events, say of a person. */
export interface Entrance {
  /** Whether the person has access: was invited, and the access has not ended. An unknown person has none. */
  mayEnter(person: string): Promise<boolean>;
  /** Of these permissions, those that the person does not have in the plan and for the unit, where they are given. */
  lacking(
    person: string,
    permissions: readonly string[],
    over: { readonly plan?: string; readonly unit?: string },
  ): Promise<readonly string[]>;
}
