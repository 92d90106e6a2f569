import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as appimage from '../../main/updates/appimage.ts';
import * as askFeed from '../../main/updates/ask-feed.ts';
import * as downloading from '../../main/updates/download.ts';
import * as judging from '../../main/updates/judge.ts';
import * as moments from '../../main/updates/may-install.ts';
import * as feeds from '../../main/updates/release-feed.ts';
import * as lists from '../../main/updates/release-list.ts';
import { planted } from '../faults/faults.ts';
import { createTestClock } from '../kit/clock.ts';
import { realRandom } from '../kit/practice-store.ts';
import { temporaryFolder } from '../kit/till.ts';
import { bytes, fileOf, listOf, newKey, programOf, startFeed } from '../updates/feed.ts';
import { installed } from '../updates/shop.ts';
import { checkModules, type ModuleCheck, through } from './support/table.ts';

const sound = { appimage, askFeed, downloading, feeds, judging, lists, moments };
type Updates = typeof sound;

const body = programOf('1.1.0');
const file = fileOf('1.1.0', body);
const swapped = programOf('1.1.0');

/** Whether a file of the right length, and of other bytes, replaces the program. */
async function replaces({ appimage: { createAppImageInstaller } }: Updates): Promise<boolean> {
  const folder = temporaryFolder();
  const program = join(folder, 'Counterfoil.AppImage');
  const next = join(folder, 'next');
  writeFileSync(program, 'old');
  writeFileSync(next, swapped);
  const prepared = await createAppImageInstaller({ program, random: realRandom }).prepare(next, file);
  if (prepared.ok) await prepared.value.commit();
  return readFileSync(program, 'utf8') !== 'old';
}

async function brings({ downloading: { download } }: Updates): Promise<boolean> {
  const feed = await startFeed();
  feed.served.set(file.name, bytes(swapped));
  const clock = createTestClock();
  const folder = join(temporaryFolder(), 'files');
  mkdirSync(folder);
  const brought = await download(
    {
      ...{ feed: { url: feed.url, fetch, clock }, folder, clock, signal: new AbortController().signal },
      ...{ bytesPerSecond: () => 1_000_000_000, freeBytes: async () => 10_000_000_000 },
    },
    file,
  );
  return brought.ok;
}

const signed: ModuleCheck<Updates> = {
  number: '41',
  title: 'what we did not sign is neither believed, kept nor put in place',
  breaches: async (updates) => {
    const { publicKey, privateKey } = newKey();
    const text = Buffer.from(JSON.stringify(listOf('1.1.0', file)));
    const other = lists.signList(text, newKey().privateKey);
    const good = lists.signList(text, privateKey);
    return through({
      'a list of another key': updates.lists.readList(text, other, [publicKey]).ok,
      'another file from the feed': await brings(updates),
      'a file that was swapped': await replaces(updates),
      'not even ours': !updates.lists.readList(text, good, [publicKey]).ok,
    });
  },
  controls: [
    {
      ...planted('any-key-signs'),
      finds: 'a list of another key',
    },
    {
      ...planted('hash-not-checked-as-it-comes'),
      finds: 'another file from the feed',
    },
    {
      ...planted('hash-not-checked-in-place'),
      finds: 'a file that was swapped',
    },
  ],
};

const older: ModuleCheck<Updates> = {
  number: '42',
  title: 'no version is put in place that is older, below the floor, or of an older list',
  breaches: async ({ judging: { judge } }) => {
    const nowMs = Date.parse('2026-01-15T05:00:00Z');
    const seen = { tillId: 'x', newestIssuedAtMs: 0, floor: null };
    const offers = (version: string, change: Partial<Parameters<typeof judge>[2]> = {}) => {
      const list = listOf(version, fileOf(version, body), { floor: '0.1.0' });
      const verdict = judge(list, installed, { ...seen, ...change }, nowMs);
      return verdict.ok && verdict.value.kind === 'offer';
    };
    return through({
      'an older version': offers('0.9.0'),
      'a version below the floor': offers('1.1.0', { floor: '1.2.0' }),
      'a list from before': offers('1.1.0', { newestIssuedAtMs: Date.parse('2026-01-15T00:00:01Z') }),
      'not even a newer one': !offers('1.1.0'),
    });
  },
  controls: [
    {
      ...planted('downgrades'),
      finds: 'an older version',
    },
    {
      ...planted('below-the-floor'),
      finds: 'a version below the floor',
    },
    {
      ...planted('an-older-list'),
      finds: 'a list from before',
    },
  ],
};

const host: ModuleCheck<Updates> = {
  number: '43',
  title: 'a release asks one host by https, and goes nowhere else',
  breaches: async ({ askFeed: { ask, mayAskAt }, feeds: { feedOf } }) => {
    const feed = await startFeed();
    feed.served.set('a', (_, response) => response.writeHead(302, { location: `${feed.url}b` }).end());
    feed.served.set('b', bytes('elsewhere'));
    const clock = createTestClock();
    const key = Buffer.alloc(32, 1).toString('base64');
    const env = { COUNTERFOIL_UPDATE_FEED: feed.url, COUNTERFOIL_UPDATE_KEY: key };
    await ask({ url: feed.url, fetch, clock }, 'a');
    return through({
      'followed a redirect': feed.asked.includes('b'),
      'http to another host': mayAskAt('http://updates.example/', true),
      'http in a release': mayAskAt(feed.url, false),
      'a feed from the environment': feedOf(true, env, [key])?.url === feed.url,
      'not even its own': feedOf(true, env, [key]) === null,
    });
  },
  controls: [
    {
      ...planted('feed-redirects'),
      finds: 'followed a redirect',
    },
    {
      ...planted('feed-by-http'),
      finds: 'http to another host',
    },
    {
      ...planted('feed-on-this-machine'),
      finds: 'http in a release',
    },
    {
      ...planted('feed-from-the-environment'),
      finds: 'a feed from the environment',
    },
  ],
};

const moment: ModuleCheck<Updates> = {
  number: '44',
  title: 'nothing is put in place while an entry is sent or somebody is in the middle of something',
  breaches: async ({ moments: { whyNotNow } }) => {
    const occasion: Parameters<typeof whyNotNow>[0] = {
      ...{
        kind: 'manager',
        nowMs: 1,
        minute: 0,
        quiet: { fromMinute: 0, toMinute: 1_440 },
        confirmedAtMs: 1,
      },
      ...{ isEnding: false, asksForAdministrator: false, triedInVain: 0 },
    };
    const free = { sending: 0, checkUpOpen: false, countOpen: false, page: 'free' } as const;
    const goes = (till: object, change: object = {}) =>
      whyNotNow({ ...occasion, ...change }, { ...free, ...till }).length === 0;
    return through({
      'while an entry is sent': goes({ sending: 1 }),
      'in a check-up': goes({ checkUpOpen: true }),
      'while the drawer is counted': goes({ countOpen: true }),
      'over a form': goes({ page: 'form' }),
      'over a review': goes({ page: 'review' }),
      'while the program ends': goes({}, { isEnding: true }),
      'not even when it may': !goes({}),
    });
  },
  controls: [
    { ...planted('update-while-sending'), finds: 'while an entry is sent' },
    { ...planted('update-in-a-check-up'), finds: 'in a check-up' },
    { ...planted('update-in-a-count'), finds: 'while the drawer is counted' },
    { ...planted('update-over-a-form'), finds: 'over a form' },
    { ...planted('update-over-a-review'), finds: 'over a review' },
    { ...planted('update-as-the-program-ends'), finds: 'while the program ends' },
  ],
};

checkModules(sound, [signed, older, host, moment]);
