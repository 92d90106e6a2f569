/** Longer than a driver takes to attach. */
const GRACE_MS = 800;

/**
 * A window that is made while a driver such as Playwright attaches can leave it waiting for ever (one
 * start in ten was seen). Builds that take a debugger at all give it a moment first; a release takes none.
 * Whoever holds the app back by itself says so in the environment.
 */
export async function letDebuggerAttach(
  commandLine: { hasSwitch(name: string): boolean },
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (!commandLine.hasSwitch('remote-debugging-port') || env['COUNTERFOIL_HELD'] === '1') return;
  await new Promise((resolve) => setTimeout(resolve, GRACE_MS));
}
