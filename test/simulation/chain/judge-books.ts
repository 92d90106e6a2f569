import type { Evidence } from './judge.ts';

type Row = Evidence['books'][number];

function addUp(rows: readonly Row[], by: (row: Row) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(by(row), (sums.get(by(row)) ?? 0) + row.cents);
  return sums;
}

/** What a shop's accounts are to have, as its people know it. */
function truthOf({ record, tills }: Evidence, shop: number): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (account: string, cents: number) => sums.set(account, (sums.get(account) ?? 0) + cents);
  const own = new Set(tills.filter((one) => one.shop === shop).map(({ till }) => till));
  for (const { till, tender, cents, bonus, toldAs } of record.entered) {
    if (!own.has(till)) continue;
    if (toldAs !== 'back' && tender !== null && tender !== 'cash') add(`way: ${tender}`, cents);
    if (toldAs === 'open') add('account.unsettled', -cents);
    if (toldAs !== 'confirmed') continue;
    add('account.members', -cents - bonus);
    add('account.promotion', bonus);
  }
  for (const { till, countedCents, floatCents, offCents, moves } of record.closed) {
    if (!own.has(till)) continue;
    add('way: cash', countedCents - floatCents);
    add(offCents < 0 ? 'account.short' : 'account.over', -offCents);
    for (const { kind, cents } of moves)
      add(kind === 'paid-in' ? 'account.paidIn' : 'account.paidOut', kind === 'paid-in' ? -cents : cents);
  }
  return sums;
}

/** What is in the drawers by what was paid and given back, beside what was found. */
function cashOf({ record, tills }: Evidence, shop: number): number {
  const own = new Set(tills.filter((one) => one.shop === shop).map(({ till }) => till));
  let cents = 0;
  for (const { till, tender, toldAs, cents: paid } of record.entered)
    if (own.has(till) && tender === 'cash' && toldAs !== 'back') cents += paid;
  for (const { till, offCents, moves } of record.closed)
    if (own.has(till))
      cents += offCents + moves.reduce((sum, one) => sum + (one.kind === 'paid-in' ? 1 : -1) * one.cents, 0);
  return cents;
}

/** What the host gave for a shop's entries that its tills had told as done when they were counted last. */
function givenFor({ host, record, tills }: Evidence, shop: number): number {
  const applied = new Map(host.applied.map(({ key, times, cents }) => [key, times * cents]));
  const own = new Set(tills.filter((one) => one.shop === shop).map(({ till }) => till));
  return record.entered
    .filter(({ till, toldAs }) => own.has(till) && toldAs === 'confirmed')
    .reduce((sum, { uid, second }) => sum + (applied.get(`${uid}|${second}`) ?? 0), 0);
}

/** Each shop's books balance, and have what the host gave and what was counted, to the cent. */
export function judgeBooks(evidence: Evidence): readonly string[] {
  const { books, tills, shops, record } = evidence;
  const wrong: string[] = [];
  const shopOf = ({ reference }: Row): number =>
    tills.find(({ name }) => reference.startsWith(`${name} Z `))?.shop ?? -1;
  for (const by of [(row: Row) => row.reference, (row: Row) => `${shopOf(row)} on ${row.date}`])
    for (const [name, cents] of addUp(books, by))
      if (cents !== 0) wrong.push(`the books of ${name} are off by ${cents}`);
  for (const row of books) if (shopOf(row) < 0) wrong.push(`${row.reference} is no shop's`);
  if (record.entered.some(({ toldAs }) => toldAs === null)) wrong.push('an entry is in no count');
  for (let shop = 0; shop < shops; shop += 1) {
    const told = addUp(
      books.filter((row) => shopOf(row) === shop),
      ({ account }) => account,
    );
    const are = truthOf(evidence, shop);
    for (const account of new Set([...told.keys(), ...are.keys()]))
      if ((told.get(account) ?? 0) !== (are.get(account) ?? 0))
        wrong.push(`shop ${shop + 1}: ${account} has ${told.get(account)}, and is ${are.get(account)}`);
    const cash = cashOf(evidence, shop);
    if ((told.get('way: cash') ?? 0) !== cash)
      wrong.push(`shop ${shop + 1}: its books have ${told.get('way: cash')} in cash, its drawers ${cash}`);
    const given = givenFor(evidence, shop);
    if (-(told.get('account.members') ?? 0) !== given)
      wrong.push(
        `shop ${shop + 1}: it owes ${told.get('account.members')} by its books, the host gave ${given}`,
      );
  }
  return wrong;
}
