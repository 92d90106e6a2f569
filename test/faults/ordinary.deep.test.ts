import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ordinary, type Told } from './ordinary.ts';
import { projectRoot } from './source-index.ts';

/** Runs each test of a check with its fault. */
async function planted(check: string): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-ordinary-'));
  const path = join(folder, 'told.json');
  const config = join(import.meta.dirname, 'ordinary.config.ts');
  const vitest = join(projectRoot, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', '--config', config], {
    cwd: projectRoot,
    env: { ...process.env, COUNTERFOIL_CHECK: check, COUNTERFOIL_TOLD: path },
    stdio: 'ignore',
  });
  await once(child, 'exit');
  const told = JSON.parse(readFileSync(path, 'utf8')) as Told;
  rmSync(folder, { recursive: true });
  return told;
}

describe.each([...new Set(ordinary.map(({ check }) => check))])('security check %j', (check) => {
  let told: Told = {};
  beforeAll(async () => {
    told = await planted(check);
  }, 900_000);

  it.each(ordinary.filter((one) => one.check === check))('$fault is found by $by', ({ fault }) => {
    expect(told[fault]).toContainEqual(expect.any(String));
  });
});
