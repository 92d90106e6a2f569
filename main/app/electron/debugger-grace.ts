/** Longer than a driver takes to attach. */
const GRACE_MS = 800;

/**
 * A window made while Playwright attaches can leave it waiting for ever (seen in one start of ten), so builds that
 * allow a debugger wait a moment. The environment tells who delays the app by itself.
 */
export async function letDebuggerAttach(
  commandLine: { hasSwitch(name: string): boolean },
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (!commandLine.hasSwitch('remote-debugging-port') || env['COUNTERFOIL_HELD'] === '1') return;
  await new Promise((resolve) => setTimeout(resolve, GRACE_MS));
}
