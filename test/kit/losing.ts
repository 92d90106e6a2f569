import { HOST_PROFILE_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { type HostProfile, unknownHost } from '../../main/hosts/host/host-profile.ts';
import { signerOf } from '../../main/hosts/kybio/body.ts';
import { createKybioClient } from '../../main/hosts/kybio/client.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import type { HostProfile as StoreProfile } from '../../main/hosts/practice/types.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { amount, type Policy } from '../../preload/contract/index.ts';
import { writeSetting } from './check-up.ts';
import { type Driven, openDrivenTill } from './driven-till.ts';
import { silentLogger } from './till.ts';

export const method = 'updateBalancePointByIncrement';
export const { customerUid: uid, number } = meiLing;

export const HOUR_MS = 3_600_000;
export const refuses: Partial<HostProfile> = {
  duplicates: { greatestAgeMs: HOUR_MS },
};
export const logs: Partial<HostProfile> = {
  log: { carriesOurTime: true, delayMs: 1_000 },
};

export interface World {
  readonly host?: Partial<StoreProfile>;
  /** What the check-up has proven. */
  readonly proven?: Partial<HostProfile>;
  readonly policy?: Partial<Policy>;
}

/** A till that knows the member, with a reply about to be lost. */
export async function openLosing(
  { host, proven, policy }: World,
  when: 'before' | 'after' | null,
  options: Parameters<typeof openDrivenTill>[1] = {},
): Promise<Driven> {
  const driven = await openDrivenTill(host, options);
  const { session } = driven.till;
  // Behind the till's back, which it would notice at its next start.
  if (proven !== undefined)
    writeSetting(driven.till.folder, HOST_PROFILE_KEY, JSON.stringify({ ...unknownHost, ...proven }));
  session.counter.policy.save(
    { ...session.counter.policy.current(), repeatWithinMs: 0, ...policy },
    theManager,
  );
  await session.members.lookUp.find(number);
  session.start();
  await driven.settle();
  if (when !== null) driven.store.addFault({ fault: { kind: 'drop', when }, method, times: 1 });
  return driven;
}

export const sends = ({ store }: Driven) => store.calls().filter((call) => call.method === method);
export const entry = ({ till }: Driven, id: string) => {
  const found = till.session.ledger.outbox.byId(id);
  if (found === null) throw new Error('gone');
  return found;
};
export const balance = ({ store }: Driven) => store.member(uid).balance;

export async function lose(driven: Driven, sum = '10.00', point = '0') {
  const { id } = driven.till.topUp(uid, sum, point);
  await driven.drive(() => entry(driven, id).state === 'unknown');
  return { id, lostAtMs: driven.clock.monotonicMs() };
}

export const whileUnknown = (driven: Driven, id: string) => () => entry(driven, id).state !== 'unknown';

/**
 * What waited for two hours without a network, in a machine that is put back as it was, its memory too: its wall clock is
 * set right then. It seems to have been sent from elsewhere.
 */
export async function openSentBefore() {
  const driven = await openLosing({}, null);
  await driven.store.setPlug(false);
  const { id } = driven.till.topUp(uid, '10.00');
  await driven.settle();
  await driven.pass(2 * HOUR_MS);
  driven.clock.jump(HOUR_MS, 0);
  // Somebody else’s 10.00, which looks like this entry.
  driven.store.adjust(uid, '130.00', '340');
  await driven.store.setPlug(true);
  driven.till.session.sending.loop.networkChanged();
  await driven.drive(() => entry(driven, id).state !== 'queued');
  return { driven, id };
}

/** Another till of the shop, or KYBIO's own, changes the member's balance. */
export async function byAnother(driven: Driven, sum: string, dataChangeTime: string): Promise<void> {
  const { baseUrl, appId, appKey } = driven.store;
  const client = createKybioClient({
    account: { baseUrl, appId, appKey },
    clock: driven.clock,
    logger: silentLogger,
  });
  const fields = { appId, customerUid: uid, balanceIncrement: amount(sum), pointIncrement: amount('0') };
  await client.sendIncrement(signerOf(appKey).sign({ ...fields, dataChangeTime }));
  await client.close();
}
