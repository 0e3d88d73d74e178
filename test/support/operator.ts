/** What the operator shows to the servers of the tests (`TONGJIAN_OPERATOR_KEY`). */
export const operatorKey = 'operator-key-of-the-tests-0123456789';

/** The header of a request that the operator of the machine sends, who may do anything. */
export const asOperator = { authorization: `Operator ${operatorKey}` };

/** `fetch` as the operator. */
export const fetchAsOperator = (url: string | URL, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, headers: { ...asOperator, ...(init.headers as Record<string, string> | undefined) } });
