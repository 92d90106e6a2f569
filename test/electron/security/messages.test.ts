import { meiLing } from '../../../main/hosts/practice/members.ts';
import { planted } from '../../faults/faults.ts';
import { carelessHandlers, rawMessages, secretOfNoSchema as secret } from '../../faults/lists/opened.ts';
import { type Reply, stateOf } from './support/bridge.ts';
import { through } from './support/evaluate.ts';
import { ofMessages } from './support/message-checks.ts';
import { type Check, checkAll } from './support/table.ts';

/** Nobody's: only KYBIO can say so, whatever the till has read of its members by then. */
const nobodys = 'NOBODY-0000';

const replies: Check = {
  number: '16',
  title: 'no reply carries what its schema does not name, or more than the limit',
  given: carelessHandlers,
  breaches: async ({ page }) => {
    const asked = { known: meiLing.number, nobodys };
    const found = await page.evaluate(async (numbers) => {
      const pushed = new Promise<unknown>((resolve) =>
        window.till?.onChanges((changes) => {
          if (changes.topics.budget !== undefined) resolve(changes);
        }),
      );
      const members = await window.till?.membersFind({ query: numbers.known });
      // A call that counts, after which the budget is not as it was and is told.
      await window.till?.membersFind({ query: numbers.nobodys });
      const pin = await window.till?.managerMakePin({ pin: '2580', appKey: '' });
      return {
        reply: JSON.stringify(members),
        snapshot: JSON.stringify(await window.till?.appSnapshot({})),
        push: JSON.stringify(await pushed),
        large: pin?.ok === true,
      };
    }, asked);
    return through({
      'an extra field in a reply': found.reply.includes(secret) || found.snapshot.includes(secret),
      'an extra field in a push': found.push.includes(secret),
      'a large reply': found.large,
      'no members at all': !found.reply.includes('"members"'),
    });
  },
  controls: [
    {
      ...planted('any-reply'),
      finds: ['an extra field in a reply', 'an extra field in a push', 'a large reply'],
    },
  ],
};

const unknown: Check = {
  number: '17',
  title: 'a raw message with an unknown channel or a strange body gets a code and changes nothing',
  given: rawMessages,
  breaches: async (app) => {
    const before = await stateOf(app);
    const found = await app.page.evaluate(async () => {
      const raw = (window.till as unknown as { raw(message: unknown): Promise<Reply> }).raw;
      const cases: Record<string, [unknown, string]> = {
        'an unknown channel': [{ channel: 'practice:destroy', args: {} }, 'unknown-channel'],
        'a name of every object': [{ channel: 'constructor', args: {} }, 'unknown-channel'],
        'a channel that is no text': [{ channel: 7, args: {} }, 'unknown-channel'],
        'no channel': [{}, 'unknown-channel'],
        'no message': [undefined, 'invalid-request'],
        'a map': [new Map([['channel', 'app:snapshot']]), 'invalid-request'],
        bytes: [{ channel: 'app:snapshot', args: new Uint8Array(8) }, 'invalid-request'],
        depth: [JSON.parse(`${'['.repeat(900)}${']'.repeat(900)}`), 'unknown-channel'],
      };
      const passed: string[] = [];
      for (const [name, [message, code]] of Object.entries(cases)) {
        const reply = await raw(message).catch((error: unknown) => ({
          ok: false,
          error: { code: String(error) },
        }));
        if (reply.ok || reply.error?.code !== code) passed.push(name);
      }
      return passed;
    });
    return [...found, ...((await stateOf(app)) === before ? [] : ['a change'])];
  },
  controls: [{ ...planted('any-channel'), finds: ['a name of every object', 'a map'] }],
};

checkAll([replies, unknown, ...ofMessages]);
