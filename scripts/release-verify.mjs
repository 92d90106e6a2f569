// `npm run release:verify`: asks the feed as a till would, checks the list with the program's own reader and keys, and
// downloads every file and checks it. Ends with 0 only where each till could take it. `--at=URL` and `--key=BASE64` ask
// another feed, on this machine alone: for rehearsals and tests. `--list-only` downloads no files.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../main/kernel/system.ts';
import { askWhole } from '../main/updates/ask-feed.ts';
import { download } from '../main/updates/download.ts';
import { evaluateRelease } from '../main/updates/evaluate-release.ts';
import { PRODUCT } from '../main/updates/product.ts';
import { feedOf } from '../main/updates/release-feed.ts';
import { LIST_NAME, MAX_PUBLISHED_BYTES, partsOf, readList } from '../main/updates/release-list.ts';
import { Refusal, runMain, say } from './lib/common.mjs';

const { values } = parseArgs({
  options: {
    at: { type: 'string' },
    key: { type: 'string' },
    'list-only': { type: 'boolean', default: false },
  },
});

/** A till that has nothing yet, and is first in every stage. */
const everyTill = { tillId: '', newestIssuedAtMs: 0, floor: null };

const must = (result, what) => {
  if (result.ok) return result.value;
  const details = Object.values(result.error.details ?? {}).join(' ');
  throw new Refusal(`${what}: ${result.error.code} ${details}`.trim());
};

function feedToAsk() {
  const isOther = values.at !== undefined;
  const found = isOther
    ? feedOf(false, { COUNTERFOIL_UPDATE_FEED: values.at, COUNTERFOIL_UPDATE_KEY: values.key })
    : feedOf(true, {});
  if (found === null)
    throw new Refusal(isOther ? 'no such feed may be asked' : 'this program has no release keys');
  return found;
}

await runMain(async () => {
  const { url, keys } = feedToAsk();
  const feed = { url, fetch, clock: systemClock };
  const published = must(await askWhole(feed, LIST_NAME, MAX_PUBLISHED_BYTES), LIST_NAME);
  const { list: text, signature } = partsOf(published);
  const list = must(readList(text, signature, keys), 'the list');
  say(
    `${list.version}, ${list.stagePercent} of 100 tills${list.halt ? ', HALTED' : ''}, until ${list.expiresAt}`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-release-'));
  try {
    for (const file of list.files) {
      const { platform, arch, kind, name } = file;
      const till = { product: PRODUCT, version: '0.0.0', platform, arch, kind };
      must(evaluateRelease(list, till, everyTill, Date.now()), name);
      if (values['list-only']) continue;
      const parts = { feed, folder, clock: systemClock, signal: new AbortController().signal };
      const unhurried = {
        bytesPerSecond: () => 1_000_000_000,
        freeBytes: async () => Number.MAX_SAFE_INTEGER,
      };
      must(await download({ ...parts, ...unhurried }, file), name);
      say(`  ${platform} ${arch} ${kind}: ${name} is what was signed`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
});
