import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../kit/till.ts';
import { fileOf, listOf, newKey, programOf, publish, ranged, startFeed } from './feed.ts';

const KILLS = 100;

/** By when the fastest and the slowest of them have done all. */
const LATEST_MS = 160;

it(`killed at ${KILLS} moments of an update: always one whole program, and in the end the new one`, async () => {
  const feed = await startFeed();
  const { publicKey, privateKey } = newKey();
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  const next = Buffer.concat([programOf('1.1.0'), Buffer.alloc(20_000_000, 7)]);
  const file = fileOf('1.1.0', next);
  const hourMs = 3_600_000;
  const days = {
    issuedAt: new Date(Date.now() - hourMs).toISOString(),
    expiresAt: new Date(Date.now() + hourMs).toISOString(),
  };
  publish(feed, listOf('1.1.0', file, days), privateKey);
  feed.served.set(file.name, ranged(next));

  /** A PC, on which the program is killed so long after it has begun, until it comes to its end by itself. */
  const pc = () => {
    const place = temporaryFolder();
    const [program, folder] = [join(place, 'Counterfoil.AppImage'), join(temporaryFolder(), 'updates')];
    const old = programOf('1.0.0');
    writeFileSync(program, old, { mode: 0o755 });
    const run = async (killAfterMs: number | null) => {
      const script = join(import.meta.dirname, 'updating-program.ts');
      const child = spawn(process.execPath, [script, program, folder, feed.url, key], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
      await once(child.stdout, 'data');
      if (killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      const [code] = await ended;
      const now = readFileSync(program);
      expect(now.equals(old) || now.equals(next)).toBe(true);
      return { code, isNew: now.equals(next) };
    };
    return { place, run };
  };

  let killed = 0;
  let current = pc();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { code, isNew } = await current.run((LATEST_MS * kill) / KILLS);
    if (code === null) killed += 1;
    if (isNew) current = pc();
  }
  expect(killed).toBeGreaterThan(KILLS / 2);
  expect(await current.run(null)).toEqual({ code: 0, isNew: true });
  expect(readdirSync(current.place)).toEqual(['Counterfoil.AppImage']);
}, 300_000);
