import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as appimage from '../../main/updates/appimage.ts';
import * as askFeed from '../../main/updates/ask-feed.ts';
import * as downloading from '../../main/updates/download.ts';
import * as judging from '../../main/updates/judge.ts';
import * as moments from '../../main/updates/may-install.ts';
import * as feeds from '../../main/updates/release-feed.ts';
import * as lists from '../../main/updates/release-list.ts';
import { createTestClock } from '../kit/clock.ts';
import { realRandom } from '../kit/practice-store.ts';
import { temporaryFolder } from '../kit/till.ts';
import { bytes, fileOf, listOf, newKey, programOf, startFeed } from '../updates/feed.ts';
import { installed } from '../updates/shop.ts';
import { patch } from './support/patch.ts';
import { checkModules, type ModuleCheck, through } from './support/table.ts';

const sound = { appimage, askFeed, downloading, feeds, judging, lists, moments };
type Updates = typeof sound;
const paths = {
  appimage: 'main/updates/appimage.ts',
  askFeed: 'main/updates/ask-feed.ts',
  downloading: 'main/updates/download.ts',
  feeds: 'main/updates/release-feed.ts',
  judging: 'main/updates/judge.ts',
  lists: 'main/updates/release-list.ts',
  moments: 'main/updates/may-install.ts',
};

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
      undone: 'the signature',
      undo: [
        patch(
          paths.lists,
          'return isSigned(list, signature, keys) ? parseList(list)',
          'return isSigned(list, signature, keys) || true ? parseList(list)',
        ),
      ],
      finds: 'a list of another key',
    },
    {
      undone: 'the hash as it comes',
      undo: [patch(paths.downloading, "part.hash.digest('hex') !== file.sha512", 'false')],
      finds: 'another file from the feed',
    },
    {
      undone: 'the hash before it is put in place',
      undo: [patch(paths.appimage, "hash.digest('hex') === sha512", 'true')],
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
      undone: 'no downgrade',
      undo: [patch(paths.judging, 'if (step < 0)', 'if (step < -1_000_000)')],
      finds: 'an older version',
    },
    {
      undone: 'the floor',
      undo: [
        patch(
          paths.judging,
          'if (seen.floor !== null && compareVersions(version, seen.floor) < 0)',
          'if (false)',
        ),
      ],
      finds: 'a version below the floor',
    },
    {
      undone: 'the newest list that was seen',
      undo: [patch(paths.judging, 'if (issuedAtMs < seen.newestIssuedAtMs)', 'if (false)')],
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
      undone: 'redirects',
      undo: [
        patch(
          paths.askFeed,
          "redirect: 'manual', cache: 'no-store', signal: controller.signal",
          "redirect: 'follow' as 'manual', cache: 'no-store', signal: controller.signal",
        ),
      ],
      finds: 'followed a redirect',
    },
    {
      undone: 'https',
      undo: [
        patch(
          paths.askFeed,
          "(protocol === 'http:' && loopbackAllowed && isLoopback(hostname))",
          "protocol === 'http:'",
        ),
      ],
      finds: 'http to another host',
    },
    {
      undone: 'loopback in tests alone',
      undo: [
        patch(
          paths.askFeed,
          "(protocol === 'http:' && loopbackAllowed && isLoopback(hostname))",
          "(protocol === 'http:' && isLoopback(hostname))",
        ),
      ],
      finds: 'http in a release',
    },
    {
      undone: 'the fixed host',
      undo: [patch(paths.feeds, '  if (release) {', '  if (release && env[TEST_FEED] === undefined) {')],
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
  controls: (
    [
      ['sending', 'if (till.sending > 0)', 'while an entry is sent'],
      ['the check-up', 'if (till.checkUpOpen)', 'in a check-up'],
      ['the count', 'if (till.countOpen)', 'while the drawer is counted'],
      ['the form', "if (till.page === 'form')", 'over a form'],
      ['the review', "if (till.page === 'review')", 'over a review'],
      ['the end', 'if (occasion.isEnding)', 'while the program ends'],
    ] as const
  ).map(([undone, from, finds]) => ({ undone, undo: [patch(paths.moments, from, 'if (false)')], finds })),
};

checkModules(sound, paths, [signed, older, host, moment]);
