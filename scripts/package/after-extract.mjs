// Called by electron-builder when the runtime lies in its folder, and nothing of the program yet: what its V8 makes of main
// goes into the archive as well (ADR 80).
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Arch } from 'electron-builder';
import { root, say } from '../lib/common.mjs';

const LIMIT_MS = 120_000;

const parts = join(root, 'out', 'main');
const maker = join(import.meta.dirname, 'make-bytecode.cjs');

/** Where an unnamed Electron has its program and its resources. */
const runtimes = {
  darwin: { program: 'Electron.app/Contents/MacOS/Electron', resources: 'Electron.app/Contents/Resources' },
  win32: { program: 'electron.exe', resources: 'resources' },
  linux: { program: 'electron', resources: 'resources' },
};

/** It is for one package's runtime alone, and for nothing that is started from `out`. */
export function forgetBytecode() {
  for (const name of readdirSync(parts)) if (name.endsWith('.bytecode')) rmSync(join(parts, name));
}

export default function afterExtract({ appOutDir, electronPlatformName: platform, arch }) {
  forgetBytecode();
  if (platform !== process.platform || Arch[arch] !== process.arch) {
    say(
      `no bytecode for ${platform}-${Arch[arch]}, whose runtime does not run here: it will start from source`,
    );
    return;
  }
  const { program, resources } = runtimes[platform];
  // As its program, not as Node: that has V8 run under other flags, and what was made there would not be taken.
  const app = join(appOutDir, resources, 'app');
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{"name":"make-bytecode","version":"1.0.0","main":"index.cjs"}');
  writeFileSync(join(app, 'index.cjs'), `require(${JSON.stringify(maker)});\n`);
  try {
    // Only our own script runs in it, and an unpacked runtime's sandbox needs rights that whoever packages may lack.
    execFileSync(join(appOutDir, program), platform === 'linux' ? ['--no-sandbox'] : [], {
      env: { ...process.env, COUNTERFOIL_PARTS: parts },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: LIMIT_MS,
    });
  } finally {
    rmSync(app, { recursive: true, force: true });
  }
}
