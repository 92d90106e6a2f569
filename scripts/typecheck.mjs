// Each room is checked with only what it may know: the contract without Node or a DOM, the
// main process without a DOM, the renderer without Node. Last everything together.
import { spawnSync } from 'node:child_process';

const rooms = ['preload/contract', 'main', 'renderer', '.'];
const failed = rooms.filter(
  (room) =>
    spawnSync('tsc', ['--project', room], { stdio: 'inherit', shell: process.platform === 'win32' })
      .status !== 0,
);
if (failed.length > 0) {
  console.error(`typecheck: failed in ${failed.join(', ')}`);
  process.exit(1);
}
