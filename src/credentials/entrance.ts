/** What the rights, which are events, say of a person. */
export interface Entrance {
  /** Whether the person has access: was invited, and the access has not ended. An unknown person has none. */
  mayEnter(person: string): Promise<boolean>;
  /** The roles in force at present, as a text that is another one once they have changed. */
  rightsOf(person: string): Promise<string>;
}
