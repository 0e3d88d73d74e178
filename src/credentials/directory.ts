import type { Instant } from '../kernel/time.js';

/** How a person is called whose names were erased. */
export const erasedName = '已注销人员';

/** The names of persons. Events name a person by the id only, so that a name can be erased here. */
export interface Directory {
  /**
   * The name of a person now, or at a moment. `erasedName` for whom names were erased, at any moment. The first name
   * also holds before it was given. Undefined for an unknown id.
   */
  nameOf(person: string, at?: Instant): Promise<string | undefined>;
  /** The present name of every person, those erased included. */
  names(): Promise<ReadonlyMap<string, string>>;
  /** Gives a person a name that holds from a moment. Nothing is done for an erased person. */
  rename(person: string, name: string, from: Instant): Promise<void>;
  /** Persons one of whose names, present or former, contains the text, in the order of their ids. */
  idsNamed(text: string): Promise<string[]>;
  /**
   * Removes all names, accounts, links, tokens and second factors of a person for good. The bytes are overwritten in the
   * file.
   */
  erase(person: string, at: Instant): Promise<void>;
}
