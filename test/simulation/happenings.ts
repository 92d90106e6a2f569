import { theManager } from '../../main/kernel/actor.ts';
import { type BrokenCall, type BrokenHow, mostSpent } from './broken-call.ts';
import { copyDisk, putImage, takeSecond } from './copied-disk.ts';
import { disk } from './disk.ts';
import { loseLog } from './lost-log.ts';
import { writeOfOthers } from './others.ts';
import type { Event, Happening } from './scenario.ts';
import type { Stage } from './stage.ts';

type Happenings = {
  readonly [K in Happening['kind']]: (stage: Stage, event: Extract<Event, { kind: K }>) => void;
};

/** The copy of the head outside the folder follows within a minute; a restore sooner than that is not meant. */
const CALM_BEFORE_RESTORE_MS = 130_000;

const happenings: Happenings = {
  'top-up': ({ cashier }, event) => void cashier.topUp(event.index, event),
  cancel: ({ cashier }) => cashier.cancelOne(),
  reverse: ({ cashier }, event) => cashier.reverseOne(event.index),
  crash: ({ till }, event) => {
    till.downAfterDeathMs = event.downMs;
    if (event.deathIn === 0) till.kill(event.downMs);
    else if (till.session() !== null) disk.deathIn = event.deathIn;
  },
  restart: ({ till }, event) => void till.restart(event.downMs),
  sleep: ({ time, till, network }, event) => {
    if (time.asleep()) return;
    time.sleep();
    time.after(event.forMs, () => {
      network.wokeUp(time.wake());
      till.session()?.sending.loop.wokeUp();
    });
  },
  jump: ({ time }, { byMs, backAfterMs }) => {
    time.jump(byMs);
    if (backAfterMs !== null) time.after(backAfterMs, () => time.jump(-byMs));
  },
  outage: ({ time, network }, event) => {
    network.outage = event.outage;
    time.after(event.forMs, () => {
      network.outage = null;
    });
  },
  'other-writer': ({ host }, event) => void writeOfOthers(host, event),
  key: (stage, event) => changeKey(stage, event.noticedAfterMs),
  restore: (stage, event) =>
    void stage.till.restart(2_000, () => {
      stage.till.backUp();
      stage.time.after(event.afterMs, () => restore(stage));
    }),
  'disk-full': ({ time }, event) => {
    disk.full = true;
    time.after(event.forMs, () => {
      disk.full = false;
    });
  },
  'network-changed': ({ till }) => till.session()?.sending.loop.networkChanged(),
  hurry: ({ till, network }) => {
    if (network.broken !== null) network.broken.presses += 1;
    till.session()?.sending.loop.hurry();
  },
  flapping: ({ time, till }, { everyMs, forMs }) => {
    const flap = (leftMs: number): void => {
      till.session()?.sending.loop.networkChanged();
      if (leftMs > 0) time.after(everyMs, () => flap(leftMs - everyMs));
    };
    flap(forMs);
  },
  'broken-call': (stage, event) => breakCall(stage, event),
  image: copyDisk,
  'put-image': (stage, event) => putImage(stage, event, forgetWhatIsGone),
  'second-taken': ({ till, host }) => takeSecond(till, host),
  'lost-log': (stage, { ofLastMs }) => loseLog(stage, ofLastMs),
};

function breakCall(
  { time, till, network, violations, spent }: Stage,
  event: Pick<Event, 'atMs'> & { how: BrokenHow; forMs: number },
): void {
  const broken: BrokenCall = { how: event.how, sinceMs: time.now(), spent: new Set(), presses: 0 };
  const { crashes } = till.counts;
  network.broken = broken;
  time.after(event.forMs, () => {
    network.broken = null;
    const most = mostSpent(event.forMs, till.counts.crashes - crashes, broken.presses);
    const entries = broken.spent.size;
    spent.entries += entries;
    spent.hours += event.forMs / 3_600_000;
    const words = `${entries} entries in ${(event.forMs / 3_600_000).toFixed(1)} h, at most ${most} (${event.how})`;
    if (entries > most) violations.push({ what: 'spent on a broken call', words });
  });
}

export function happen(stage: Stage, event: Event): void {
  const one = happenings[event.kind] as (stage: Stage, event: Event) => void;
  one(stage, event);
}

/**
 * The host takes only a new key; a manager brings it some time later, and again whenever the till asks for one:
 * a folder that is put back may have been copied while it did.
 */
function changeKey({ time, till, host }: Stage, noticedAfterMs: number): void {
  const newKey = `KEY-${time.now()}`;
  host.appKey = newKey;
  const bring = (): void => {
    const session = till.session();
    if (session !== null && !time.asleep()) {
      const isPaused = session.hosts.link.state.pauses.some(({ reason }) => reason === 'credentials');
      if (till.secrets.appKey !== newKey || isPaused)
        session.replaceKey(newKey, theManager).catch(() => undefined);
    }
    time.after(20_000, bring);
  };
  time.after(noticedAfterMs, bring);
}

function restore(stage: Stage): void {
  const { till, time } = stage;
  const isCalm = time.now() - till.startedAtMs() >= CALM_BEFORE_RESTORE_MS;
  if (till.session() === null || time.asleep() || !isCalm) {
    time.after(CALM_BEFORE_RESTORE_MS, () => restore(stage));
    return;
  }
  void till.restart(5_000, () => {
    till.putBack();
    forgetWhatIsGone(stage);
  });
}

/** What a restored folder does not know any more was promised all the same; only a person can mend that. */
export function forgetWhatIsGone({ till, cashier }: Stage): void {
  till.inspect((db) => {
    const rows = db.prepare('SELECT id FROM increment').all() as { id: string }[];
    const known = new Set(rows.map(({ id }) => id));
    for (const id of cashier.promised.keys()) if (!known.has(id)) cashier.promised.delete(id);
  });
}
