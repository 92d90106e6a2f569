import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ordinary, type Told } from './ordinary.ts';
import { projectRoot } from './source-index.ts';

let told: Told = {};

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-ordinary-'));
  const path = join(folder, 'told.json');
  const args = ['run', '--config', join(import.meta.dirname, 'ordinary.config.ts')];
  spawnSync(process.execPath, [join(projectRoot, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: projectRoot,
    env: { ...process.env, COUNTERFOIL_TOLD: path },
  });
  told = JSON.parse(readFileSync(path, 'utf8')) as Told;
  rmSync(folder, { recursive: true });
}, 1_800_000);

it.each(ordinary)('$fault is found by $by', ({ fault }) => {
  expect(told[fault]).toContainEqual(expect.any(String));
});
