#!/usr/bin/env node
// What electron-builder asks of fpm for a deb (`-s dir -t deb`), done by Debian's own dpkg-deb: fpm is a download that
// is out of reach where only npm and Debian's packages are.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { controlFile, readFpmArguments } from './fpm-arguments.mjs';

const asked = readFpmArguments(process.argv.slice(2));
const root = mkdtempSync(join(tmpdir(), 'counterfoil-deb-'));
try {
  for (const { from, to } of asked.copies) {
    const target = join(root, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true, verbatimSymlinks: true });
  }
  const files = execFileSync('find', ['.', '-type', 'f', '-print0'], { cwd: root, encoding: 'utf8' });
  const names = files.split('\0').filter((name) => name !== '');
  const sums = execFileSync('xargs', ['-0', 'md5sum', '--'], {
    cwd: root,
    input: names.map((name) => name.slice(2)).join('\0'),
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  const kib = Number.parseInt(execFileSync('du', ['-sk', root], { encoding: 'utf8' }), 10);
  const control = join(root, 'DEBIAN');
  mkdirSync(control);
  writeFileSync(join(control, 'control'), controlFile(asked, kib));
  writeFileSync(join(control, 'md5sums'), sums);
  for (const [script, from] of Object.entries(asked.scripts)) {
    copyFileSync(from, join(control, script));
    chmodSync(join(control, script), 0o755);
  }
  execFileSync('chmod', ['-R', 'u+rwX,go+rX,go-w', root]);
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', '-z1', '--build', root, asked.file], {
    stdio: ['ignore', 2, 2],
  });
} finally {
  rmSync(root, { recursive: true, force: true });
}
