// A process of its own: replaces an AppImage, and dies at the step that it is told.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createAppImageInstaller } from '../../main/updates/appimage.ts';

const [program = '', next = '', dieAt = '', times = '1'] = process.argv.slice(2);
let left = Number(times);
const installer = createAppImageInstaller({
  program,
  random: { unit: () => 0, uuid: () => String(process.pid), bytes: (length) => Buffer.alloc(length) },
  onStep: (step) => {
    if (step !== dieAt) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
const body = readFileSync(next);
const prepared = await installer.prepare(next, {
  ...{ platform: 'linux', arch: 'x64', kind: 'appimage', name: 'x.AppImage', size: body.length },
  sha512: createHash('sha512').update(body).digest('hex'),
});
if (!prepared.ok) throw new Error(prepared.error.code);
const committed = await prepared.value.commit();
if (!committed.ok) throw new Error(committed.error.code);
