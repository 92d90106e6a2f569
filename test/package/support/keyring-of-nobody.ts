import { spawn } from 'node:child_process';
import { asNobody, environmentIn } from './installed-app.ts';

/** A session bus with an open keyring on it, for somebody without rights; gives what a program must be told of it. */
export async function keyringOfNobody(home: string): Promise<Readonly<Record<string, string>>> {
  // It lasts as long as that home: a program that starts itself anew comes back to the same one.
  const script =
    'printf x | gnome-keyring-daemon --unlock --components=secrets >/dev/null; ' +
    'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat';
  const child = spawn(...asNobody('dbus-run-session', '--', 'sh', '-c', script), {
    env: environmentIn(home),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
      if (said.includes('\n')) resolve(said.trim());
    });
    child.once('exit', (code) => reject(new Error(`no session bus: ${code}`)));
  });
  return { DBUS_SESSION_BUS_ADDRESS: address };
}
