import { onTestFinished } from 'vitest';
import { type OpenedSession, openPracticeSession } from '../../../main/app/open-session.ts';
import type { World } from '../../../main/app/world.ts';
import { createKybioClient } from '../../../main/hosts/kybio/client.ts';
import type { LedgerMember } from '../../../main/hosts/practice/types.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { handlerIn } from '../../../main/kernel/room.ts';
import { createMemoryVault } from '../../../main/people/credentials/vault.ts';
import {
  type ChannelArgs,
  type ChannelName,
  type ChannelReply,
  isManagers,
  type Result,
} from '../../../preload/contract/index.ts';
import { atTheTill } from '../../kit/actors.ts';
import { createTestClock } from '../../kit/clock.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { topUp } from '../../kit/program.ts';
import { silentLogger, temporaryFolder } from '../../kit/till.ts';

/** The practice store's till, with the clock in the test's hand: a wait of minutes is over at once. */
export async function openPractice(folder = temporaryFolder(), clock = createTestClock()) {
  let underWay = 0;
  const counting =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      underWay += 1;
      return call(...args).finally(() => {
        underWay -= 1;
      });
    };
  const world: World = {
    ...{ folder, clock, random: { ...realRandom, unit: () => 0 }, logger: silentLogger },
    headCopyFolder: `${folder}/copy`,
    vault: createMemoryVault(null, realRandom),
    changed: () => undefined,
    connect: (account, by) => {
      const client = createKybioClient({ account, clock: by ?? clock, logger: silentLogger });
      return {
        sendIncrement: counting(client.sendIncrement),
        readByNumber: counting(client.readByNumber),
        readByUid: counting(client.readByUid),
        readByPhone: counting(client.readByPhone),
        readMembersPage: counting(client.readMembersPage),
        readLog: counting(client.readLog),
        readLogOfAll: counting(client.readLogOfAll),
        readCallCount: counting(client.readCallCount),
        networkChanged: () => client.networkChanged(),
        close: () => client.close(),
      };
    },
  };
  const opened = await openPracticeSession(world, 'Asia/Singapore');
  if (!opened.ok) throw new Error(opened.error.code);
  const session: OpenedSession = opened.value;
  session.start();
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await session.close(0);
  };
  onTestFinished(close);

  /** Everything that can happen without time passing has happened. */
  const settle = async () => {
    for (let still = 0; still < 6; still += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (underWay > 0) still = -1;
    }
  };
  const ask = async <N extends ChannelName>(
    name: N,
    args: ChannelArgs<N>,
  ): Promise<Result<ChannelReply<N>>> => {
    const handler = handlerIn(session.rooms, name);
    if (handler === undefined) throw new Error(`nobody answers ${name}`);
    return handler(args as never, isManagers(name) ? theManager : atTheTill);
  };
  const must = async <N extends ChannelName>(name: N, args: ChannelArgs<N>): Promise<ChannelReply<N>> => {
    const reply = await ask(name, args);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code}`);
    return reply.value;
  };
  const drill = () => session.safety.drill?.shown() ?? null;
  return {
    ...{ session, folder, clock, close, settle, ask, must, drill },
    step: () => drill()?.step ?? null,
    begin: () => session.safety.drill?.begin(atTheTill, false),
    plug: async (isIn: boolean) => {
      await must('practice:setPlug', { in: isIn });
      await settle();
    },
    /** A whole top-up, from the card to the ledger where the plug is in. */
    enter: async (member: LedgerMember, sum: string, again = false) => {
      const saved = await must('topUps:create', topUp(member, { balanceIncrement: sum, again }));
      await settle();
      return saved;
    },
    until: async (holds: () => boolean) => {
      for (let rung = 0; rung < 500; rung += 1) {
        await settle();
        if (holds()) return;
        if (!clock.runNext()) break;
      }
      throw new Error('it never came to hold');
    },
    /** How often the ledger has each sum of a member. */
    applied: ({ customerUid }: LedgerMember) =>
      session.hosts.practice
        ?.increments()
        .filter((increment) => increment.customerUid === customerUid)
        .map(({ balanceIncrement }) => balanceIncrement),
  };
}
export type Practice = Awaited<ReturnType<typeof openPractice>>;
