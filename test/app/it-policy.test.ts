import { expect, it, onTestFinished } from 'vitest';
import type { ItPolicy } from '../../main/counter/index.ts';
import { actorText, theManager, theProgram } from '../../main/kernel/actor.ts';
import { handlerIn } from '../../main/kernel/room.ts';
import {
  appError,
  type ChannelArgs,
  type ChannelReply,
  type Policy,
  type Result,
} from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, silentLogger, type TestTill, temporaryFolder } from '../kit/till.ts';

async function openShop() {
  const store = await startPracticeStore();
  const folder = temporaryFolder();
  const told: string[] = [];
  const logger = { ...silentLogger, error: (event: string) => void told.push(event) };
  const open = async (itPolicy: ItPolicy) => {
    const till = await openTestTill(store, { folder, world: { itPolicy: async () => itPolicy, logger } });
    onTestFinished(() => till.close());
    for (const room of till.session.rooms) room.start?.();
    const { policy } = till.session.counter;
    const ask = async <N extends 'policy:get' | 'policy:save'>(name: N, args: ChannelArgs<N>) =>
      handlerIn(till.session.rooms, name)?.(args as never, theManager) as Result<ChannelReply<N>>;
    const save = (change: Partial<Policy>) =>
      ask('policy:save', { policy: { ...policy.current(), ...change } });
    const shown = () => ask('policy:get', {});
    return { till, policy, save, shown };
  };
  return { open, told };
}

const setByIt = ({ session }: TestTill) =>
  session.rooms.flatMap(({ shows }) => shows?.till?.()?.setByIt ?? []);

const locking: ItPolicy = { settings: { callsPerDay: 777, updateOnPress: true }, problem: null };

it('what IT’s file sets holds over a manager and a provisioning file, and is journaled', async () => {
  const { open } = await openShop();
  const { till, policy, save, shown } = await open(locking);
  expect(policy.current()).toMatchObject(locking.settings);
  expect(await shown()).toMatchObject({
    ok: true,
    value: { itProblem: null },
  });
  expect(setByIt(till)).toEqual(['callsPerDay', 'updateOnPress']);
  expect(till.session.kernel.db.prepare("SELECT actor FROM journal WHERE event = 'setting'").all()).toEqual([
    { actor: actorText(theProgram) },
  ]);
  expect(await save({ callsPerDay: 300, keypad: true })).toEqual({
    ok: false,
    error: appError('setting-fixed', { reason: 'it', setting: 'callsPerDay' }),
  });
  expect(policy.current().keypad).toBe(false);
  expect(await save({ keypad: true })).toMatchObject({ ok: true });
  till.session.noteProvisioned({ callsPerDay: 222, keypad: false }, theManager);
  expect(policy.current()).toMatchObject({ callsPerDay: 777, keypad: false });
});

it('a file that is gone, or wrong, changes nothing and locks nothing', async () => {
  const { open, told } = await openShop();
  const first = await open(locking);
  await first.till.close();
  const problem = appError('it-policy-invalid', { field: 'keypadd' });
  const second = await open({ settings: {}, problem });
  expect(second.policy.current()).toMatchObject(locking.settings);
  expect(await second.shown()).toMatchObject({ value: { itProblem: problem } });
  expect(setByIt(second.till)).toEqual([]);
  expect(told).toEqual(['it-policy.not-used']);
  expect(await second.save({ callsPerDay: 300 })).toMatchObject({ ok: true });
  expect(second.policy.current().callsPerDay).toBe(300);
});
