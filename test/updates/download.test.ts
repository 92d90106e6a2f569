import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DownloadParts, diskProblem, download } from '../../main/updates/download.ts';
import { createTestClock } from '../kit/clock.ts';
import { itOnPosix } from '../kit/posix.ts';
import { temporaryFolder } from '../kit/till.ts';
import { bytes, fileOf, programOf, ranged, startFeed } from './feed.ts';

async function line(change: Partial<DownloadParts> = {}) {
  const clock = createTestClock();
  const feed = await startFeed();
  const body = programOf('1.1.0');
  const file = fileOf('1.1.0', body);
  feed.served.set(file.name, ranged(body));
  const folder = join(temporaryFolder(), 'files');
  const ending = new AbortController();
  const parts: DownloadParts = {
    ...{ feed: { url: feed.url, fetch, clock }, folder, clock },
    ...{ bytesPerSecond: () => 1_000_000_000, freeBytes: async () => 10_000_000_000, signal: ending.signal },
    ...change,
  };
  const part = join(folder, `${file.name}.part`);
  return { clock, feed, body, file, folder, part, parts, ending, run: () => download(parts, file) };
}

describe('a download', () => {
  it('goes on where it stopped, and nothing is fetched twice', async () => {
    const { feed, body, file, folder, part, run } = await line();
    feed.served.set(file.name, bytes(body.subarray(0, 70_000)));
    expect(await run()).toMatchObject({ ok: false, error: { code: 'update-file-cut-off' } });
    expect(statSync(part).size).toBe(70_000);
    feed.served.set(file.name, ranged(body));
    expect(await run()).toEqual({ ok: true, value: join(folder, file.name) });
    expect(feed.asked).toEqual([file.name, `${file.name} bytes=70000-`]);
    expect(readFileSync(join(folder, file.name)).equals(body)).toBe(true);
    expect(await run()).toMatchObject({ ok: true });
    expect(feed.asked).toHaveLength(2);
    expect(readdirSync(folder)).toEqual([file.name]);
  });

  it('begins anew where the server knows no ranges, or brings another one', async () => {
    const { feed, body, file, folder, part, run } = await line();
    mkdirSync(folder, { recursive: true });
    writeFileSync(part, body.subarray(0, 70_000));
    feed.served.set(file.name, (_, response) => {
      response
        .writeHead(206, { 'content-range': `bytes 5-${body.length - 1}/${body.length}` })
        .end(body.subarray(5));
    });
    expect(await run()).toMatchObject({ error: { code: 'update-feed-answer', details: { status: '206' } } });
    expect(statSync(part).size).toBe(70_000);
    feed.served.set(file.name, bytes(body));
    expect(await run()).toMatchObject({ ok: true });
  });

  it('takes no more of the line than it may', async () => {
    const { clock, body, run } = await line({ bytesPerSecond: () => 50_000 });
    const done = run();
    const startMs = clock.monotonicMs();
    let isDone = false;
    void done.then(() => {
      isDone = true;
    });
    while (!isDone) {
      // Only time lets it read on; the watch for a silent line is far away.
      if (clock.waiting().some((leftMs) => leftMs < 50_000)) clock.runNext();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await done).toMatchObject({ ok: true });
    const tookMs = clock.monotonicMs() - startMs;
    expect(tookMs).toBeGreaterThanOrEqual(((body.length - 50_000) * 1_000) / 50_000);
  });

  it('gives a silent line up', async () => {
    const { clock, feed, file, run } = await line();
    const heard = new Promise<void>((resolve) => {
      feed.served.set(file.name, (_, response) => {
        response.writeHead(200).write('x');
        resolve();
      });
    });
    const done = run();
    await heard;
    while (clock.waiting().length === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(60_000);
    expect(await done).toMatchObject({ error: { code: 'update-feed-unreachable' } });
  });

  it('ends with the program', async () => {
    const { ending, run } = await line({ bytesPerSecond: () => 16_384 });
    const done = run();
    ending.abort();
    expect(await done).toMatchObject({ ok: false });
  });

  it('leaves the disk to the entries', async () => {
    const { feed, run } = await line({ freeBytes: async () => 500_000_000 });
    expect(await run()).toMatchObject({ error: { code: 'update-disk-full' } });
    expect(feed.asked).toEqual([]);
  });

  it('says what a disk means that refuses', () => {
    const refused = (code: string) => diskProblem(Object.assign(new Error(code), { code }));
    expect(['ENOSPC', 'EDQUOT', 'EACCES'].map((code) => refused(code).code)).toEqual([
      ...['update-disk-full', 'update-disk-full', 'update-folder'],
    ]);
    expect(diskProblem('a word')).toEqual({ code: 'update-folder', details: { system: '' } });
  });

  itOnPosix('writes through no link that somebody has laid', async () => {
    const { folder, part, run } = await line();
    const elsewhere = join(temporaryFolder(), 'elsewhere');
    mkdirSync(folder, { recursive: true });
    symlinkSync(elsewhere, part);
    expect(await run()).toMatchObject({ error: { code: 'update-folder', details: { system: 'ELOOP' } } });
    expect(existsSync(elsewhere)).toBe(false);
  });

  itOnPosix('is nobody else’s to read', async () => {
    const { file, folder, run } = await line();
    expect(await run()).toMatchObject({ ok: true });
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(statSync(join(folder, file.name)).mode & 0o177).toBe(0);
  });
});
