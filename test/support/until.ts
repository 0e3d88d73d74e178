/** Polls until the condition holds. @throws after `timeoutMs` */
export async function until(holds: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`timeout while waiting for: ${holds.toString()}`);
    // The pause leaves the processor to the code that is waited for.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
