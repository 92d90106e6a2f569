import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { rollbackFolder } from '../../main/updates/trial/mark.ts';
import { settleTrial } from '../../main/updates/trial/roll-back.ts';
import { takeTillLock } from '../../main/updates/trial/till-lock.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';
import { fileOf, listOf, newKey, programOf, publish, ranged, startFeed, versionOf } from './feed.ts';
import { aTill, bytesOf, isAside } from './trial/support.ts';

const KILLS = 120;
/** Side by side: each waits for its own processes. */
const PCS = 2;

const migrating = resolve(import.meta.dirname, 'trial/migrating-program.cjs');

/** Runs as it is tried, and has the size of a program. */
const nextProgram = (): Buffer =>
  Buffer.concat([
    Buffer.from(`#!/bin/sh\n# 1.1.0\nexec '${process.execPath}' '${migrating}' "$@"\n`),
    Buffer.alloc(20_000_000, 10),
  ]);

/** What a till has promised, whatever format its database is in by now. */
function outboxIn(folder: string) {
  const db = new Database(databaseFile(liveFolder(folder)), { readonly: true });
  try {
    const ofTomorrow =
      db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'of_tomorrow'").get() !== undefined;
    const entries = db.prepare('SELECT id, sequence, state, version FROM increment ORDER BY sequence').all();
    const rows = db
      .prepare("SELECT number, lower(hex(mac)) AS mac FROM journal WHERE event <> 'noted'")
      .all();
    return { ofTomorrow, outbox: JSON.stringify({ entries, rows }) };
  } finally {
    db.close();
  }
}

async function feedOf(next: Buffer) {
  const feed = await startFeed();
  const { publicKey, privateKey } = newKey();
  const file = fileOf('1.1.0', next);
  const hourMs = 3_600_000;
  const days = {
    issuedAt: new Date(Date.now() - hourMs).toISOString(),
    expiresAt: new Date(Date.now() + hourMs).toISOString(),
  };
  publish(feed, listOf('1.1.0', file, days), privateKey);
  feed.served.set(file.name, ranged(next));
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  return { url: feed.url, key };
}

/** A PC with a till, on which the program is killed so long after it has begun, or comes to its end by itself. */
function aPc({ url, key }: { readonly url: string; readonly key: string }, next: Buffer) {
  const place = temporaryFolder();
  const program = join(place, 'Counterfoil.AppImage');
  const old = programOf('1.0.0');
  writeFileSync(program, old, { mode: 0o755 });
  const { folder } = aTill();
  const before = bytesOf(folder);
  const { outbox } = outboxIn(folder);

  /** What the next start would make of it, on a copy: what was cut off stays for the next kill. */
  const settledCopy = async () => {
    const now = readFileSync(program);
    expect(now.equals(old) || now.equals(next)).toBe(true);
    // What it was killed over goes with it, or is ended.
    const lock = takeTillLock(folder);
    expect(lock.problem()).toBeNull();
    const copy = temporaryFolder();
    cpSync(folder, copy, { recursive: true });
    lock.lend();
    const wasAside = existsSync(join(rollbackFolder(copy), 'mark.json'));
    const version = versionOf(now);
    const places = { folder: copy, headCopyFolder: join(copy, 'copy') };
    const { problem } = await settleTrial({ ...places, logger: silentLogger, version });
    expect(problem).toBeNull();
    const found = outboxIn(copy);
    expect(found).toEqual({ ofTomorrow: version === '1.1.0', outbox });
    if (version === '1.0.0') expect(bytesOf(copy)).toEqual(before);
    rmSync(copy, { recursive: true });
    return { isNew: version === '1.1.0', wasAside };
  };

  const run = async (killAfterMs: number | null) => {
    const script = join(import.meta.dirname, 'updating-program.ts');
    const child = spawn(process.execPath, [script, program, folder, url, key], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    await once(child.stdout, 'data');
    const begun = performance.now();
    if (killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    const [code] = await ended;
    return { code, tookMs: performance.now() - begun, ...(await settledCopy()) };
  };
  return { place, folder, run };
}

interface Counted {
  killed: number;
  cutOff: number;
  after: number;
}

/** So many are to be cut off in their trial, where the old program and its data have to come back. */
const CUT_OFF = 6;
/** A machine that is busy for a while has its moments elsewhere: they are then measured and gone through anew. */
const MOST_PASSES = 4;

/** Kills at moments all over the time that an update takes where nobody kills it. */
async function killAllOver(feed: Awaited<ReturnType<typeof feedOf>>, next: Buffer, counted: Counted) {
  const whole = await aPc(feed, next).run(null);
  expect(whole).toMatchObject({ code: 0, isNew: true, wasAside: true });

  const series = async (nth: number) => {
    let pc = aPc(feed, next);
    let isCutOff = false;
    for (let kill = nth; kill < KILLS; kill += PCS) {
      // Where one was cut off in its trial, the next start puts back first of all.
      const moment = isCutOff ? 2 * (kill % 10) : (1.2 * whole.tookMs * kill) / KILLS;
      const { code, isNew, wasAside } = await pc.run(moment);
      isCutOff = wasAside && !isNew && !isCutOff;
      if (code === null) counted.killed += 1;
      if (wasAside) counted[isNew ? 'after' : 'cutOff'] += 1;
      if (isNew && code === null) continue;
      if (isNew) pc = aPc(feed, next);
    }
    // It comes to its end, and the version that has come then starts once.
    for (let left = 3; left > 0; left -= 1) {
      const { code, isNew } = await pc.run(null);
      expect(code).toBe(0);
      if (isNew && !isAside(pc.folder)) break;
    }
    expect(isAside(pc.folder)).toBe(false);
    expect(readdirSync(pc.place)).toEqual(['Counterfoil.AppImage']);
  };
  await Promise.all(Array.from({ length: PCS }, (_, nth) => series(nth)));
  process.stdout.write(`${JSON.stringify({ ...counted, tookMs: Math.round(whole.tookMs) })}\n`);
}

it(`killed at ${KILLS} moments of an update: always one whole program and the outbox, and in the end the new one`, async () => {
  const next = nextProgram();
  const feed = await feedOf(next);
  const counted: Counted = { killed: 0, cutOff: 0, after: 0 };
  const isEnough = () => counted.killed > KILLS / 2 && counted.cutOff >= CUT_OFF;
  for (let pass = 0; pass < MOST_PASSES && !isEnough(); pass += 1) await killAllOver(feed, next, counted);
  expect(counted.killed).toBeGreaterThan(KILLS / 2);
  expect(counted.cutOff).toBeGreaterThanOrEqual(CUT_OFF);
}, 900_000);
