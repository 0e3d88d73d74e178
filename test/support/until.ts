/** Resolves once it holds; fails, rather than hangs, where it never does. */
export async function until(holds: () => boolean | Promise<boolean>, patience = 20_000): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${holds.toString()}`);
    // A pause, so that it takes no processor from what it waits for.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
