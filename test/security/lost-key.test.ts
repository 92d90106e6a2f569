import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as account from '../../main/app/live-account.ts';
import * as opening from '../../main/app/open-session.ts';
import { theManager } from '../../main/kernel/actor.ts';
import * as vault from '../../main/people/credentials/vault.ts';
import { planted } from '../faults/faults.ts';
import { atTheTill } from '../kit/actors.ts';
import { realClock, startPracticeStore } from '../kit/practice-store.ts';
import { asSeen, configFor, silentLogger } from '../kit/till.ts';
import { keyring, random, temporaryFolder } from '../people/credentials/support.ts';
import { checkModules, type ModuleCheck, through } from './support/table.ts';

const sound = { account, opening, vault };

const lost: ModuleCheck<typeof sound> = {
  number: '23',
  title:
    'a lost keychain: the entry stays, nothing is sent, the key is asked for, then a person sends it once',
  breaches: async ({ account: { configureLive }, opening: { openLiveSession }, vault: { createVault } }) => {
    const store = await startPracticeStore();
    const folder = temporaryFolder();
    configureLive(folder, configFor(store));
    let changed: () => void = () => undefined;
    let laterMs = 0;
    const openWith = async (key: Buffer, save: boolean) => {
      const own = createVault({ folder: join(folder, 'live'), secrets: keyring(key), random });
      if (save) await own.save(store.appKey);
      const world = {
        folder,
        headCopyFolder: join(folder, 'copy'),
        clock: { ...realClock, monotonicMs: () => realClock.monotonicMs() + laterMs },
        random,
        logger: silentLogger,
        vault: own,
      };
      return openLiveSession({ ...world, changed: () => changed() });
    };
    const first = await openWith(randomBytes(32), true);
    if (!first.ok || first.value === null) return ['no till to begin with'];
    const [someone] = store.members();
    await first.value.members.lookUp.find(someone?.number ?? '');
    const zero = { pointIncrement: '0', note: '' } as const;
    const seen = asSeen(first.value, someone?.customerUid ?? '');
    const request = { requestId: random.uuid(), ...seen, ...zero };
    type Request = Parameters<typeof first.value.counter.topUps.create>[0];
    const saved = first.value.counter.topUps.create(
      { ...request, balanceIncrement: '5' } as unknown as Request,
      atTheTill,
    );
    await first.value.close(0);
    if (!saved.ok) return [`not even saved: ${saved.error.code}`];

    const newRing = randomBytes(32);
    const second = await openWith(newRing, false);
    const openAgain = async () => {
      const opened = await openWith(newRing, false);
      if (opened.ok) opened.value?.start();
      return opened.ok ? opened.value : null;
    };
    if (!second.ok || second.value === null) return ['the till is gone'];
    const session = second.value;
    session.start();
    const kept = session.ledger.outbox.counts().queued === 1;
    const asked = session.hosts.link.state.pauses.some(({ reason }) => reason === 'key-lost');
    const silent = store.increments().length === 0;
    await session.replaceKey(store.appKey, theManager);
    await session.close(0);
    // The journal's key is gone too: what is open waits for a person.
    const third = await openAgain();
    if (third === null) return ['the till is gone'];
    const [waits] = third.counter.review.cases();
    // What may have been sent before has long arrived when somebody answers.
    laterMs = 200_000;
    const sentUnasked = store.increments().length > 0;
    const sent = new Promise<void>((resolve) => {
      changed = () => {
        if (third.ledger.outbox.counts().confirmed === 1) resolve();
      };
    });
    const read = waits && (await third.counter.review.read(waits.increment.id));
    const readingId = read?.ok ? (read.value.reading?.readingId ?? null) : null;
    const named = { readingId, isMeant: false };
    const answered =
      waits &&
      (await third.counter.review.answer(
        waits.increment.id,
        waits.increment.version,
        'send',
        atTheTill,
        named,
      ));
    third.sending.loop.wake(); // As the screen's handlers do.
    if (answered?.ok) await sent;
    await third.close(0);
    return through({
      'nobody is asked': waits === undefined,
      'sent before anybody answered': sentUnasked,
      'the entry is gone': !kept,
      'the key is not asked for': !asked,
      'sent without a key': !silent,
      'not sent once with the key': store.increments().length !== 1,
    });
  },
  controls: [
    {
      ...planted('no-till-without-the-key'),
      finds: 'the till is gone',
    },
    {
      ...planted('lost-key-is-no-pause'),
      finds: 'the key is not asked for',
    },
  ],
};

checkModules(sound, [lost]);
