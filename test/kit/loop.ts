import { dirname } from 'node:path';
import { practiceProtocol } from '../../main/app/host-protocol.ts';
import { createCallMeter } from '../../main/hosts/calls/call-meter-repository.ts';
import { HOST_PROFILE_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { type HostProfile, unknownHost } from '../../main/hosts/host/host-profile.ts';
import { readIncrementBody } from '../../main/hosts/kybio/body.ts';
import { wasAnswered } from '../../main/hosts/kybio/read.ts';
import { createLink } from '../../main/hosts/link/link.ts';
import type { HostProtocol, MemberHost, SignedBody } from '../../main/hosts/port/member-host.ts';
import { createRunInTransaction } from '../../main/kernel/database/run-in-transaction.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { storeDay } from '../../main/kernel/store-time.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { createMemberReader } from '../../main/members/member-reader.ts';
import { createDetectiveService } from '../../main/sending/detective-service.ts';
import { createEvidenceRepository } from '../../main/sending/evidence-repository.ts';
import { createFailedReads } from '../../main/sending/failed-reads.ts';
import { createPreSendCheck } from '../../main/sending/pre-send-check.ts';
import { createSyncLoopService } from '../../main/sending/sync-loop.ts';
import { type Answer, exchangeFor, readFailures } from './answers.ts';
import { budgetOf } from './call-budget.ts';
import { createTestClock } from './clock.ts';
import { createKeeper } from './keeper.ts';
import { member } from './member.ts';
import { draft, identity, openOutbox, signer } from './outbox.ts';
import { realRandom } from './practice-store.ts';
import { asPage } from './reads.ts';
import { silentLogger } from './till.ts';

/** A call that waits for the test to say how it ends. */
export interface OpenCall {
  readonly kind: 'send' | 'read';
  /** The increment's member, amount and time, for a send. */
  readonly fields: ReturnType<typeof readIncrementBody>;
  readonly signed: SignedBody | null;
  readonly aborted: () => boolean;
  end(answer: Answer): Promise<void>;
}

/** Lets everything that is ready run, without waiting for any time. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 4; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
};

interface LoopOptions {
  readonly file?: string;
  /** Calls that KYBIO answers by itself, in place of the test's hand. */
  readonly over?: Partial<MemberHost>;
  readonly meaningOf?: HostProtocol['meaningOf'];
  /** What a check-up found out about the host. */
  readonly profile?: HostProfile;
}

