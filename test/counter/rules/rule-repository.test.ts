import { expect, test } from 'vitest';
import { createRuleRepository } from '../../../main/counter/rules/rule-repository.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { createJournalRepository } from '../../../main/ledger/journal/journal-repository.ts';
import { noTerms } from '../../../main/ledger/tables/fact-columns.ts';
import type { ShopRules } from '../../../preload/contract/index.ts';
import { draft, journalKey, openOutbox, signer } from '../../kit/outbox.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { bonusRule, pointsRule, saved, shopRules } from '../../kit/rules.ts';

const first = shopRules({ bonus: [bonusRule()] });
const second = shopRules({ bonus: [bonusRule({ name: 'Another' })], reasons: ['Birthday'] });

function open() {
  const { db, outbox, clock } = openOutbox();
  const settings = createSettings(db);
  const journal = createJournalRepository(db, journalKey, clock);
  const start = () => createRuleRepository({ db, settings, journal, random: realRandom });
  const notes = () =>
    db.prepare("SELECT actor, content FROM journal WHERE reason = 'rules saved' ORDER BY number").all() as {
      actor: string;
      content: string;
    }[];
  return { db, outbox, clock, settings, journal, start, notes };
}

const must = (books: ReturnType<typeof createRuleRepository>, rules: ShopRules, basedOn: number) => {
  const saved = books.save(rules, basedOn, theManager);
  if (!saved.ok) throw new Error(saved.error.code);
  return saved.value;
};

test('each save is a version, journaled with who, and every version can be read again', () => {
  const { start, notes } = open();
  expect(start().current()).toEqual({ ...shopRules(), version: 0 });
  const books = start();
  must(books, first, 0);
  must(books, second, 1);
  expect(start().current()).toEqual({ ...saved(second), version: 2 });
  expect(start().version(1)).toEqual({ ...saved(first), version: 1 });
  expect(start().version(3)).toBeNull();
  expect(notes().map(({ actor, content }) => [actor, JSON.parse(content).version])).toEqual([
    ['manager', 1],
    ['manager', 2],
  ]);
});

test('a version that an entry names and this till has lost is given to no other rules', () => {
  const { outbox, start } = open();
  must(start(), first, 0);
  const terms = { ...noTerms, rulesVersion: 4 };
  outbox.add({ ...draft(), terms }, signer.sign);
  expect(must(start(), second, 1).version).toBe(5);
  expect(start().version(4)).toBeNull();
});

test('each version says when it was saved', () => {
  const { clock, start } = open();
  must(start(), first, 0);
  const atMs = clock.nowMs();
  clock.pass(1_000);
  must(start(), second, 1);
  expect([start().savedAtMs(1), start().savedAtMs(2)]).toEqual([atMs, atMs + 1_000]);
  expect(start().savedAtMs(3)).toBeNull();
});

test('two managers who edit: the one who comes second changes nothing', () => {
  const { start, notes } = open();
  must(start(), first, 0);
  expect(start().save(second, 0, theManager)).toEqual({ ok: false, error: { code: 'rules-changed' } });
  expect(start().current()).toEqual({ ...saved(first), version: 1 });
  expect(notes()).toHaveLength(1);
});

test('nothing happens where nothing changes', () => {
  const { start, notes } = open();
  const { version: _, ...kept } = must(start(), first, 0);
  expect(must(start(), kept, 1).version).toBe(1);
  expect(notes()).toHaveLength(1);
});

test('without the key of the journal nothing is saved', () => {
  const { db, settings } = open();
  const books = createRuleRepository({ db, settings, journal: null, random: realRandom });
  expect(() => books.save(first, 0, theManager)).toThrow();
  expect(books.current().version).toBe(0);
});

test('what was altered from outside is set back to what the journal says', () => {
  const { settings, start } = open();
  must(start(), first, 0);
  expect(start().setBack()).toBe(false);
  settings.set('rules', JSON.stringify({ ...second, version: 1 }));
  expect(start().setBack()).toBe(true);
  expect(start().current()).toEqual({ ...saved(first), version: 1 });
  settings.remove('rules');
  expect(start().setBack()).toBe(true);
  expect(start().current().version).toBe(1);
});

test('rules that nobody saved here are taken out', () => {
  const { settings, start } = open();
  settings.set('rules', JSON.stringify({ ...first, version: 7 }));
  expect(start().setBack()).toBe(true);
  expect(start().current().version).toBe(0);
  expect(start().setBack()).toBe(false);
});

test('a damaged text gives nothing to anybody', () => {
  const { settings, start } = open();
  settings.set('rules', '{"version":1,"bonus":[{}]}');
  expect(start().current()).toEqual({ ...shopRules(), version: 0 });
});

test('a rule keeps its id through every renaming; what the page makes up is a new rule’s', () => {
  const { start } = open();
  const [first] = must(start(), shopRules({ bonus: [bonusRule({ id: 'made up' })] }), 0).bonus;
  const renamed = bonusRule({ id: first?.id ?? '', name: 'Pay 50 get 5 at noon' });
  const twice = { ...renamed, name: 'A second of its id' };
  const book = must(start(), shopRules({ bonus: [renamed, twice], points: [pointsRule()] }), 1);
  expect(book.bonus[0]).toEqual({ ...renamed, id: first?.id });
  expect(new Set([...book.bonus, ...book.points, { id: 'made up' }].map(({ id }) => id)).size).toBe(4);
});
