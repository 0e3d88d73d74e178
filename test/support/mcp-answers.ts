/** What tests read of the answers of the tools. */

export interface Place {
  readonly eventId: string;
  readonly position: string;
}
export interface Found {
  readonly mark?: string;
  readonly moment: { readonly knownUntil?: string; readonly position: string };
  readonly next?: number | string;
  readonly total: number;
}
export interface Shown {
  readonly shown?: string;
  readonly events: readonly Place[];
  readonly eventsInAll: number;
}
export interface Plans extends Found {
  readonly plans: readonly { readonly plan: string }[];
}
export interface Overview extends Found {
  readonly index: { readonly value: string; readonly coverage: string; readonly api: string };
  readonly areas: readonly { readonly value: string }[];
  readonly indicators: readonly {
    readonly code: string;
    readonly base: Shown;
    readonly value: Shown;
    readonly required: Shown;
    readonly targets: readonly Shown[];
    readonly status: string;
  }[];
}
export interface History extends Found {
  readonly points: readonly {
    readonly period: string;
    readonly value: Shown;
    readonly versions: readonly { readonly knownAt: string; readonly shown?: string; readonly events: Place[] }[];
  }[];
}
export interface Entries extends Found {
  readonly entries: readonly (Place & { readonly page: string; readonly api: string; readonly from?: string })[];
}
export interface Compared extends Found {
  readonly differences: readonly {
    readonly aspect: string;
    readonly from?: string;
    readonly to?: string;
    readonly because: readonly Place[];
  }[];
}
export interface Snapshots extends Found {
  readonly snapshots: readonly { readonly snapshot: string; readonly contentHash: string; readonly taken: Place }[];
}
