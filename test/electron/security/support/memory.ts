import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { CDPSession } from 'playwright-core';

/** What the page's JavaScript can still reach, as text: all its strings, after what nobody needs was thrown away. */
export async function heapOf(cdp: CDPSession): Promise<Buffer> {
  const chunks: string[] = [];
  const hear = ({ chunk }: { readonly chunk: string }) => void chunks.push(chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', hear);
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await cdp.send('HeapProfiler.disable');
  cdp.off('HeapProfiler.addHeapSnapshotChunk', hear);
  return Buffer.from(chunks.join(''), 'utf8');
}

/** Root alone reads another process's memory. */
export const mayReadMemory = process.platform === 'linux' && process.getuid?.() === 0;

const PAGE = 4_096;
const ENTRY = 8;
/** Present in memory, or swapped out; else nobody ever wrote there. */
const isThere = (high: number): boolean => (high & 0xc0000000) !== 0;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a process may write to, and so may have written into. */
const writableSpans = (pid: number): readonly Span[] =>
  readFileSync(`/proc/${pid}/maps`, 'latin1')
    .split('\n')
    .flatMap((line) => {
      const found = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      return found === null ? [] : [{ from: parseInt(found[1] ?? '', 16), to: parseInt(found[2] ?? '', 16) }];
    });

/** The parts of a span whose pages hold something. */
function* touched(pagemap: number, { from, to }: Span): Generator<Span> {
  const most = 65_536;
  for (let at = from; at < to; at += most * PAGE) {
    const pages = Math.min(most, (to - at) / PAGE);
    const entries = Buffer.alloc(pages * ENTRY);
    readSync(pagemap, entries, 0, entries.length, (at / PAGE) * ENTRY);
    let begins = -1;
    for (let page = 0; page <= pages; page += 1) {
      const there = page < pages && isThere(entries.readUInt32LE(page * ENTRY + 4));
      if (there && begins < 0) begins = page;
      if (there || begins < 0) continue;
      yield { from: at + begins * PAGE, to: at + page * PAGE };
      begins = -1;
    }
  }
}

/** All that a process has ever written and not written over, also what it has given back to its own heaps. */
export function memoryOf(pid: number): Buffer {
  const [memory, pagemap] = ['mem', 'pagemap'].map((name) => openSync(`/proc/${pid}/${name}`, 'r'));
  if (memory === undefined || pagemap === undefined) throw new Error('no memory');
  const parts: Buffer[] = [];
  try {
    for (const span of writableSpans(pid)) {
      for (const { from, to } of touched(pagemap, span)) {
        const part = Buffer.alloc(to - from);
        try {
          parts.push(part.subarray(0, readSync(memory, part, 0, part.length, from)));
        } catch {
          // Given back meanwhile.
        }
      }
    }
  } finally {
    for (const file of [memory, pagemap]) closeSync(file);
  }
  return Buffer.concat(parts);
}
