/** Search parameters; those without a value are left out. */
type Search = Readonly<Record<string, string | undefined>>;

/** Where something can be looked up: the page that shows it, and the route of the HTTP API that has it. */
export interface Address {
  readonly page: string;
  readonly api: string;
}

/** The moment of an answer as addresses name it. */
export interface AddressMoment {
  readonly asOf?: string;
  readonly atPosition?: string;
}

/** Makes the addresses of a plan as of one moment, so that whoever follows them later finds the same numbers. */
export class Addresses {
  constructor(
    private readonly plan: string,
    private readonly moment: AddressMoment,
  ) {}

  /** On a page, and in a route, that show the plan as of a moment. */
  reading(page: string, api: string, search: Search = {}): Address {
    const { asOf, atPosition } = this.moment;
    return {
      page: this.page(page, { ...search, asOf, at: atPosition }),
      api: this.api(api, { ...search, asOf, atPosition }),
    };
  }

  indicator(code: string, unit: string, period?: string): Address {
    const [segment, { asOf, atPosition }] = [encodeURIComponent(code), this.moment];
    return {
      page: this.page(`indicators/${segment}`, { unit, period, asOf, at: atPosition }),
      api: this.api(`indicators/${segment}/history`, { unit, asOf, atPosition }),
    };
  }

  event(position: string): Address {
    return { page: this.page(`audit/event/${position}`), api: this.api(`audit/events/${position}`) };
  }

  page(path: string, search: Search = {}): string {
    return `/p/${encodeURIComponent(this.plan)}${path && `/${path}`}${queryOf(search)}`;
  }

  api(path: string, search: Search = {}): string {
    return `/api/plans/${encodeURIComponent(this.plan)}${path && `/${path}`}${queryOf(search)}`;
  }
}

function queryOf(search: Search): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) if (value !== undefined) query.set(key, value);
  return query.size === 0 ? '' : `?${query.toString()}`;
}
