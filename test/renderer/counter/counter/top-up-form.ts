import { amount, type Entry, type MemberCard, type Result } from '../../../../preload/contract/index.ts';
import { createTopUpStore, type TopUpPorts } from '../../../../renderer/counter/counter/top-up-store.ts';
import { entryOf, memberOf, rules } from '../../support/samples.ts';

type Create = Parameters<TopUpPorts['create']>[0];

/** A form over ports that answer when the test says so. */
export function form(found: readonly MemberCard[] = [memberOf()]) {
  const created: Create[] = [];
  const answers: ((reply: Result<Entry>) => void)[] = [];
  let ids = 0;
  const made = createTopUpStore({
    create: (args) => {
      created.push(args);
      return new Promise((resolve) => answers.push(resolve));
    },
    find: async () => ({
      ok: true,
      value: { members: [...found], isForPicker: found.length > 1, stillAsking: null },
    }),
    answer: async () => ({ ok: false, error: { code: 'no-answer' } }),
    card: async () => ({ ok: true, value: memberOf({ balance: amount('170.00') }) }),
    newId: () => `id-${++ids}`,
    after: () => () => undefined,
  });
  made.store.setState({ rules });
  const answer = (reply: Result<Entry>) => answers.shift()?.(reply);
  const ready = async (money = '50') => {
    made.typeMember('8008010001');
    await made.lookUp();
    made.edit('amountText', money);
  };
  return { ...made, created, answer, ready, state: made.store.getState };
}

export const saved = { ok: true, value: entryOf() } as const;
export const failed = (code: 'internal' | 'disk-full' | 'asked-twice'): Result<Entry> => ({
  ok: false,
  error: { code },
});