/** The real loop on the real database; KYBIO's end and the time are in the test's hand. */
export function openLoop(options: LoopOptions = {}) {
  const clock = createTestClock();
  const till = openOutbox({ clock, ...(options.file === undefined ? {} : { file: options.file }) });
  const { journal, recorder, outbox, transitions } = till;
  const { keeper } = createKeeper(till.db, dirname(till.file), { journal, recorder, clock });
  keeper.start();
  const directory = createDirectoryRepository(till.db);
  const settings = createSettings(till.db);
  // A host that is known: then no reading goes before a send (protocol rule 6), nor a look: the tests see sends alone.
  const duplicates = { greatestAgeMs: 30 * 86_400_000 };
  const known = { ...unknownHost, duplicates };
  const profile = options.profile ?? known;
  settings.set(HOST_PROFILE_KEY, JSON.stringify(profile));
  const meter = createCallMeter(till.db, clock, identity.storeTimeZone);
  const random = { ...realRandom, unit: () => 0.5 };
  const link = createLink(settings, clock, random, silentLogger);
  const open: OpenCall[] = [];
  const sent: { readonly call: OpenCall; readonly paused: boolean; readonly sequence: number }[] = [];

  const hold = <T>(parts: Omit<OpenCall, 'end'>, answer: (end: Answer) => T): Promise<T> =>
    new Promise((resolve) => {
      const call: OpenCall = {
        ...parts,
        end: async (how) => {
          open.splice(open.indexOf(call), 1);
          resolve(answer(how));
          await settle();
        },
      };
      open.push(call);
      if (call.kind === 'send') {
        const { customerUid, dataChangeTime } = call.fields ?? {};
        const row = [...outbox.all()].find(
          (one) => one.customerUid === customerUid && one.dataChangeTime === dataChangeTime,
        );
        sent.push({ call, paused: link.state.pauses.length > 0, sequence: row?.sequence ?? 0 });
      }
    });

  /** Answers for whichever member is queried. */
  const reading = (of: { readonly customerUid: string; readonly number: string }) =>
    hold({ kind: 'read', fields: null, signed: null, aborted: () => false }, (how) => {
      const kind = readFailures[how];
      const ended = exchangeFor(how, null);
      if (kind === undefined)
        return {
          exchange: ended,
          isAnswered: wasAnswered(ended),
          result: { ok: true as const, value: { ...member, ...of } },
        };
      const error = { kind, cause: 'reply-lost' as const, pause: null, messages: [] };
      return { exchange: ended, isAnswered: wasAnswered(ended), result: { ok: false as const, error } };
    });
  const none = () => Promise.reject(new Error('not asked for in this test'));
  const client: MemberHost = {
    sendIncrement: (signed, signal) =>
      hold(
        {
          kind: 'send',
          fields: readIncrementBody(signed.body),
          signed,
          aborted: () => signal?.aborted ?? false,
        },
        (how) => exchangeFor(how, signed),
      ),
    readByNumber: (number) =>
      reading({ number, customerUid: directory.byNumber(number)[0]?.customerUid ?? number }),
    readByUid: (customerUid) =>
      reading({ customerUid, number: directory.byUid(customerUid)?.number ?? customerUid }),
    readByPhone: none,
    readMembersPage: async () => asPage(await reading({ number: 'page', customerUid: 'page' })),
    readLog: async () => ({
      exchange: exchangeFor('success', null),
      isAnswered: true,
      result: { ok: true, value: [] },
    }),
    readLogOfAll: async () => ({
      exchange: exchangeFor('success', null),
      isAnswered: true,
      result: { ok: true, value: { rows: [], cursor: null } },
    }),
    readCallCount: none,
    networkChanged: () => undefined,
    close: async () => undefined,
    ...options.over,
  };
  const shared = {
    outbox,
    transitions,
    directory,
    meter,
    link,
    clock,
    logger: silentLogger,
    settings,
    keeper,
    identity,
    callBudget: budgetOf(meter),
    client: () => client,
  };
  const runInTransaction = createRunInTransaction(till.db);
  const reader = createMemberReader({ ...shared, runInTransaction });
  const evidence = createEvidenceRepository(till.db);
  const { storeTimeZone } = identity;
  const failedReads = createFailedReads(link, clock);
  const preSendCheck = createPreSendCheck({
    ...shared,
    reader,
    evidence,
    failedReads,
    storeTimeZone,
  });
  const dayOf = (unixMs: number) => storeDay(unixMs, storeTimeZone);
  const loop = createSyncLoopService({
    ...shared,
    protocol: { meaningOf: options.meaningOf ?? practiceProtocol.meaningOf },
    ...{
      reader,
      evidence,
      failedReads,
      preSendCheck,
    },
    detective: createDetectiveService({
      ...{ ...shared, reader, evidence, storeTimeZone },
    }),
    forgottenSends: { wokeUp: () => undefined },
    signer: () => signer,
    isToday: (unixMs) => dayOf(unixMs) === dayOf(clock.nowMs()),
    changed: () => undefined,
    tryWrite: () => {
      settings.set('disk.tried', '1');
      keeper.checkpointNow();
    },
  });
  return {
    ...{ db: till.db, file: till.file, clock, outbox, transitions, directory, meter, link, loop },
    ...{ open, sent, keeper, settings, reader },
    sends: () => open.filter(({ kind }) => kind === 'send'),
    reads: () => open.filter(({ kind }) => kind === 'read'),
    add: async (customerUid: string, change: Parameters<typeof draft>[0] = {}) => {
      // As at the counter: with the card that the member is known to have, here the id where none is known.
      const customerNumber = directory.byUid(customerUid)?.number ?? customerUid;
      const added = outbox.add(draft({ customerUid, customerNumber, ...change }), signer.sign);
      if (!added.ok) throw new Error(added.error.code);
      loop.wake();
      await settle();
      return added.value;
    },
    states: () => [...outbox.all()].map(({ state }) => state),
  };
}

/** One increment of member 999 has gone through. */
export async function online(till: TestLoop): Promise<void> {
  till.loop.start();
  await settle();
  await till.add('999');
  await till.sends()[0]?.end('success');
}

/** Time passes in steps, and whatever is due rings. */
export async function pass({ clock }: TestLoop, forMs: number, stepMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < forMs; passedMs += stepMs) {
    clock.pass(stepMs);
    clock.ringDue();
    await settle();
  }
}

export type TestLoop = ReturnType<typeof openLoop>;
